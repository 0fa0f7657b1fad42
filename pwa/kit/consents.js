/** Acts of consent. Each takes effect on the phone at once and waits, like all work, for its way to the server. */
import { db, recall } from "#kit/db";
import { call, Refused } from "#kit/api";
import { uuid7 } from "#kit/ids";
import { stamp } from "#kit/clock";
import { wake } from "#kit/pulse";
import { keepSession, meetObstacle } from "#kit/session";

/**
 * @typedef {{id: string, purpose: string, act: "granted"|"declined"|"narrowed"|"withdrawn",
 *   circumstances: ""|"never"|"at_the_act"|"background", notice_hash: string, method: "button",
 *   occurred_at: string}} ConsentAct
 */

/**
 * @param {string} purpose @param {ConsentAct["act"]} act @param {string} noticeHash
 * @param {ConsentAct["circumstances"]} circumstances @returns {ConsentAct}
 */
export const consentAct = (purpose, act, noticeHash, circumstances = "") =>
  ({ id: uuid7(), purpose, act, circumstances, notice_hash: noticeHash, method: "button", occurred_at: stamp() });

/** @param {ConsentAct[]} acts one purpose each */
export async function decide(acts) {
  await db.transaction("rw", [db.consents, db.purposes], async () => {
    for (const act of acts) {
      await db.consents.put(act);
      const known = (await db.purposes.get(act.purpose)) || { id: act.purpose };
      await db.purposes.put({ ...known, state: act.act, circumstances: act.circumstances, at: act.occurred_at });
    }
  });
  wake();
}

/** Send what was decided, oldest first, before any other work: a withdrawal must not arrive after what it forbids. */
export async function pushConsents() {
  for (const act of await db.consents.orderBy("id").toArray()) {
    try {
      await call("POST", "/consents", act);
    } catch (error) {
      if (!(error instanceof Refused) || ![400, 404, 409, 422].includes(error.status)) throw error;
      await takeBack(act, error);
    }
    await db.consents.delete(act.id);
  }
}

/** The server will not record it, so it does not count here either; it is asked anew, on the notice now in force. */
async function takeBack({ purpose }, { code }) {
  await db.purposes.update(purpose, { state: "", circumstances: "" });
  if (purpose === LOCATION) await keepSession({ locationAsked: false });
  if (code === "notice_outdated") await meetObstacle("consent_required");
}

/** @returns {Promise<"never"|"at_the_act"|"background">} when the person lets the position be read */
export async function locationChoice() {
  const purpose = await db.purposes.get(LOCATION);
  return purpose && ["granted", "narrowed"].includes(purpose.state) ? purpose.circumstances || "at_the_act" : "never";
}

/** @param {string} purpose @returns {Promise<Held | null>} the purpose with where I stand on it; null when it is not known yet */
export async function standing(purpose) {
  const found = await db.purposes.get(purpose);
  return found ? { ...found, agreed: ["granted", "narrowed"].includes(found.state) } : null;
}

/** Agree to one purpose, by a button that says it. */
export const agree = async (purpose) => decide([consentAct(purpose, "granted", (await recall("notice_hash")) || "")]);

export const LOCATION = "location";
