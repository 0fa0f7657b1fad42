/** One unsent act: what, when, how it stands in words, and its fixes. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { bytes, when } from "#kit/format";
import { go } from "#kit/router";
import { dismiss, retry, sendAsNew, sendOver, withDependents } from "#kit/outbox";
import { Button, Card, Pill } from "#parts/basic";
import { ask } from "#parts/dialog";
import { Icon } from "#parts/icon";
import { toast } from "#parts/toast";
import { sendWithoutPhotos } from "#features/attendance/actions";
import { takeBack } from "#features/forms/actions";
import { reopen } from "#features/visits/actions";
import { Meanwhile, isOvertaken } from "#features/pending/meanwhile";
import { isStuck } from "#features/pending/queries";

const ICON = {
  "attendance.punch": "clock", "visits.check_in": "login-2", "visits.record_step": "checklist", "visits.check_out": "logout-2",
  "attendance.ask_swap": "refresh", "attendance.answer_swap": "refresh", "attendance.withdraw_swap": "x",
  "forms.submit": "checklist", "forms.edit_submission": "checklist",
  "leave.request": "calendar-event", "leave.change": "calendar-event", "leave.withdraw": "x", "leave.call_off": "arrow-back-up",
  "calendar.create": "calendar-event", "calendar.change": "calendar-event", "calendar.remove": "x", "calendar.answer": "mail",
  "daily_reports.send": "notes", "daily_reports.revise": "notes", "daily_reports.withdraw": "x", "daily_reports.comment": "message",
};

export function OperationCard({ operation }) {
  const stuck = isStuck(operation.state);
  return html`
    <${Card} class=${stuck ? "stuck" : ""}>
      <div class="row">
        <span class="row-icon ${stuck ? "bad" : ""}"><${Icon} name=${ICON[operation.type] || "cloud-upload"} /></span>
        <span class="row-text"><b>${titleOf(operation)}</b>
          ${operation.visit && html`<small>${operation.visit.customer.name}</small>`}
          <small>${when(operation.occurred_at)} · ${bytes(operation.size)}</small></span>
        <${State} operation=${operation} />
      </div>
      ${stuck && html`<p class="reason">${operation.message || gettext("The server refused this without saying why.")}</p>
        ${isOvertaken(operation) && html`<${Meanwhile} operation=${operation} />`}
        <${Fixes} operation=${operation} />`}
    <//>`;
}

function titleOf({ type, payload, visit }) {
  return {
    "attendance.punch": payload.is_field ? gettext("Check-in in the field")
      : payload.kind === "in" ? gettext("Clock in") : gettext("Clock out"),
    "attendance.ask_swap": gettext("Ask to exchange shifts"),
    "attendance.answer_swap": gettext("Answer to an exchange of shifts"),
    "attendance.withdraw_swap": gettext("Take an exchange of shifts back"),
    "visits.check_in": gettext("Check in"),
    "visits.record_step": visit?.template.steps.find(({ id }) => id === payload.step_id)?.title,
    "visits.check_out": gettext("Check out"),
    "forms.submit": gettext("Form sent"),
    "forms.edit_submission": gettext("Form changed"),
    "leave.request": gettext("Ask for leave"),
    "leave.change": gettext("Leave changed and handed in again"),
    "leave.withdraw": gettext("Withdraw leave"),
    "leave.call_off": gettext("Call off leave"),
    "calendar.create": gettext("Event entered"),
    "calendar.change": gettext("Event changed"),
    "calendar.remove": gettext("Event removed"),
    "calendar.answer": gettext("Answer to an invitation"),
    "daily_reports.send": gettext("Work report"),
    "daily_reports.revise": gettext("Work report changed"),
    "daily_reports.withdraw": gettext("Work report withdrawn"),
    "daily_reports.read": gettext("Work report read"),
    "daily_reports.comment": gettext("Comment on a report"),
    "daily_reports.take_back": gettext("Comment taken back"),
  }[type] || type;
}

/** Fetched only when pressed: this page is there from the beginning. */
const openReport = async (id) => {
  const { reopen: again } = await import("#features/daily_reports/actions");
  go(`/reports/write/${await again(id)}`);
};

function State({ operation: { state, blocked } }) {
  if (state === "conflict") return html`<${Pill} tone="bad">${gettext("Conflict")}<//>`;
  if (state === "rejected") return html`<${Pill} tone="bad">${gettext("Refused")}<//>`;
  if (blocked || state === "waiting") return html`<${Pill} tone="wait">${gettext("Waits for an earlier act")}<//>`;
  return html`<${Pill}>${gettext("Saved here")}<//>`;
}

function Fixes({ operation }) {
  const { id, type, state, payload, subject, visit } = operation;
  const overtaken = isOvertaken(operation);
  const fix = {
    "visits.record_step": visit?.state === "open" && [gettext("Open the step"), () => go(`/visits/${subject}/steps/${payload.step_id}`)],
    "visits.check_out": visit && [gettext("Reopen the visit"), () => reopen(subject).then(() => go(`/visits/${subject}`))],
    "visits.check_in": visit && [gettext("Open the visit"), () => go(`/visits/${subject}`)],
    "attendance.punch": payload.photos?.length || payload.face ? [gettext("Send without the photo"), () => sendWithoutPhotos(id)]
      : [gettext("Open attendance"), () => go("/punch")],
    "forms.submit": [gettext("Open the form"), () => takeBack(subject).then(() => go(`/forms/fill/${subject}`))],
    "forms.edit_submission": [gettext("Open the form"), () => takeBack(subject).then(() => go(`/forms/fill/${subject}`))],
    "daily_reports.send": [gettext("Open the report"), () => openReport(subject)],
    "daily_reports.revise": [gettext("Open the report"), () => openReport(subject)],
    "leave.request": [gettext("Ask again"), () => go("/leave/new")],
  }[type];
  return html`
    <div class="fixes">
      <${Button} onClick=${() => giveUp(operation)}>${overtaken ? gettext("Keep what is there") : gettext("Dismiss")}<//>
      ${fix && html`<${Button} onClick=${fix[1]}>${fix[0]}<//>`}
      ${overtaken ? html`<${Button} kind="primary" onClick=${() => sendOver(id)}>${gettext("Send mine all the same")}<//>`
        : state === "conflict" ? html`<${Button} kind="primary" onClick=${() => sendAsNew(id)}>${gettext("Send mine again")}<//>`
        : html`<${Button} kind="primary" icon="refresh" onClick=${() => retry(id)}>${gettext("Try again")}<//>`}
    </div>`;
}

/** What is dismissed is gone for good, so the question says what goes with it. */
async function giveUp({ id }) {
  const more = (await withDependents(id)).length - 1;
  const answer = await ask({
    title: gettext("Dismiss this?"),
    text: more ? gettext("It is deleted from this phone together with {more} acts that build on it.", { more })
      : gettext("It is deleted from this phone and cannot be brought back."),
    choices: [["keep", gettext("Keep it")], ["dismiss", gettext("Dismiss"), "danger"]],
  });
  if (answer !== "dismiss") return;
  await dismiss(id);
  toast(gettext("Dismissed"));
}
