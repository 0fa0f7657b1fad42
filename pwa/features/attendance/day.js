/** One own day: what was due, what came of it and why, and a correction where a press is missing. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { day } from "#kit/clock";
import { longDay, time } from "#kit/format";
import { useLive } from "#kit/live";
import { go } from "#kit/router";
import { Button, Card, Choice, Empty, Field, Notice, Pill } from "#parts/basic";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { Ahead, Department, useWay } from "#features/approvals/ahead";
import { dayOf, dueWords, endWords, ownRequests, reasons, resultWords, stateWords, statusWords } from "#features/attendance/days";
import { ofDay, ownPunches } from "#features/attendance/queries";
import { PunchLine } from "#features/attendance/line";
import { Swap } from "#features/attendance/swap";
import { ownSwaps } from "#features/attendance/swaps";
import { askCorrection, askTime } from "#features/attendance/requests";

export const WAY = "/attendance/requests/way";

export function DayPage({ on }) {
  const held = useLive(async () => (await dayOf(on)) || null, [on]);
  const requests = useLive(() => ownRequests(on), [on]) || [];
  const swaps = useLive(() => ownSwaps(on), [on]) || [];
  const presses = useLive(ownPunches, []) || [];
  const unsure = ofDay(presses, on).filter(({ counting }) => counting === "waiting" || counting === "refused");
  return html`
    <${Page} title=${longDay(`${on}T12:00`)} up="/punch/month">
      ${held === null && html`<${Empty} icon="checklist" title=${gettext("Nothing is known about this day")} />`}
      ${held && html`<${Day} held=${held} requests=${requests} />`}
      ${unsure.length > 0 && html`<ol class="timeline">${unsure.map((each) => html`<${PunchLine} key=${each.id} punch=${each} />`)}</ol>`}
      ${requests.map((each) => html`<${Request} key=${each.id} request=${each} />`)}
      ${swaps.map((each) => html`<${Swap} key=${each.id} swap=${each} />`)}
      ${held && isAhead(held) && !swaps.some(({ state }) => state === "pending") && html`<${Button} class="wide dashed" icon="refresh"
        onClick=${() => go(`/punch/days/${on}/swap`)}>${gettext("Exchange this shift with a colleague")}<//>`}
      ${held && held.due.length > 0 && new Date(held.due[0][0]) < new Date() && html`<${Correct} key=${on} held=${held} />`}
    <//>`;
}

/** Whether the day's work has not begun; a day of rest is exchanged as long as it has not come. */
const isAhead = (held) => (held.due.length ? new Date(held.due[0][0]) > new Date() : held.state === "off" && held.id > day());

function Day({ held, requests }) {
  const [words, tone] = statusWords(held.status);
  return html`
    <${Card}>
      <div class="spread"><b>${held.shift || (held.state === "off" ? gettext("Rest") : gettext("Free hours"))}</b>${words && html`<${Pill} tone=${tone}>${words}<//>`}</div>
      ${held.due.length > 0 && html`<p class="quiet">${dueWords(held)}</p>`}
      ${held.points.map((point) => html`<${Point} key=${`${point.slot}${point.end}`} point=${point} rule=${held.rule} requests=${requests} />`)}
    <//>`;
}

function Point({ point, rule, requests }) {
  const [words, tone] = resultWords(point.result);
  return html`
    <details class="judged"><summary><b>${endWords(point.end)}</b>
      <span>${point.at ? time(point.at) : "—"}</span><${Pill} tone=${tone}>${words}<//></summary>
      ${reasons(point, rule, requests).map((sentence) => html`<p key=${sentence}>${sentence}</p>`)}
    </details>`;
}

/** `isChanged`: it is being changed on this page. @param {{request: Held, isChanged?: boolean}} props */
export function Request({ request, isChanged = false }) {
  const [words, tone] = stateWords(request.state);
  const kind = { correction: request.by === "admin" ? gettext("Corrected by your organization") : gettext("Correction"), overtime: gettext("Overtime"), out: gettext("Outing"), trip: gettext("Business trip") }[request.kind];
  const times = request.ends_at ? `${time(request.starts_at)}–${time(request.ends_at)}` : `${endWords(request.end)} ${request.starts_at ? time(request.starts_at) : resultWords(request.result)[0]}`;
  return html`
    <${Card}><div class="spread"><b>${kind}</b><${Pill} tone=${tone}>${words}<//></div>
      <p class="quiet">${[request.on || longDay(request.starts_at), times].join(" · ")}</p><p>${request.reason}</p>
      ${request.answer && html`<${Notice}>${request.answer}<//>`}
      ${request.state === "returned" && !isChanged && html`<${Button} class="wide" kind="primary" icon="notes"
        onClick=${() => go(`/punch/requests/${request.id}`)}>${gettext("Change and hand in again")}<//>`}<//>`;
}

