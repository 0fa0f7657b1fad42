/** Is a position at a place? Three answers, not two: an honest doubt is neither inside nor outside. */

const EARTH_M = 6_371_008.8;
const radians = (degrees) => (degrees * Math.PI) / 180;

/** @returns {number} metres between two points on a sphere; within half a percent of the real Earth: for lists */
export function metresBetween(a, b) {
  const dLat = radians(b.lat - a.lat);
  const dLng = radians(b.lng - a.lng);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLng / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

// The ellipsoid of WGS-84.
const WIDE_M = 6_378_137;
const FLAT = 1 / 298.257223563;
const BENT = FLAT * (2 - FLAT);

/** @returns {number} metres on a plane that touches the ellipsoid half way, as the server has it (`nearby_m`): for fences */
function nearMetres(a, b) {
  const lat = radians((a.lat + b.lat) / 2);
  const bend = 1 - BENT * Math.sin(lat) ** 2;
  const across = WIDE_M / Math.sqrt(bend);
  const north = (radians(b.lat - a.lat) * across * (1 - BENT)) / bend;
  const turn = ((((b.lng - a.lng + 180) % 360) + 360) % 360) - 180; // the short way round
  return Math.hypot(north, radians(turn) * across * Math.cos(lat));
}

/**
 * @param {{lat: number, lng: number, accuracy_m: number} | null} position null when there is none
 * @param {{lat: number, lng: number, radius_m: number}} place
 * @param {{cap_m: number, unusable_m: number}} fence `cap_m` limits how much doubt may excuse
 * @returns {{verdict: "inside"|"outside"|"uncertain"|"unusable"|"manual", distance_m: number | null}}
 */
export function judge(position, place, fence) {
  if (!position) return { verdict: "manual", distance_m: null };
  if (place.lat == null || place.lng == null) return { verdict: "uncertain", distance_m: null };
  const rough = metresBetween(position, place);
  const distance = rough < 5000 ? nearMetres(position, place) : rough;
  return { verdict: verdict(distance, position.accuracy_m, place.radius_m, fence), distance_m: Math.round(distance) };
}

/** What is kept where no better fix will come (`as_recorded`). @param {string} found */
export const recorded = (found) => (found === "unusable" ? "uncertain" : found);

/** As the server judges (`fence_verdict`). @param {number} accuracy what is no number is too vague */
export function verdict(distance, accuracy, radius, { cap_m, unusable_m }) {
  if (typeof accuracy !== "number" || !(accuracy <= unusable_m)) return "unusable";
  if (distance <= radius) return "inside";
  return distance - Math.min(accuracy, cap_m) > radius ? "outside" : "uncertain";
}
