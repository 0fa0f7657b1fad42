/** Requests: what waits for me, what I decided, my own, what I was told of. Several that wait can be approved at once. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language, ngettext } from "#kit/i18n";
import { call } from "#kit/api";
import { when } from "#kit/format";
import { Button, Card, Choice, Empty, Field, Notice, Pill, Row, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";
import { TONES } from "#features/approvals/tones";

const lists = () => [["to_decide", gettext("To decide")], ["mine", gettext("Mine")], ["decided", gettext("Decided")], ["copied", gettext("Told")]];
const nothing = () => ({
  to_decide: gettext("Nothing waits for your decision"), mine: gettext("You have not asked for anything yet"),
  decided: gettext("You have not decided on anything yet"), copied: gettext("You were not told of any request"),
});
const MOST = 50; // at once, as the server takes them

export function ApprovalsPage({ which = "to_decide" }) {
  const [list, choose] = useState(which);
  const [found, setFound] = useState(null);
  const [ticked, setTicked] = useState(null); // of several: a set of parts; null: one after the other
  const [outcomes, setOutcomes] = useState([]);
  const [act, busy, error] = useAct();
  const load = (after) => act(async () => {
    const more = after ? `&after=${encodeURIComponent(after)}` : "";
    const page = await call("GET", `/approvals?which=${list}${more}`);
    setFound((before) => (after ? { ...page, requests: [...before.requests, ...page.requests] } : page));
  });
  useEffect(() => { setFound(null); setTicked(null); setOutcomes([]); void load(); }, [list, language.value]);
  const several = found?.requests.filter(({ task }) => list === "to_decide" && task) || [];
  const approve = (comment) => act(async () => {
    const chosen = several.filter(({ task }) => ticked.has(task));
    const { results } = await call("POST", "/approvals/several/approve", { tasks: chosen.map(({ task }) => task), comment });
    setOutcomes(results.map((each) => ({ ...each, request: chosen.find(({ task }) => task === each.task) })));
    setTicked(null);
    setFound(await call("GET", `/approvals?which=${list}`));
  });
  const toggle = (task) => setTicked((before) => {
    const after = new Set(before);
    return (after.delete(task) || after.add(task), after);
  });
  return html`
    <${Page} title=${gettext("Approvals")} up="/me" foot=${ticked?.size > 0 && html`<${ApproveFoot} count=${ticked.size} busy=${busy} onApprove=${approve} />`}>
      <${Choice} label=${gettext("Which requests")} options=${lists()} value=${list} onChange=${choose} />
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${() => load()}>${gettext("Try again")}<//><//>`}
      ${!found && !error && html`<${Skeleton} lines=${6} />`}
      ${outcomes.length > 0 && html`<${Outcomes} outcomes=${outcomes} onClose=${() => setOutcomes([])} />`}
      ${several.length > 1 && html`<${Button} class="wide" icon=${ticked ? "x" : "checklist"} onClick=${() => setTicked(ticked ? null : new Set())}>
        ${ticked ? gettext("One after the other") : gettext("Several at once")}<//>`}
      ${ticked && html`<${Button} class="wide" icon="check" onClick=${() => setTicked(new Set(several.slice(0, MOST).map(({ task }) => task)))}>${gettext("Tick all")}<//>`}
      ${found && !found.requests.length && html`<${Empty} icon="check" title=${nothing()[list]} />`}
      ${found?.requests.length > 0 && html`<${Card} class="list">${found.requests.map((one) => (ticked && one.task
        ? html`<${Tickable} key=${one.task} one=${one} isTicked=${ticked.has(one.task)} isFull=${ticked.size >= MOST} onToggle=${toggle} />`
        : html`<${Line} key=${one.id + one.at} one=${one} list=${list} />`))}<//>`}
      ${found?.next && html`<${Button} class="wide" busy=${busy} onClick=${() => load(found.next)}>${gettext("Earlier requests")}<//>`}
    <//>`;
}

const title = (one, list) => (list === "mine" ? one.title || one.kind : `${one.applicant} · ${one.kind}`);
const detail = (one, list) => [list === "mine" ? one.number : one.title, when(one.at)].filter(Boolean).join(" · ");

const Line = ({ one, list }) => html`
  <${Row} href=${`/approvals/${one.id}`} icon="checklist" title=${title(one, list)} detail=${detail(one, list)}>
    ${list !== "to_decide" && html`<${Pill} tone=${TONES[one.state]}>${one.state_words}<//>`}<//>`;

const Tickable = ({ one, isTicked, isFull, onToggle }) => html`
  <label class="row"><input type="checkbox" checked=${isTicked} disabled=${!isTicked && isFull} onChange=${() => onToggle(one.task)} />
    <span class="row-text"><b>${title(one)}</b><small>${detail(one)}</small></span></label>`;

function ApproveFoot({ count, busy, onApprove }) {
  const [comment, setComment] = useState("");
  return html`
    <${Field} label=${gettext("Comment")}><input maxlength="1000" value=${comment} onInput=${(event) => setComment(event.target.value)} /><//>
    <${Button} class="wide" kind="primary" icon="check" busy=${busy} onClick=${() => onApprove(comment.trim())}>${ngettext("Approve {n}", "Approve {n}", count)}<//>`;
}

/** What became of each. */
const Outcomes = ({ outcomes, onClose }) => html`
  <${Card} class="list">${outcomes.map(({ task, is_done: isDone, message, request }) => html`
    <${Row} key=${task} icon=${isDone ? "check" : "alert-triangle"} title=${title(request)} detail=${isDone ? request.title : message}>
      <${Pill} tone=${isDone ? "good" : "bad"}>${isDone ? gettext("Approved") : gettext("Not approved")}<//><//>`)}
    <${Button} class="wide" kind="quiet" onClick=${onClose}>${gettext("Close")}<//><//>`;
