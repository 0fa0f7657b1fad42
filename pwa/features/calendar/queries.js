import { db, recall, remember } from "#kit/db";
import { call } from "#kit/api";
import { touches } from "#features/calendar/walls";

/**
 * One thing on a day: an occurrence of an event, or something work lays over it.
 * @typedef {{key: string, layer: string, title: string, starts: string, ends: string, all_day: boolean, tone: string,
 *   event?: Held, occurrence?: Held}} Entry
 */

/** Everything known of my days, in order. @param {string[]} days @param {Set<string>} hidden layers that are switched off */
export async function agendaOf(days, hidden) {
  const [events, kept] = await Promise.all([db.calendar_events.toArray(), recall("calendar_layers")]);
  const own = hidden.has("events") ? [] : events.filter(({ answer }) => answer !== "declined").flatMap(occurrencesOf);
  const over = (kept?.entries || []).filter(({ layer }) => !hidden.has(layer))
    .map((each) => ({ ...each, title: each.label }));
  const marks = Object.fromEntries((kept?.marks || []).map((mark) => [mark.on, mark]));
  return days.map((on) => ({
    on, mark: marks[on],
    entries: [...own, ...over].filter((each) => touches(each, on)).sort(inOrder),
  }));
}

/** What of mine is in the way of a plan: told while planning, never a reason to refuse. @param {string} but the event itself */
export async function conflictsOf({ starts, ends }, but = "") {
  const [events, kept] = await Promise.all([db.calendar_events.toArray(), recall("calendar_layers")]);
  const own = events.filter(({ id, answer }) => id !== but && answer !== "declined").flatMap(occurrencesOf);
  const work = (kept?.entries || []).filter((each) => each.is_busy).map((each) => ({ ...each, title: each.label }));
  return [...own, ...work].filter((each) => each.starts < ends && each.ends > starts).sort(inOrder);
}

const inOrder = (a, b) => Number(b.all_day) - Number(a.all_day) || a.starts.localeCompare(b.starts) || a.title.localeCompare(b.title);

/** @returns {Entry[]} */
const occurrencesOf = (event) => event.occurrences.map((each) => ({
  key: `${event.id} ${each.original}`, layer: "events", title: each.title ?? event.title, starts: each.starts, ends: each.ends,
  all_day: each.all_day, tone: event.is_own ? "blue" : "purple", event, occurrence: each,
}));

export const invitations = async () => (await db.calendar_events.toArray())
  .filter(({ answer, occurrences }) => answer === "needs_answer" && occurrences.length)
  .sort((a, b) => a.occurrences[0].starts.localeCompare(b.occurrences[0].starts));

/** Shifts, leave, visits and special days, kept for when there is no signal. */
export async function fetchLayers() {
  try {
    await remember("calendar_layers", await call("GET", "/calendar/layers"));
  } catch (error) {
    if (error.code !== "unreachable") console.warn("layers", error.code);
  }
}

/** The zone in which the organization's days are reckoned. */
export const homeZone = async () =>
  (await db.settings.toCollection().first())?.time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
