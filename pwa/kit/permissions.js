/** What the device lets this app do; read again each time the person comes back from its settings, and reported. */
import { useEffect, useState } from "preact/hooks";
import { recall, remember } from "#kit/db";
import { call, Refused } from "#kit/api";
import { uuid7 } from "#kit/ids";
import { stamp } from "#kit/clock";
import { wake } from "#kit/pulse";
import { meetObstacle } from "#kit/session";

/** After a refusal the app does not ask again by itself for this long; the server keeps to it too. */
const REST_MS = 48 * 3_600_000;
/** The browser's names, and the register's. */
const CODES = { geolocation: "location", camera: "camera", notifications: "notifications" };

/** @param {"geolocation"|"camera"|"notifications"} name @returns {Promise<"granted"|"denied"|"prompt"|"unknown">} */
async function systemState(name) {
  try {
    return (await navigator.permissions.query({ name })).state;
  } catch {
    return "unknown"; // a browser that will not say; asking will tell
  }
}

/** @param {"geolocation"|"camera"|"notifications"} name @returns {Promise<"granted"|"denied"|"prompt">} */
export async function permissionState(name) {
  const state = await systemState(name);
  return state === "unknown" ? "prompt" : state;
}

/** @param {"geolocation"|"camera"|"notifications"} name @returns {"granted"|"denied"|"prompt"|undefined} undefined until known */
export function usePermission(name) {
  const [state, setState] = useState(undefined);
  useEffect(() => {
    const read = () => permissionState(name).then(setState);
    const timer = setInterval(read, 2000);
    document.addEventListener("visibilitychange", read);
    read();
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", read);
    };
  }, [name]);
  return state;
}

/** @param {string} name @returns {Promise<boolean>} whether the person said "not now" a short while ago */
export async function resting(name) {
  return Date.now() - ((await recall(`refused:${name}`)) || 0) < REST_MS;
}

/** @param {string} name @param {boolean} refused */
export const noteRefusal = (name, refused) => remember(`refused:${name}`, refused ? Date.now() : undefined);

// --- What the server is told ---

/** @param {string} permission @param {string} use @returns {Promise<boolean>} whether this use was allowed by an act */
export const useAllowed = async (permission, use) => Boolean(await recall(`use:${permission}:${use}`));

/** One use of a permission, allowed or not by pressing a button of ours, on the notice that was shown. */
export async function decideUse(permission, use, allowed) {
  await remember(`use:${permission}:${use}`, allowed || undefined);
  const hash = (await recall("notice_hash")) || "";
  await report({ permission, use, is_allowed: allowed, source: "popup", notice_hash: hash });
}

/** What the system's own dialog just answered. */
export const noteDialog = (name, allowed) => noteState(CODES[name], allowed, "system_dialog");

/** Look at the system's switches: what was switched off or on since the last look is told with this time. */
export async function lookAtSwitches() {
  for (const [name, code] of Object.entries(CODES)) {
    const state = await systemState(name);
    const known = await recall(`reported:${code}`);
    if (state === "granted" || state === "denied") await noteState(code, state === "granted", "device_settings");
    else if (state === "prompt" && known) await noteState(code, false, "device_settings");
  }
}

async function noteState(code, allowed, source) {
  if ((await recall(`reported:${code}`)) === allowed) return;
  await remember(`reported:${code}`, allowed);
  await report({ permission: code, use: "", is_allowed: allowed, source });
}

async function report(what) {
  const waiting = (await recall("permission_reports")) || [];
  await remember("permission_reports", [...waiting, { id: uuid7(), occurred_at: stamp(), ...what }]);
  wake();
}

/** Send what was noted, oldest first, before any work that needs it. */
export async function pushReports() {
  await lookAtSwitches();
  for (const each of (await recall("permission_reports")) || []) {
    try {
      await call("POST", "/permissions", each);
    } catch (error) {
      if (!(error instanceof Refused) || ![400, 409, 422].includes(error.status)) throw error;
      await takeBack(each, error);
    }
    const left = ((await recall("permission_reports")) || []).filter(({ id }) => id !== each.id);
    await remember("permission_reports", left.length ? left : undefined);
  }
}

/** The server will not record it, so it does not count here either; it is asked anew, on the notice now in force. */
async function takeBack({ permission, use }, { code }) {
  if (use) await remember(`use:${permission}:${use}`, undefined);
  if (code === "notice_outdated") await meetObstacle("consent_required");
}

/** @returns {"ios"|"android"|"web"} the table of the agreement that this device belongs to */
export function platform() {
  if (/iPhone|iPad/.test(navigator.userAgent)) return "ios";
  return navigator.userAgent.includes("Android") ? "android" : "web";
}
