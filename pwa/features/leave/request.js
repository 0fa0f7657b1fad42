/** One request: its days and how it stands; taking it back, coming back early. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { useLive } from "#kit/live";
import { Button, Card, Choice, Field, Notice, Pill, Skeleton } from "#parts/basic";
import { ask } from "#parts/dialog";
import { go } from "#kit/router";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { callOffLeave, changeCallOff, withdrawLeave } from "#features/leave/actions";
import { DayLine } from "#features/leave/ask";
import { span } from "#features/leave/leave";
import { keptUntil } from "#features/leave/queries";
import { amount, partWords, stateWords } from "#features/leave/words";

export function LeaveRequestPage({ id }) {
  const row = useLive(() => db.leave_requests.get(id).then((found) => found || null), [id]);
  if (!row) return html`<${Page} title=${gettext("Leave")} up="/leave">${row === undefined && html`<${Skeleton} lines=${4} />`}<//>`;
  const [tone, text] = stateWords(row.state);
  return html`
    <${Page} title=${row.type_name} subtitle=${span(row)} up="/leave">
      <${Card}><div class="spread"><b>${row.qty ? amount(row.qty, row.unit) : gettext("Not counted yet")}</b><${Pill} tone=${tone}>${text}<//></div><//>
      ${row.is_short && html`<${Notice} tone="wait" icon="alert-triangle">${gettext("Your calendar has changed and your balance no longer covers this. Please talk to HR.")}<//>`}
      ${row.call_off && html`<${CallOffState} change=${row.call_off} unit=${row.unit} />`}
      ${row.days.length > 0 && html`<h2 class="section">${gettext("Day by day")}</h2>
        <${Card} class="list counted">${row.days.map((each) => html`<${DayLine} key=${each.on + each.part} each=${each} unit=${row.unit} />`)}<//>`}
      ${row.state === "returned" && html`<${Notice} tone="wait" icon="arrow-back-up">${gettext("It came back to you: change it and hand it in again, or withdraw it.")}<//>
        <${Button} class="wide" kind="primary" icon="notes" onClick=${() => go(`/leave/${id}/change`)}>${gettext("Change and hand in again")}<//>`}
      ${["pending", "returned"].includes(row.state) && html`<${Button} class="wide" icon="x" onClick=${() => takeBack(row)}>${gettext("Withdraw")}<//>`}
      ${row.state === "approved" && row.call_off?.state === "returned" && html`<${Notice} tone="wait" icon="arrow-back-up">
        ${gettext("It came back to you: change it and hand it in again, or withdraw it.")}<//><${ComeBack} key="again" row=${row} again=${row.call_off} />`}
      ${row.state === "approved" && (!row.call_off || ["approved", "rejected", "withdrawn"].includes(row.call_off.state)) && html`<${ComeBack} row=${row} />`}
    <//>`;
}

async function takeBack(row) {
  const answer = await ask({
    title: gettext("Withdraw this request?"), text: gettext("What is held for it is released."),
    choices: [["yes", gettext("Withdraw"), "danger"], ["", gettext("Keep it")]],
  });
  if (answer === "yes") await withdrawLeave(row);
}

function CallOffState({ change: { state, qty }, unit }) {
  const [, text] = stateWords(state);
  return html`<${Notice} icon="arrow-back-up">${gettext("Calling off {amount}: {state}", { amount: qty ? amount(qty, unit) : "", state: text })}<//>`;
}

/** `again`: the calling off that came back, to be changed. @param {{row: Held, again?: Held}} props */
function ComeBack({ row, again }) {
  const held = again?.kept?.at(-1);
  const [open, setOpen] = useState(false);
  const [last, setLast] = useState(held?.last || "");
  const [ends, setEnds] = useState(held?.ends || "full");
  const [reason, setReason] = useState(again?.reason || "");
  if (!open) return html`<${Button} class="wide" kind=${again ? "primary" : "plain"} icon="arrow-back-up" onClick=${() => setOpen(true)}>
    ${again ? gettext("Change the calling off") : gettext("Come back early or call off")}<//>`;
  const send = async () => {
    await (again ? changeCallOff : callOffLeave)(row, last ? keptUntil(row.segments, last, ends) : [], reason.trim());
    toast(gettext("Saved; it is handed in as soon as there is signal"));
    setOpen(false);
  };
  return html`
    <${Card}>
      <${Field} label=${gettext("Last day of leave that remains")} hint=${gettext("Empty: all of it is called off.")}>
        <input type="date" min=${row.first_on} max=${row.last_on} value=${last} onChange=${(event) => setLast(event.target.value)} /><//>
      ${last && row.unit !== "day" && html`<${Choice} label=${gettext("How that day ends")} value=${ends} onChange=${setEnds}
        options=${[["full", partWords("full")], ["am", gettext("At noon")]]} />`}
      <${Field} label=${gettext("Reason")}><input maxlength="300" value=${reason} onInput=${(event) => setReason(event.target.value)} /><//>
      <${Button} class="wide" kind="primary" onClick=${send}>${last ? gettext("Hand in") : gettext("Call off all of it")}<//>
    <//>`;
}
