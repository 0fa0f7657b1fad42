/** Who is signed in on this phone, and what stands in the way of talking to the server. */
import { signal } from "@preact/signals";
import { recall, remember } from "#kit/db";

/**
 * @typedef {{token: string, me: {id: string, name: string}, organization: {id: string, name: string},
 *            confirmed: boolean, locationAsked: boolean,
 *            answeredRelease?: number, laterUntil?: number}} Session
 */

/** @type {import("@preact/signals").Signal<Session | null>} */
export const session = signal(null);

/** "", "signed_out", "consent_required" or "update_required": until it is settled, nothing is sent or fetched. */
export const obstacle = signal("");

export async function startSession() {
  session.value = (await recall("session")) || null;
  obstacle.value = (session.value && (await recall("obstacle"))) || "";
}

/** @param {Partial<Session> | null} changes null ends the session but keeps all work on the phone */
export async function keepSession(changes) {
  session.value = changes && { ...session.value, ...changes };
  await remember("session", session.value || undefined);
}

/** @param {""|"signed_out"|"consent_required"|"update_required"} what */
export async function meetObstacle(what) {
  obstacle.value = what;
  // An update is asked for anew by every answer; the others last until the person has done something.
  await remember("obstacle", what === "update_required" ? undefined : what || undefined);
}

/** @returns {Promise<string>} an identifier this app made for itself; no identifier of the device is read */
export async function deviceId() {
  const known = await recall("device_id");
  if (known) return known;
  const made = crypto.randomUUID();
  await remember("device_id", made);
  return made;
}
