/** My requests and how far each is; complaining is where the answer stands. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { moment } from "#kit/format";
import { go } from "#kit/router";
import { Button, Card, Empty, Field, Notice, Pill, Row } from "#parts/basic";
import { ask } from "#parts/dialog";
import { useAct } from "#features/activation/act";
import { Loaded } from "#features/rights/loading";

const TONES = { identity: "wait", authorization: "wait", working: "", answered: "good", partly: "good", refused: "bad" };
const State = ({ one }) => html`<${Pill} tone=${TONES[one.state]}>${one.state_words}<//>`;

export const CasesPage = () => html`
  <${Loaded} title=${gettext("My cases")} show=${({ cases }) => html`
    ${cases.length ? html`<${Card} class="list">${cases.map((one) => html`
      <${Row} key=${one.id} href=${`/me/rights/case/${one.id}`} icon="message" title=${one.title} detail=${`${one.number} · ${moment(one.received_at)}`}>
        <${State} one=${one} /><//>`)}<//>` : html`<${Empty} icon="message" title=${gettext("No requests yet")} />`}
    <${Card} class="list"><${Row} href="/me/rights/data" icon="plus" title=${gettext("New request")} /><//>`} />`;

export const CasePage = ({ id }) => html`
  <${Loaded} title=${gettext("My case")} up="/me/rights" from=${`/rights/cases/${id}`}
    show=${(one, load) => html`<${Case} one=${one} load=${load} />`} />`;

function Case({ one, load }) {
  const [act, busy, error] = useAct();
  const back = async () => {
    const sure = await ask({ title: gettext("Take the request back?"), choices: [["no", gettext("Keep it")], ["yes", gettext("Take back"), "danger"]] });
    if (sure === "yes") await act(() => call("DELETE", `/rights/cases/${one.id}`)).then(load);
  };
  const withhold = () => act(() => call("DELETE", `/rights/cases/${one.id}/diagnostics`)).then(load);
  const fee = () => act(() => call("POST", `/rights/cases/${one.id}/fee`)).then(load);
  return html`
    <${Card}>
      <div class="spread"><b>${one.title}</b><${State} one=${one} /></div>
      <p class="quiet">${one.number} · ${moment(one.received_at)}</p>
      ${one.details && html`<p>${one.details}</p>`}
      ${one.is_open && html`<p>${gettext("Answer by {day} at the latest", { day: one.due_on })}</p>`}
    <//>
    ${one.fee && !one.fee_accepted && one.is_open && html`<${Notice} tone="wait">${gettext("A fee of {fee} yuan is asked: {reason}", { fee: one.fee, reason: one.fee_reason })}
      <${Button} busy=${busy} onClick=${fee}>${gettext("Accept the fee")}<//><//>`}
    ${one.has_diagnostics && html`<${Card}><p>${gettext("Device model, system and settings were handed over for this request.")}</p>
      <${Button} class="wide" busy=${busy} onClick=${withhold}>${gettext("Take the device data back")}<//><//>`}
    ${one.answer && html`<${Card}><b>${gettext("Answer")}</b>${one.answer.split("\n").filter(Boolean).map((line) => html`<p>${line}</p>`)}<//>`}
    ${error && html`<${Notice} tone="bad">${error}<//>`}
    ${one.may_complain && html`<${Complain} one=${one} />`}
    ${one.is_open && html`<${Button} class="wide" busy=${busy} onClick=${back}>${gettext("Take the request back")}<//>`}`;
}

function Complain({ one }) {
  const [details, setDetails] = useState("");
  const [act, busy, error] = useAct();
  const send = () => act(async () => {
    const made = await call("POST", `/rights/cases/${one.id}/complaint`, { id: crypto.randomUUID(), details });
    go(`/me/rights/case/${made.id}`);
  });
  return html`
    <${Card}>
      <b>${one.is_appeal ? gettext("Appeal") : gettext("Complain")}</b><p class="quiet">${one.how_to_complain}</p>
      <${Field} label=${gettext("What are you not satisfied with?")} error=${error}>
        <textarea rows="3" maxlength="4000" value=${details} onInput=${(event) => setDetails(event.target.value)} /><//>
      <${Button} class="wide" busy=${busy} disabled=${!details.trim()} onClick=${send}>${gettext("Send")}<//>
    <//>`;
}
