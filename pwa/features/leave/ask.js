/** Asking for leave: which type, from when to when, what that counts. It works without signal; the count waits for it. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { db } from "#kit/db";
import { useDraft } from "#kit/drafts";
import { shortDay } from "#kit/format";
import { go } from "#kit/router";
import { useLive } from "#kit/live";
import { Button, Card, Choice, Empty, Field, Notice } from "#parts/basic";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { Ahead, Department } from "#features/approvals/ahead";
import { askForLeave, changeLeave } from "#features/leave/actions";
import { leaveTypes, stretchOf } from "#features/leave/queries";
import { amount, partWords, whyWords } from "#features/leave/words";

const EMPTY = {
  type: "", first: "", last: "", begins: "full", ends: "full", from: "", to: "", isHours: false, reason: "", byHand: false,
  department: "",
};

/** With an `id`: that request came back, and is handed in again changed. */
export function AskLeavePage({ id = "" }) {
  const types = useLive(leaveTypes, []);
  const row = useLive(() => (id ? db.leave_requests.get(id).then((found) => found || null) : null), [id]);
  if (row === undefined) return null;
  return html`<${Asking} key=${id} types=${types} row=${row} />`;
}

function Asking({ types, row }) {
  const [draft, change] = useDraft(row ? `leave:${row.id}` : "leave", row ? heldIn(row) : EMPTY);
  if (!types || !draft) return html`<${Page} title=${gettext("Ask for leave")} up="/leave" />`;
  if (!types.length) {
    return html`<${Page} title=${gettext("Ask for leave")} up="/leave"><${Card}>
      <${Empty} icon="calendar-event" title=${gettext("Your organization has set no types of leave yet")} /><//><//>`;
  }
  const type = types.find(({ id }) => id === draft.type) || types[0];
  return html`<${Form} row=${row} types=${row ? [type] : types} type=${type} draft=${{ ...draft, isHours: draft.isHours && type.unit === "hour" }} change=${change} />`;
}

function Form({ row, types, type, draft, change }) {
  const preview = usePreview(type, draft, row?.id, draft.department);
  const [busy, setBusy] = useState(false);
  const set = (name) => (event) => change({ [name]: event.target.type === "checkbox" ? event.target.checked : event.target.value });
  const problem = preview.problem || missing(type, draft, preview);
  const send = async () => {
    setBusy(true);
    const wish = {
      type, segments: stretchOf(draft), reason: draft.reason.trim(), byHand: draft.byHand, qty: preview.answer?.qty || "",
      department: draft.department || null,
    };
    await (row ? changeLeave({ ...wish, id: row.id, revision: row.revision }) : askForLeave(wish)).finally(() => setBusy(false));
    toast(gettext("Saved; it is handed in as soon as there is signal"));
    go("/leave", { replace: true });
  };
  return html`
    <${Page} title=${gettext("Ask for leave")} up="/leave" foot=${html`
      <${Button} class="wide" kind="primary" busy=${busy} disabled=${Boolean(problem) || !draft.first} onClick=${send}>${gettext("Hand in")}<//>`}>
      <${Card}>
        <${Field} label=${gettext("Type of leave")} hint=${type.has_balance ? gettext("Left: {amount}", { amount: amount(type.balance || 0, type.unit) }) : ""}>
          <select value=${type.id} onChange=${set("type")}>${types.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}</select><//>
        ${type.unit === "hour" && html`<${Choice} label=${gettext("Days or hours")} value=${draft.isHours ? "hours" : "days"}
          options=${[["days", gettext("Days")], ["hours", gettext("Hours")]]} onChange=${(chosen) => change({ isHours: chosen === "hours" })} />`}
        <${Department} again=${Boolean(row)} value=${draft.department} onChange=${(department) => change({ department })} />
        ${draft.isHours ? html`<${Hours} draft=${draft} set=${set} />` : html`<${Days} type=${type} draft=${draft} set=${set} change=${change} />`}
      <//>
      <${Count} preview=${preview} type=${type} problem=${problem} />
      ${!problem && preview.answer?.way?.length > 0 && html`<${Card}><${Ahead} way=${preview.answer.way} /><//>`}
      <${Card}>
        <${Field} label=${type.is_health ? gettext("Reason (about health, optional)") : gettext("Reason")}
          hint=${type.is_health ? gettext("Kept sealed and only with your consent under Me → Privacy. You can leave it empty and tell HR yourself.") : ""}>
          <textarea rows="3" maxlength="300" value=${draft.reason} onInput=${set("reason")} /><//>
        ${type.proof_after != null && html`<label class="check"><input type="checkbox" checked=${draft.byHand} onChange=${set("byHand")} />
          <span>${gettext("I hand the paper to HR")}</span></label>`}
      <//>
    <//>`;
}

