/** The position of the phone, read only while a screen that needs it is open, and only if the person chose so. */
import { useEffect, useState } from "preact/hooks";
import { rounded } from "#kit/canonical";
import { stamp } from "#kit/clock";
import { noteDialog } from "#kit/permissions";

const REFRESH_MS = 15_000;
const OPTIONS = { enableHighAccuracy: true, maximumAge: 5_000, timeout: 20_000 };

/**
 * @typedef {{lat: number, lng: number, accuracy_m: number, datum: "WGS84", taken_at: string, source: "device"}} Fix
 * @typedef {"" | "searching" | "refused" | "unavailable"} GeoProblem
 */

/** Where only an approximate position is allowed, systems blur it to kilometres. As `envelope.py`. */
const APPROXIMATE_M = 1000;

/** @param {Fix | null} fix */
export const isApproximate = (fix) => Boolean(fix) && fix.accuracy_m >= APPROXIMATE_M;

/** @returns {Fix} */
const fixFrom = ({ coords, timestamp }) => ({
  lat: rounded(coords.latitude, 7), lng: rounded(coords.longitude, 7), accuracy_m: rounded(coords.accuracy, 1),
  datum: "WGS84", taken_at: stamp(new Date(timestamp)), source: "device",
});

/**
 * Follow the position while `wanted`.
 * @param {boolean} wanted
 * @returns {{fix: Fix | null, problem: GeoProblem}}
 */
export function usePosition(wanted) {
  const [state, setState] = useState({ fix: null, problem: "searching" });
  useEffect(() => {
    if (!wanted) return setState({ fix: null, problem: "refused" });
    setState({ fix: null, problem: "searching" });
    return follow((fix) => setState({ fix, problem: "" }), (problem) => setState({ fix: null, problem }));
  }, [wanted]);
  return state;
}

/** A watch alone falls silent while the phone lies still, so the position is also asked for at intervals. */
function follow(found, failed) {
  if (!navigator.geolocation) return void failed("unavailable");
  const take = (position) => {
    found(fixFrom(position));
    void noteDialog("geolocation", true);
  };
  const miss = ({ code, PERMISSION_DENIED }) => {
    failed(code === PERMISSION_DENIED ? "refused" : "unavailable");
    if (code === PERMISSION_DENIED) void noteDialog("geolocation", false);
  };
  const watch = navigator.geolocation.watchPosition(take, miss, OPTIONS);
  const timer = setInterval(() => navigator.geolocation.getCurrentPosition(take, () => {}, OPTIONS), REFRESH_MS);
  return () => {
    navigator.geolocation.clearWatch(watch);
    clearInterval(timer);
  };
}
