/**
 * Before the app puts a question by itself it asks the server, which knows of refusals on every device of the person and
 * keeps 48 hours after one. Without signal the phone's own rule holds: what was refused here a short while ago rests.
 */
import { recall } from "#kit/db";
import { request } from "#kit/api";
import { resting } from "#kit/permissions";

const PATIENCE_MS = 4000;
/** Questions of this app, and the scope of the ledger that each is about. */
const SCOPES = { geolocation: "location", camera: "device:camera:visit_photo" };

/** @param {"geolocation"|"camera"} name @returns {Promise<boolean>} */
export async function mayAsk(name) {
  if (await resting(name)) return false;
  const body = { purpose: SCOPES[name], notice_hash: (await recall("notice_hash")) || "" };
  try {
    return (await request("POST", "/prompts", { body, timeout: PATIENCE_MS })).data.may_ask;
  } catch {
    return true; // no signal, or the notice has changed, which is put before the person by itself
  }
}
