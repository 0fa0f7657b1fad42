/** The own days: what is due, what came of it, and what was asked about it. */
import { db } from "#kit/db";
import { day } from "#kit/clock";
import { gettext } from "#kit/i18n";
import { time } from "#kit/format";

export const dayOf = (on = day()) => db.attendance_days.get(on);

/** @returns {Promise<Map<string, Held>>} the days of a month such as 2026-03, by date */
export async function monthDays(month) {
  const rows = await db.attendance_days.filter(({ id }) => id.startsWith(month)).toArray();
  return new Map(rows.map((row) => [row.id, row]));
}

/** @returns {Promise<Held[]>} requests about one day, or all of them, newest first */
export async function ownRequests(on) {
  const rows = await db.attendance_requests.toArray();
  return rows.filter((row) => !on || row.on === on || (!row.on && day(new Date(row.starts_at)) === on))
    .sort((a, b) => Date.parse(b.asked_at) - Date.parse(a.asked_at));
}

/** @returns {Promise<Held[]>} months that wait for an answer first, then the newest */
export async function ownMonths() {
  return (await db.attendance_months.toArray()).sort((a, b) => b.month.localeCompare(a.month));
}

/** Results and states in words, each with the tone of a pill. */
export const resultWords = (result) => ({
  normal: [gettext("Normal"), "good"], auto: [gettext("Normal"), "good"], late: [gettext("Late"), "wait"],
  serious_late: [gettext("Seriously late"), "bad"], early: [gettext("Left early"), "wait"],
  lack: [gettext("Press missing"), "bad"], no_need: [gettext("Not needed"), ""], pending: [gettext("Not over yet"), ""],
})[result] || [result, ""];

export const statusWords = (status) => ({
  normal: [gettext("Normal"), "good"], late: [gettext("Late"), "wait"], early: [gettext("Left early"), "wait"],
  late_early: [gettext("Late and left early"), "wait"], lack: [gettext("Press missing"), "bad"],
  absent: [gettext("Absent"), "bad"], leave: [gettext("Leave"), ""], away: [gettext("Away on business"), ""],
  pending: [gettext("Not over yet"), ""], off: [gettext("Rest"), ""], exempt: [gettext("Need not clock in"), ""],
})[status] || ["", ""];

export const stateWords = (state) => ({
  pending: [gettext("Waits for a decision"), "wait"], approved: [gettext("Approved"), "good"],
  returned: [gettext("Returned"), "wait"], rejected: [gettext("Rejected"), "bad"], withdrawn: [gettext("Withdrawn"), ""],
})[state] || [state, ""];

export const endWords = (end) => (end === "on" ? gettext("Coming") : gettext("Going home"));

/** 09:00–18:00, 20:00–22:00 */
export const dueWords = (held) => held.due.map(([from, to]) => `${time(from)}–${time(to)}`).join(", ");

/** Why a result is what it is, in sentences. @param {Held[]} requests those about the day */
export function reasons(point, rule, requests = []) {
  const found = point.by === "free" ? [] : [gettext("Due at {time}.", { time: time(point.due) })];
  for (const [kind, what] of point.trail) {
    if (kind === "grace") found.push(gettext("The night before ran late: {minutes} min later is in time.", { minutes: what }));
    else if (kind === "flex") found.push(gettext("Flexible hours move this by {minutes} min.", { minutes: what }));
    else if (kind === "remedy" || kind === "admin") found.push(corrected(requests.find(({ id }) => id === what)));
    else if (kind !== "original") found.push(gettext("Approved time moves what is due."));
  }
  if (point.at || point.supplement !== "admin") found.push(point.at ? gettext("Pressed at {time}.", { time: time(point.at) }) : gettext("No press within the time for it."));
  if (point.minutes) found.push(gettext("{minutes} min; up to {limit} are allowed.", { minutes: point.minutes, limit: point.limit }));
  if (rule) found.push(gettext("By the rules {rule}.", { rule }));
  return found;
}

/** What a correction says; the press that was made is kept beside it. */
function corrected(request) {
  if (!request) return gettext("The time was corrected; the original press is kept.");
  if (request.starts_at) return gettext("Corrected to {time}: {reason}. The original press is kept.", { time: time(request.starts_at), reason: request.reason });
  return gettext("The result was set to “{result}”: {reason}. The original press is kept.", { result: resultWords(request.result)[0], reason: request.reason });
}
