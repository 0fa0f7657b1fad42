/** Entering and changing an event. It works without signal; a repeated one asks which of them is meant. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { useDraft } from "#kit/drafts";
import { go } from "#kit/router";
import { useLive } from "#kit/live";
import { Button, Card, Choice, Field, Notice } from "#parts/basic";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { Colleagues } from "#features/approvals/colleagues";
import { changeEvent, createEvent } from "#features/calendar/actions";
import { whichOf } from "#features/calendar/event";
import { conflictsOf, homeZone } from "#features/calendar/queries";
import { dayAfter } from "#features/calendar/walls";
import { hours, reminders, repeats, visibilities } from "#features/calendar/words";

const MOST_GUESTS = 50;
const MOST_CONFLICTS = 5;
const fresh = (on) => ({
  title: "", allDay: false, firstOn: on, from: "09:00", lastOn: on, to: "10:00", place: "", notes: "", rrule: "", visibility: "public", reminder: "15",
  guests: [],
});

export function NewEventPage({ on }) {
  return html`<${Form} draftKey="event" initial=${fresh(on)} save=${async (draft) => createEvent({ ...draft, zone: await homeZone() })} />`;
}

export function EditEventPage({ id, at }) {
  const event = useLive(() => db.calendar_events.get(id).then((found) => found || null), [id]);
  const occurrence = event && (event.occurrences.find(({ original }) => original === at) || event.occurrences[0]);
  if (!occurrence) return html`<${Page} title=${gettext("Change event")} up="/calendar" />`;
  const save = async (draft) => {
    const reach = await whichOf(event, gettext("Change which of them?"));
    if (!reach) return false;
    await changeEvent(event, occurrence, { ...draft, zone: occurrence.zone || event.zone, guest_ids: isSame(draft.guest_ids, event) ? null : draft.guest_ids }, reach);
    return true;
  };
  return html`<${Form} draftKey=${`event:${id}`} but=${id} initial=${held(event, occurrence)} save=${save} up=${`/calendar/${id}/${encodeURIComponent(at)}`} />`;
}

/** Whether the guests are still those of the event: then they stay as they are, answers and all. */
const isSame = (ids, { guests }) => ids.length === guests.length && guests.every(({ id }) => ids.includes(id));

/** An occurrence as the form holds it: in the event's own zone, where the original stands in. */
function held(event, occurrence) {
  const starts = occurrence.own_starts || (event.all_day ? occurrence.starts : occurrence.original);
  const length = Date.parse(`${event.ends}Z`) - Date.parse(`${event.starts}Z`);
  const ends = occurrence.own_ends || new Date(Date.parse(`${starts}Z`) + length).toISOString().slice(0, 19);
  const allDay = occurrence.all_day;
  return {
    title: occurrence.title ?? event.title, place: occurrence.place ?? event.place, notes: occurrence.notes ?? event.notes, allDay,
    firstOn: starts.slice(0, 10), from: starts.slice(11, 16), lastOn: allDay ? dayAfter(ends.slice(0, 10), -1) : ends.slice(0, 10), to: ends.slice(11, 16),
    rrule: event.rrule, visibility: event.visibility, reminder: event.minutes_before == null ? "" : String(event.minutes_before),
    guests: event.guests.map(({ id, name }) => [id, name]),
  };
}

const asSent = ({ allDay, firstOn, from, lastOn, to, title, place, notes, rrule, visibility, reminder, guests = [] }) => ({
  title: title.trim(), place: place.trim(), notes: notes.trim(), all_day: allDay,
  starts: allDay ? `${firstOn}T00:00:00` : `${firstOn}T${from}:00`,
  ends: allDay ? `${dayAfter(lastOn, 1)}T00:00:00` : `${lastOn}T${to}:00`,
  rrule, visibility, minutes_before: reminder === "" ? null : Number(reminder), guest_ids: guests.map(([id]) => id),
});

function problemOf({ title, allDay, firstOn, from, lastOn, to }) {
  if (!title.trim()) return gettext("Give the event a title.");
  if (!firstOn || !lastOn || (!allDay && (!from || !to))) return gettext("Say from when to when.");
  const ends = allDay ? lastOn < firstOn : `${lastOn}${to}` < `${firstOn}${from}`;
  return ends ? gettext("It ends before it begins.") : "";
}

