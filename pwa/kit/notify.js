/** Push messages on this phone: one tap agrees to the purpose, asks the system, and tells the server where to send. */
import { recall } from "#kit/db";
import { call } from "#kit/api";
import { consentAct, decide, pushConsents } from "#kit/consents";
import { noteDialog, pushReports } from "#kit/permissions";

export const PUSH = "push";
export const isPossible = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

/**
 * Call it from a tap. @param {string} key the service's @param {boolean} isAgreed
 * @returns {Promise<any>} the preferences as they are then, or null where the system does not allow it
 */
export async function switchOn(key, isAgreed) {
  const isAllowed = (await Notification.requestPermission()) === "granted";
  await noteDialog("notifications", isAllowed);
  if (!isAllowed) return null;
  if (!isAgreed) await decide([consentAct(PUSH, "granted", (await recall("notice_hash")) || "")]);
  await pushConsents();
  await pushReports();
  const { endpoint, keys } = (await subscribed(key)).toJSON();
  return call("PUT", "/notifications/subscription", { endpoint, p256dh: keys.p256dh, auth: keys.auth });
}

/** One made for another key of the server is of no use any more. */
async function subscribed(key) {
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
}

export async function switchOff() {
  const registration = isPossible() ? await navigator.serviceWorker.getRegistration() : null;
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  return call("DELETE", "/notifications/subscription");
}
