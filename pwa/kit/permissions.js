/** What the device lets this app do; read again each time the person comes back from its settings. */
import { useEffect, useState } from "preact/hooks";
import { recall, remember } from "#kit/db";

/** After a refusal the app does not ask again by itself for this long. */
const REST_MS = 48 * 3_600_000;

/** @param {"geolocation"|"camera"} name @returns {Promise<"granted"|"denied"|"prompt">} */
export async function permissionState(name) {
  try {
    return (await navigator.permissions.query({ name })).state;
  } catch {
    return "prompt"; // a browser that will not say; asking will tell
  }
}

/** @param {"geolocation"|"camera"} name @returns {"granted"|"denied"|"prompt"|undefined} undefined until known */
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