function Form({ draftKey, but, initial, save, up = "/calendar" }) {
  const [draft, change] = useDraft(draftKey, initial);
  const [busy, setBusy] = useState(false);
  const { starts, ends } = draft && !problemOf({ ...draft, title: "-" }) ? asSent(draft) : {};
  const conflicts = useLive(async () => (starts ? conflictsOf({ starts, ends }, but) : []), [starts, ends]) || [];
  if (!draft) return html`<${Page} title=${gettext("Event")} up=${up} />`;
  const set = (name) => (event) => change({ [name]: event.target.type === "checkbox" ? event.target.checked : event.target.value });
  const begin = (event) => change({ firstOn: event.target.value, ...(draft.lastOn < event.target.value ? { lastOn: event.target.value } : {}) });
  const problem = problemOf(draft);
  const known = repeats().some(([rule]) => rule === draft.rrule);
  const send = async () => {
    setBusy(true);
    const done = await Promise.resolve(save(asSent(draft))).finally(() => setBusy(false));
    if (done === false) return;
    toast(gettext("Saved; it is sent as soon as there is signal"));
    go("/calendar", { replace: true });
  };
  return html`
    <${Page} title=${initial.title ? gettext("Change event") : gettext("New event")} up=${up}
      foot=${html`<${Button} class="wide" kind="primary" busy=${busy} disabled=${Boolean(problem)} onClick=${send}>${gettext("Save")}<//>`}>
      <${Card}>
        <${Field} label=${gettext("Title")}><input maxlength="120" value=${draft.title} onInput=${set("title")} /><//>
        <label class="check"><input type="checkbox" checked=${draft.allDay} onChange=${set("allDay")} /><span>${gettext("All day")}</span></label>
        <div class="pair"><${Field} label=${gettext("From")}><input type="date" value=${draft.firstOn} onChange=${begin} /><//>
          ${!draft.allDay && html`<${Field} label=${gettext("Begins at")}><input type="time" value=${draft.from} onChange=${set("from")} /><//>`}</div>
        <div class="pair"><${Field} label=${gettext("Until")}><input type="date" min=${draft.firstOn} value=${draft.lastOn} onChange=${set("lastOn")} /><//>
          ${!draft.allDay && html`<${Field} label=${gettext("Ends at")}><input type="time" value=${draft.to} onChange=${set("to")} /><//>`}</div>
        <${Field} label=${gettext("Repeats")}><select value=${draft.rrule} onChange=${set("rrule")}>
          ${repeats().map(([rule, text]) => html`<option key=${rule} value=${rule}>${text}</option>`)}
          ${!known && html`<option value=${draft.rrule}>${gettext("By its own rule")}</option>`}</select><//>
      <//>
      ${conflicts.length > 0 && html`<${Notice} tone="wait" icon="alert-triangle"><b>${gettext("Something else is there at that time")}</b>
        <ul>${conflicts.slice(0, MOST_CONFLICTS).map((each) => html`<li key=${each.key}>${hours(each, starts.slice(0, 10))} ${each.title}</li>`)}</ul><//>`}
      ${draft.title && problem && html`<${Notice} tone="bad" icon="alert-triangle">${problem}<//>`}
      <${Card}>
        <${Field} label=${gettext("Place")}><input maxlength="200" value=${draft.place} onInput=${set("place")} /><//>
        ${(!initial.title || !initial.rrule) && html`<${Colleagues} label=${gettext("Guests (found while there is signal)")} most=${MOST_GUESTS} value=${draft.guests || []} onChange=${(guests) => change({ guests })} />`}
        <${Field} label=${gettext("Remind me")}><select value=${draft.reminder} onChange=${set("reminder")}>${reminders().map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}</select><//>
        <${Choice} label=${gettext("Who sees it")} value=${draft.visibility} options=${visibilities()} onChange=${(visibility) => change({ visibility })} />
        <${Field} label=${gettext("Notes")}><textarea rows="3" maxlength="4000" value=${draft.notes} onInput=${set("notes")} /><//>
      <//>
    <//>`;
}
