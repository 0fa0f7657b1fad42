import { db } from "#kit/db";
import { day } from "#kit/clock";
import { metresBetween } from "#kit/fence";
import { unsentSubjects } from "#features/visits/queries";

/** @returns {Promise<Held[]>} own punches, newest first, each with its place's name and `unsent` */
export async function ownPunches() {
  const [punches, places, unsent] = await Promise.all([
    db.punches.toArray(), db.work_places.toArray(), unsentSubjects(),
  ]);
  const names = new Map(places.map(({ id, name }) => [id, name]));
  return punches.map((punch) => ({
    ...punch, place: punch.place_text || names.get(punch.work_place_id) || "", unsent: unsent.has(punch.id),
  })).sort((a, b) => Date.parse(b.punched_at) - Date.parse(a.punched_at));
}

/** @param {Held[]} punches newest first */
export const ofDay = (punches, on = day()) => punches.filter(({ punched_at }) => day(new Date(punched_at)) === on);

/** In first; out after that, again and again: the last one counts. */
export const nextKind = (todays) => (todays.length ? "out" : "in");

/** @returns {Held | null} the work place nearest to the position; the first when there is none */
export function nearest(places, fix) {
  if (!fix) return places[0] || null;
  const far = (place) => (place.lat == null ? Infinity : metresBetween(fix, place));
  return [...places].sort((a, b) => far(a) - far(b))[0] || null;
}
