import { db } from "#kit/db";

/** @returns {Promise<Held[]>} types in the organization's order, each with what is left of it */
export const leaveTypes = async () =>
  (await db.leave_types.toArray()).sort((a, b) => a.sequence - b.sequence || a.name.localeCompare(b.name));

/** @returns {Promise<Held[]>} own requests, the latest leave first */
export const ownLeave = async () =>
  (await db.leave_requests.toArray()).sort((a, b) => b.first_on.localeCompare(a.first_on));

/** @returns {Held[]} the stretch of the form as the server takes it */
export function stretchOf({ first, last, begins, ends, from, to, isHours }) {
  if (isHours) return [{ first, last: first, from_minute: minuteOf(from), to_minute: minuteOf(to) }];
  return [{ first, last: last || first, begins, ends }];
}

export const minuteOf = (clock) => {
  const [hours, minutes] = (clock || "0:0").split(":").map(Number);
  return hours * 60 + minutes;
};

/** What remains of leave that ends on `last`, at noon when `ends` is "am". */
export function keptUntil(segments, last, ends) {
  return segments.filter(({ first }) => first <= last).map((each) => {
    if (each.from_minute != null) return each;
    if (each.last > last || (each.last === last && ends === "am")) return { ...each, last, ends };
    return each;
  });
}
