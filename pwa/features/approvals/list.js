/** Requests: what waits for me, what I decided, my own, what I was told of. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { when } from "#kit/format";
import { Button, Card, Choice, Empty, Pill, Row, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";
import { TONES } from "#features/approvals/tones";

const lists = () => [["to_decide", gettext("To decide")], ["mine", gettext("Mine")], ["decided", gettext("Decided")], ["copied", gettext("Told")]];
const nothing = () => ({
  to_decide: gettext("Nothing waits for your decision"), mine: gettext("You have not asked for anything yet"),
  decided: gettext("You have not decided on anything yet"), copied: gettext("You were not told of any request"),
});

export function ApprovalsPage({ which = "to_decide" }) {
  const [list, choose] = useState(which);
  const [found, setFound] = useState(null);
  const [act, busy, error] = useAct();
  const load = (after) => act(async () => {
    const more = after ? `&after=${encodeURIComponent(after)}` : "";
    const page = await call("GET", `/approvals?which=${list}${more}`);
    setFound((before) => (after ? { ...page, requests: [...before.requests, ...page.requests] } : page));
  });
  useEffect(() => { setFound(null); void load(); }, [list, language.value]);
  return html`
    <${Page} title=${gettext("Approvals")} up="/me">
      <${Choice} label=${gettext("Which requests")} options=${lists()} value=${list} onChange=${choose} />
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${() => load()}>${gettext("Try again")}<//><//>`}
      ${!found && !error && html`<${Skeleton} lines=${6} />`}
      ${found && !found.requests.length && html`<${Empty} icon="check" title=${nothing()[list]} />`}
      ${found?.requests.length > 0 && html`<${Card} class="list">${found.requests.map((one) => html`<${Line} key=${one.id + one.at} one=${one} list=${list} />`)}<//>`}
      ${found?.next && html`<${Button} class="wide" busy=${busy} onClick=${() => load(found.next)}>${gettext("Earlier requests")}<//>`}
    <//>`;
}

const Line = ({ one, list }) => html`
  <${Row} href=${`/approvals/${one.id}`} icon="checklist" title=${list === "mine" ? one.title || one.kind : `${one.applicant} · ${one.kind}`}
    detail=${[list === "mine" ? one.number : one.title, when(one.at)].filter(Boolean).join(" · ")}>
    ${list !== "to_decide" && html`<${Pill} tone=${TONES[one.state]}>${one.state_words}<//>`}<//>`;