function Days({ type, draft, set, change }) {
  const halves = type.unit !== "day";
  const last = draft.last || draft.first;
  const single = draft.first === last;
  const choose = (value) => change({ begins: value === "pm" ? "pm" : "full", ends: value === "am" ? "am" : "full" });
  return html`
    <div class="pair">
      <${Field} label=${gettext("From")}><input type="date" value=${draft.first} onChange=${set("first")} /><//>
      <${Field} label=${gettext("Until")}><input type="date" min=${draft.first} value=${last} onChange=${set("last")} /><//>
    </div>
    ${halves && draft.first && (single ? html`
      <${Choice} label=${gettext("Which part of the day")} value=${draft.begins === "pm" ? "pm" : draft.ends === "am" ? "am" : "full"}
        options=${[["full", partWords("full")], ["am", partWords("am")], ["pm", partWords("pm")]]} onChange=${choose} />` : html`
      <label class="check"><input type="checkbox" checked=${draft.begins === "pm"} onChange=${(event) => change({ begins: event.target.checked ? "pm" : "full" })} />
        <span>${gettext("The first day begins at noon")}</span></label>
      <label class="check"><input type="checkbox" checked=${draft.ends === "am"} onChange=${(event) => change({ ends: event.target.checked ? "am" : "full" })} />
        <span>${gettext("The last day ends at noon")}</span></label>`)}`;
}

const Hours = ({ draft, set }) => html`
  <${Field} label=${gettext("Day")}><input type="date" value=${draft.first} onChange=${set("first")} /><//>
  <div class="pair">
    <${Field} label=${gettext("From")}><input type="time" value=${draft.from} onChange=${set("from")} /><//>
    <${Field} label=${gettext("Until")}><input type="time" value=${draft.to} onChange=${set("to")} /><//>
  </div>`;

/** A request as the form holds it: its first stretch. */
function heldIn({ leave_type_id: type, segments, reason = "", paper_by_hand: byHand = false }) {
  const { first, last, begins = "full", ends = "full", from_minute: from, to_minute: to } = segments[0];
  const clock = (minute) => (minute == null ? "" : `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`);
  return { type, first, last, begins, ends, from: clock(from), to: clock(to), isHours: from != null, reason, byHand };
}

/** What the phone can tell by itself; the rest is the server's. */
function missing(type, draft, { answer }) {
  if (!draft.first) return "";
  if (draft.isHours && (!draft.from || !draft.to)) return gettext("Say from when to when.");
  if (!draft.isHours && draft.last && draft.last < draft.first) return gettext("The leave ends before it begins.");
  const needsProof = type.proof_after != null && answer && Number(answer.qty) > Number(type.proof_after);
  return needsProof && !draft.byHand ? gettext("This needs a paper as proof: say that you hand it to HR, or add it on a computer.") : "";
}

/** Asks the server what the stretch counts, a moment after the last change; offline there is none. */
function usePreview(type, draft, leave_id, department) {
  const [found, setFound] = useState({ answer: null, problem: "", offline: false });
  const ready = draft.first && (!draft.isHours || (draft.from && draft.to));
  const asked = ready ? JSON.stringify([type.id, stretchOf(draft), department || null]) : "";
  useEffect(() => {
    let here = true;
    if (!asked) return void setFound({ answer: null, problem: "", offline: false });
    const [leave_type_id, segments, department_id] = JSON.parse(asked);
    const timer = setTimeout(() => call("POST", "/leave/preview", { leave_type_id, segments, leave_id, department_id }).then(
      (answer) => here && setFound({ answer, problem: answer.problem, offline: false }),
      (error) => here && setFound(error.code === "unreachable" ? { answer: null, problem: "", offline: true }
        : { answer: null, problem: error.message, offline: false }),
    ), 350);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [asked]);
  return found;
}

function Count({ preview: { answer, offline }, type, problem }) {
  if (problem) return html`<${Notice} tone="bad" icon="alert-triangle">${problem}<//>`;
  if (offline) return html`<${Notice} tone="wait" icon="cloud-off">${gettext("Without signal: what it counts is said once it is handed in.")}<//>`;
  if (!answer) return null;
  return html`
    <${Card} class="list counted">
      <div class="row"><span class="row-text"><b>${gettext("Counts {amount}", { amount: amount(answer.qty, type.unit) })}</b>
        ${answer.after != null && html`<small>${gettext("Left afterwards: {amount}", { amount: amount(answer.after, type.unit) })}</small>`}</span></div>
      ${answer.days.map((each) => html`<${DayLine} key=${each.on + each.part} each=${each} unit=${type.unit} />`)}
    <//>`;
}

export const DayLine = ({ each, unit }) => html`
  <div class=${`row slim ${Number(each.qty) ? "" : "off"}`}><span class="row-text"><b>${shortDay(each.on)}</b>
    <small>${[partWords(each.part), whyWords(each.why)].join(" · ")}</small></span><span>${amount(each.qty, unit)}</span></div>`;
