/** What the phone knew at an act: time, its own steady clock, position or the place said by hand. */
import { APP_VERSION } from "#kit/api";
import { clocks } from "#kit/clock";
import { wellFormed } from "#kit/canonical";

/** @typedef {ReturnType<typeof evidence>} Evidence */

/** @param {import("#kit/geo").Fix | null} position @param {string} [manualPlace] for want of a usable position */
export function evidence(position, manualPlace = "") {
  const said = wellFormed(manualPlace.trim());
  return {
    ...clocks(), app_version: APP_VERSION, position,
    manual_place: said ? { text: said } : null,
  };
}
