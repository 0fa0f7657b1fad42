/**
 * Getting in. The notice comes first and is agreed to on the phone; only then is the mobile number asked for, so
 * nothing personal exists anywhere before. The acts of agreement are sent as soon as there is someone to send them for.
 */
import { signal } from "@preact/signals";
import { db, forgetEverything, recall, remember } from "#kit/db";
import { call, request } from "#kit/api";
import { gettext } from "#kit/i18n";
import { deviceId, keepSession, meetObstacle, session } from "#kit/session";
import { consentAct, decide } from "#kit/consents";
import { wake } from "#kit/pulse";
import { go } from "#kit/router";

const START = { mobile: "", ticket: "", organizations: [], authenticator: false, unconfirmed: null };
/** What has been learnt so far on the way in; lives only in memory, except the agreement. */
export const entry = signal(START);
/** @type {import("@preact/signals").Signal<Held | null>} */
export const agreement = signal(null);

const learn = (part) => (entry.value = { ...entry.value, ...part });

/** What was agreed to before the app was last closed. */
export const started = recall("agreement").then((kept) => (agreement.value = kept || null));

/** @returns {Promise<Held>} the notice in force, in the language of the app */
export const fetchNotice = () => call("GET", "/notice");

/** The affirmative act, or its opposite: what was pressed, when, and on which text. */
export async function agreeTo({ hash }) {
  const acts = ["basic", "terms", "capacity"].map((each) => consentAct(each, "granted", hash));
  if (session.value) {
    await meetObstacle("");
    await remember("notice_hash", hash);
    return decide(acts);
  }
  agreement.value = { hash, acts };
  await remember("agreement", agreement.value);
}

export async function declineNotice({ hash }) {
  agreement.value = null;
  await remember("agreement", undefined);
  if (session.value) await decide([consentAct("basic", "declined", hash)]);
}

/** @returns {Promise<number>} seconds until another code may be asked for */
export async function askForCode(mobile) {
  const { retry_after } = await call("POST", "/activation/code", { mobile });
  learn({ mobile, ticket: "", organizations: [] });
  return retry_after;
}

export async function giveCode(code) {
  const { ticket, organizations, authenticator } =
    await call("POST", "/activation/verify", { mobile: entry.value.mobile, code });
  learn({ ticket, organizations, authenticator });
  if (organizations.length === 1 && !authenticator) await enter(organizations[0].id);
}

/** Stop in the middle: the server forgets what it has of this activation, the phone all of it. */
export async function stopHere() {
  const { ticket } = entry.value;
  if (ticket) await call("POST", "/activation/cancel", { ticket, device_id: await deviceId() });
  entry.value = START;
  agreement.value = null;
  await forgetEverything();
  await remember("device_id", undefined);
  go("/", { replace: true });
}

/** @param {string} organization its id @param {string} [authenticator] the code of an authenticator app, if one is set up */
export async function enter(organization, authenticator = "") {
  const device = { id: await deviceId(), name: deviceName(), platform: "web" };
  const answer = await call("POST", "/activation/complete", { ticket: entry.value.ticket, organization, device, authenticator });
  if (answer.confirmed === false) return void learn({ unconfirmed: organization });
  await becomes(answer);
}

/** A family of device, as people call it; no model, no serial number. */
function deviceName() {
  const kinds = [["iPhone", "iPhone"], ["iPad", "iPad"], ["Android", "Android"], ["Windows", "Windows"], ["Mac", "Mac"]];
  return kinds.find(([mark]) => navigator.userAgent.includes(mark))?.[1] || "Linux";
}

async function becomes({ token, me, organization }) {
  await makeRoomFor(me, token);
  const again = session.value?.me.id === me.id;
  const { hash, acts } = agreement.value || {};
  await keepSession({ token, me, organization, locationAsked: again && session.value.locationAsked });
  await meetObstacle("");
  if (hash) await remember("notice_hash", hash);
  if (acts) await decide(acts);
  await remember("agreement", undefined);
  agreement.value = null;
  entry.value = START;
  void navigator.storage?.persist?.();
  if (again) go("/", { replace: true });
  wake();
}

/** Another person's unsent work is never mixed up with this one's, nor thrown away. */
async function makeRoomFor(me, token) {
  const owner = session.value?.me;
  if (!owner || owner.id === me.id) return;
  if (await db.operations.count()) {
    await request("DELETE", "/session", { headers: { Authorization: `Bearer ${token}` } }).catch(() => {});
    throw new Error(gettext("This phone keeps unsent work of {name}. Sign in as {name} first.", { name: owner.name }));
  }
  await forgetEverything();
  session.value = null;
}
