/** Wall times without a zone, as the protocol writes them: `2026-05-04T09:00:00`. Reckoned as if they were UTC. */

const asNumber = (wall) => Date.parse(`${wall.slice(0, 19)}Z`);
const asWall = (number) => new Date(number).toISOString().slice(0, 19);
const DAY = 86_400_000;

/** @param {string} wall @param {number} ms */
export const later = (wall, ms) => asWall(asNumber(wall) + ms);

/** Milliseconds from one to the other. */
export const between = (from, to) => asNumber(to) - asNumber(from);

/** @param {string} on YYYY-MM-DD @param {number} days */
export const dayAfter = (on, days) => asWall(asNumber(`${on}T00:00:00`) + days * DAY).slice(0, 10);

/** The Monday of that day's week. */
export const mondayOf = (on) => dayAfter(on, -((new Date(`${on}T00:00:00Z`).getUTCDay() + 6) % 7));

/** Whether something takes up part of the day. */
export const touches = ({ starts, ends }, on) => {
  const opens = `${on}T00:00:00`;
  const closes = later(opens, DAY);
  return starts === ends ? starts >= opens && starts < closes : starts < closes && ends > opens;
};

/**
 * Starts of a simple rule, so that what was entered without signal shows at once; the server's answer replaces them.
 * @param {string} starts @param {string} rule
 */
export function simpleStarts(starts, rule, until) {
  const step = { "FREQ=DAILY": DAY, "FREQ=WEEKLY": 7 * DAY }[rule];
  const found = [starts];
  while (step && later(found.at(-1), step) < until) found.push(later(found.at(-1), step));
  return found;
}
