/**
 * Before the app puts a question by itself it asks the server, which knows of refusals on every device of the person and
 * keeps 48 hours after one. Without signal the phone's own rule holds: what was refused here a short while ago rests.
 */
import { recall } from "#kit/db";
import { request } from "#kit/api";
import { resting } from "#kit/permissions";

const PATIENCE_MS = 4000;
/** @param {"geolocation"|"camera"} name @param {string} use of the camera @returns {Promise<boolean>} */
export async function mayAsk(name, use = "") {
  if (await resting(name)) return false;
  const body = { purpose: name === "geolocation" ? "location" : `device:camera:${use}`, notice_hash: (await recall("notice_hash")) || "" };
  try {
    return (await request("POST", "/prompts", { body, timeout: PATIENCE_MS })).data.may_ask;
  } catch {
    return true; // no signal, or the notice has changed, which is put before the person by itself
  }
}
