/** What time the phone believes it is, and how long it has really run: a changed clock shows as a difference. */

/** Identity of this start of the app; `elapsed` counts from it and only forwards. */
export const boot = crypto.randomUUID();

export const elapsed = () => Math.round(performance.now());

/** @param {Date} [date] @returns {string} ISO 8601 in local time with its offset, to the millisecond */
export function stamp(date = new Date()) {
  const offset = -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + offset * 60_000);
  const hours = pad(Math.trunc(Math.abs(offset) / 60));
  const minutes = pad(Math.abs(offset) % 60);
  return `${shifted.toISOString().slice(0, -1)}${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
}

/** @param {Date} [date] @returns {string} the local calendar day, YYYY-MM-DD */
export const day = (date = new Date()) => stamp(date).slice(0, 10);

/** @param {number} days from today, negative for the past */
export function dayAway(days) {
  const date = new Date();
  date.setDate(date.getDate() + days);
  return day(date);
}

const pad = (number) => String(number).padStart(2, "0");
