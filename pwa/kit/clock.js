/** What time the phone believes it is, and how long it has really run: a changed clock shows as a difference. */

/** Identity of this start of the app; `elapsed` counts from it and only forwards. */
const boot = crypto.randomUUID();

const elapsed = () => Math.round(performance.now());

/** @param {Date} [date] @returns {string} ISO 8601 in local time with its offset, to the millisecond */
export function stamp(date = new Date()) {
  const offset = -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + offset * 60_000);
  const hours = pad(Math.trunc(Math.abs(offset) / 60));
  const minutes = pad(Math.abs(offset) % 60);
  return `${shifted.toISOString().slice(0, -1)}${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
}

/** Both clocks at this moment; also sent with a batch, so that the server can tell how far the phone's time is off. */
export const clocks = () => ({ device_time: stamp(), elapsed_ms: elapsed(), boot });

/** @param {Date} [date] @returns {string} the local calendar day, YYYY-MM-DD */
export const day = (date = new Date()) => stamp(date).slice(0, 10);

const pad = (number) => String(number).padStart(2, "0");
