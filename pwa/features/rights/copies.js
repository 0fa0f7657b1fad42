/** Copies of my data: have one made, see how far it is, save it. Each is collected by a link that works once. */
import { useEffect } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call, fetchFile } from "#kit/api";
import { bytes, moment } from "#kit/format";
import { Button, Card, Empty, Notice, Pill, Row } from "#parts/basic";
import { toast } from "#parts/toast";
import { useAct } from "#features/activation/act";
import { Loaded } from "#features/rights/loading";

const TONES = { making: "wait", ready: "good", failed: "bad", gone: "" };
const LOOK_AGAIN_MS = 4000;

export const CopiesPage = () => html`
  <${Loaded} title=${gettext("Copies of my data")} up="/me/rights/data" from="/rights/copies"
    show=${({ copies }, load) => html`<${Copies} copies=${copies} load=${load} />`} />`;

function Copies({ copies, load }) {
  const [act, busy, error] = useAct();
  const waits = copies.some(({ state }) => state === "making");
  useEffect(() => {
    const timer = waits && setTimeout(load, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [copies]);
  const make = () => act(() => call("POST", "/rights/copies")).then(load);
  return html`
    <${Notice} icon="shield-lock">${gettext("Everything kept about you: pages to read, JSON, and your files. Sealed under your own key, removed after seven days.")}<//>
    <${Button} class="wide" kind="primary" icon="database" busy=${busy} disabled=${waits} onClick=${make}>${gettext("Make a copy")}<//>
    ${error && html`<${Notice} tone="bad">${error}<//>`}
    ${copies.length ? copies.map((copy) => html`<${Copy} key=${copy.id} copy=${copy} load=${load} />`)
      : html`<${Empty} icon="database" title=${gettext("No copy yet")} />`}
    <${Row} href="/me/rights/new/copy" icon="message" title=${gettext("Ask the privacy officer instead")}
      detail=${gettext("You get a number and an answer within fifteen days")} />`;
}

function Copy({ copy, load }) {
  const [act, busy, error] = useAct();
  const collect = () => act(async () => {
    const { token } = await call("POST", `/rights/copies/${copy.id}/link`);
    save(await fetchFile(`/rights/copies/${copy.id}/package`, { token }), `qince-${copy.requested_at.slice(0, 10)}.zip`);
    toast(gettext("Saved with your downloads"));
  }).then(load);
  return html`
    <${Card}>
      <div class="spread"><b>${moment(copy.requested_at)}</b><${Pill} tone=${TONES[copy.state]}>${copy.state_words}<//></div>
      ${copy.state === "making" && html`<p class="quiet">${copy.expected
        ? gettext("{done} of {all} records", { done: copy.processed, all: copy.expected }) : gettext("It takes a few minutes.")}</p>`}
      ${copy.collected_at && html`<p class="quiet">${gettext("Collected {when}", { when: moment(copy.collected_at) })}</p>`}
      ${copy.is_collectable && html`
        <p class="quiet">${gettext("Removed on {day}", { day: copy.expires_at.slice(0, 10) })}</p>
        <${Button} class="wide" icon="database" busy=${busy} onClick=${collect}>${gettext("Save it ({size})", { size: bytes(copy.size) })}<//>`}
      ${error && html`<${Notice} tone="bad">${error}<//>`}
    <//>`;
}

/** Hand the bytes to the browser's own saving; the app keeps nothing of them. */
function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
