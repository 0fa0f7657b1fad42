/** Events entered, changed, removed and answered on this phone; what it shows meanwhile the server's answer replaces. */
import { db } from "#kit/db";
import { commit, onDismissed, operation } from "#kit/outbox";
import { onAccepted } from "#kit/push";
import { uuid7 } from "#kit/ids";
import { session } from "#kit/session";
import { between, dayAfter, later, simpleStarts } from "#features/calendar/walls";

/**
 * @typedef {{title: string, place: string, notes: string, zone: string, starts: string, ends: string, all_day: boolean,
 *   rrule: string, visibility: string, minutes_before: number | null, guest_ids: string[] | null}} Draft
 * @typedef {"this"|"following"|"all"} Reach
 */

/** @param {Draft} draft */
export async function createEvent(draft) {
  const id = uuid7();
  const made = await operation("calendar.create", { event_id: id, ...draft }, { subject: id });
  const length = between(draft.starts, draft.ends);
  const occurrences = simpleStarts(draft.starts, draft.rrule, `${dayAfter(draft.starts.slice(0, 10), 56)}T00:00:00`)
    .map((starts) => ({ original: starts, starts, ends: later(starts, length), all_day: draft.all_day }));
  await commit(made, [db.calendar_events, db.drafts], async () => {
    await db.calendar_events.add({
      ...shown(draft), id, owner: session.value?.me.name || "", is_own: true, rule_words: "", revision: null, answer: "",
      guests: [], occurrences, unsent: true,
    });
    await db.drafts.delete("event");
  });
  return id;
}

const shown = ({ guest_ids: _guests, ...rest }) => rest;

/** @param {Held} event @param {Held} occurrence the one that was opened @param {Draft} draft @param {Reach} reach */
export async function changeEvent(event, occurrence, draft, reach) {
  const made = await operation("calendar.change", {
    event_id: event.id, ...draft, reach, original: event.rrule ? occurrence.original : null,
  }, { subject: event.id, base: event.revision });
  await commit(made, [db.calendar_events, db.drafts], async () => {
    await db.calendar_events.put({ ...changed(event, occurrence, draft, reach), unsent: true, was: event.was || event });
    await db.drafts.delete(`event:${event.id}`);
  });
}

/** What the phone shows until the server has answered. */
function changed(event, occurrence, draft, reach) {
  const shift = between(occurrence.starts, draft.starts);
  const length = between(draft.starts, draft.ends);
  const moved = (each) => {
    const starts = later(each.starts, shift);
    return { ...each, starts, ends: later(starts, length), all_day: draft.all_day };
  };
  if (reach === "all" || !event.rrule) {
    return { ...event, ...shown(draft), occurrences: event.occurrences.map((each) => ({ ...moved(each), title: undefined, place: undefined, notes: undefined })) };
  }
  const { title, place, notes } = draft;
  const isMeant = (each) => (reach === "this" ? each.original === occurrence.original : each.original >= occurrence.original);
  return { ...event, occurrences: event.occurrences.map((each) => (isMeant(each) ? { ...moved(each), title, place, notes } : each)) };
}

/** @param {Held} event @param {Held} occurrence @param {Reach} reach */
export async function removeEvent(event, occurrence, reach) {
  const made = await operation("calendar.remove", {
    event_id: event.id, reach, original: event.rrule ? occurrence.original : null,
  }, { subject: event.id, base: event.revision });
  const stays = (each) => reach !== "all" && event.rrule
    && (reach === "this" ? each.original !== occurrence.original : each.original < occurrence.original);
  await commit(made, [db.calendar_events], () => db.calendar_events.put({
    ...event, occurrences: event.occurrences.filter(stays), unsent: true, was: event.was || event,
  }));
}

export async function answerEvent(event, status) {
  const made = await operation("calendar.answer", { event_id: event.id, status }, { subject: event.id });
  await commit(made, [db.calendar_events], () => db.calendar_events.put({ ...event, answer: status, unsent: true, was: event.was || event }));
}

const settled = async ({ subject }, { version }) => {
  const row = await db.calendar_events.get(subject);
  if (row) await db.calendar_events.put({ ...row, revision: version ?? row.revision, unsent: undefined, was: undefined });
};
const undone = async ({ subject }) => {
  const row = await db.calendar_events.get(subject);
  if (row?.was) await db.calendar_events.put(row.was);
};
onAccepted("calendar.create", settled);
onAccepted("calendar.change", settled);
onAccepted("calendar.answer", settled);
onAccepted("calendar.remove", async ({ subject }, result) => {
  const row = await db.calendar_events.get(subject);
  if (row && !row.occurrences.length) await db.calendar_events.delete(subject);
  else await settled({ subject }, result);
});
onDismissed("calendar.create", ({ subject }) => db.calendar_events.delete(subject));
onDismissed("calendar.change", undone);
onDismissed("calendar.remove", undone);
onDismissed("calendar.answer", undone);