/** The form begins with what is missing, at the time that was due. */
function Correct({ held }) {
  const missing = held.points.find(({ result }) => result === "lack") || held.points[0] || { end: "off", slot: 0, due: held.due.at(-1)[1] };
  const [open, setOpen] = useState(false);
  const [end, setEnd] = useState(missing.end);
  const [at, setAt] = useState(localInput(missing.due));
  const [reason, setReason] = useState("");
  const [department, setDepartment] = useState("");
  const way = useWay(WAY, open && at ? { kind: "correction", on: held.id, starts_at: new Date(at).toISOString(), department_id: department || null } : null);
  const send = async () => {
    await askCorrection({ on: held.id, end, slot: missing.slot, at: new Date(at), reason: reason.trim(), department });
    setOpen(false);
    toast(gettext("Asked; your manager decides"));
  };
  if (!open) return html`<${Button} class="wide dashed" icon="notes" onClick=${() => setOpen(true)}>${gettext("Ask for a correction")}<//>`;
  return html`
    <${Card}>
      <${Choice} label=${gettext("Which press")} value=${end} onChange=${setEnd} options=${[["on", gettext("Coming")], ["off", gettext("Going home")]]} />
      <${Field} label=${gettext("Time that shall count")}><input type="datetime-local" value=${at} onInput=${(event) => setAt(event.target.value)} /><//>
      <${Field} label=${gettext("Reason")}><textarea rows="2" maxlength="300" value=${reason} onInput=${(event) => setReason(event.target.value)} /><//>
      <${Department} value=${department} onChange=${setDepartment} />
      <${Ahead} way=${way} />
      <${Button} class="wide" kind="primary" disabled=${!reason.trim() || !at} onClick=${send}>${gettext("Send")}<//>
    <//>`;
}

/** 2026-03-09T18:00, as the field wants it, on the phone's clock. */
export function localInput(instant) {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function RequestsPage() {
  const requests = useLive(() => ownRequests(""), []);
  const swaps = useLive(() => ownSwaps(""), []) || [];
  const [open, setOpen] = useState(false);
  return html`
    <${Page} title=${gettext("My requests")} up="/punch/month">
      ${open ? html`<${AskTime} onDone=${() => setOpen(false)} />`
        : html`<${Button} class="wide dashed" icon="notes" onClick=${() => setOpen(true)}>${gettext("Ask for overtime or an outing")}<//>`}
      ${swaps.map((each) => html`<${Swap} key=${each.id} swap=${each} />`)}
      ${requests && (requests.length + swaps.length ? requests.map((each) => html`<${Request} key=${each.id} request=${each} />`)
        : html`<${Empty} icon="notes" title=${gettext("Nothing asked for yet")} />`)}
    <//>`;
}

function AskTime({ onDone }) {
  const now = localInput(new Date().toISOString());
  const [asked, setAsked] = useState({ kind: "overtime", from: now, to: now, reason: "", department: "" });
  const set = (name) => (event) => setAsked({ ...asked, [name]: event.target.value });
  const isRight = asked.reason.trim() && asked.from < asked.to;
  const way = useWay(WAY, asked.from && asked.from < asked.to ? {
    kind: asked.kind, starts_at: new Date(asked.from).toISOString(), ends_at: new Date(asked.to).toISOString(), department_id: asked.department || null,
  } : null);
  const send = async () => {
    await askTime({ kind: asked.kind, from: new Date(asked.from), to: new Date(asked.to), reason: asked.reason.trim(), department: asked.department });
    onDone();
    toast(gettext("Asked; your manager decides"));
  };
  return html`
    <${Card}>
      <${Choice} label=${gettext("What for")} value=${asked.kind} onChange=${(kind) => setAsked({ ...asked, kind })}
        options=${[["overtime", gettext("Overtime")], ["out", gettext("Outing")], ["trip", gettext("Business trip")]]} />
      <${Field} label=${gettext("From")}><input type="datetime-local" value=${asked.from} onInput=${set("from")} /><//>
      <${Field} label=${gettext("Until")}><input type="datetime-local" value=${asked.to} onInput=${set("to")} /><//>
      <${Field} label=${gettext("Reason")}><textarea rows="2" maxlength="300" value=${asked.reason} onInput=${set("reason")} /><//>
      <${Department} value=${asked.department} onChange=${(department) => setAsked({ ...asked, department })} />
      <${Ahead} way=${way} />
      <${Button} class="wide" kind="primary" disabled=${!isRight} onClick=${send}>${gettext("Send")}<//>
    <//>`;
}
