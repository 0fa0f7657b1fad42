/** What the phone knew at an act: time, its own steady clock, position or the place said by hand. */
import { APP_VERSION } from "#kit/api";
import { boot, elapsed, stamp } from "#kit/clock";
import { wellFormed } from "#kit/canonical";

/** @param {import("#kit/geo").Fix | null} position @param {string} [manualPlace] used when there is no position */
export function evidence(position, manualPlace = "") {
  const said = wellFormed(manualPlace.trim());
  return {
    device_time: stamp(), elapsed_ms: elapsed(), boot, app_version: APP_VERSION, position,
    manual_place: position || !said ? null : { text: said },
  };
}
