/** Exchanging the shifts of a day with a colleague: asking, answering, taking back. All of it works without signal. */
import { db } from "#kit/db";
import { commit, onDismissed, operation } from "#kit/outbox";
import { onAccepted } from "#kit/push";
import { stamp } from "#kit/clock";
import { gettext } from "#kit/i18n";
import { uuid7 } from "#kit/ids";

/** @returns {Promise<Held[]>} those of one day, or all of them; what waits for me first, then the newest */
export async function ownSwaps(on) {
  const rows = (await db.attendance_swaps.toArray()).filter((row) => !on || row.on === on);
  return rows.sort((a, b) => Number(waitsForMe(b)) - Number(waitsForMe(a)) || Date.parse(b.asked_at) - Date.parse(a.asked_at));
}

export const waitsForMe = (row) => row.state === "pending" && !row.agreed && !row.is_mine;

/** A state with its tone; before the decision, whose word is missing. */
export const swapWords = (row) => {
  if (row.state === "pending") return [row.agreed ? gettext("Waits for a decision") : row.is_mine ? gettext("Waits for the colleague") : gettext("Waits for you"), "wait"];
  return {
    approved: [gettext("Exchanged"), "good"], rejected: [gettext("Rejected"), "bad"], withdrawn: [gettext("Withdrawn"), ""],
    lapsed: [gettext("Lapsed"), ""],
  }[row.state] || [row.state, ""];
};

/** @param {{on: string, gives: string, partner: {id: string, name: string, shift: string}, reason: string}} asked */
export async function askSwap({ on, gives, partner, reason }) {
  const id = uuid7();
  const made = await operation("attendance.ask_swap", { swap_id: id, on, partner_id: partner.id, reason }, { subject: id });
  await commit(made, [db.attendance_swaps], () => db.attendance_swaps.add({
    id, on, is_mine: true, with: partner.name, gives, takes: partner.shift, reason, state: "pending", agreed: false,
    answer: "", asked_at: stamp(),
  }));
}

/** @param {Held} row @param {boolean} agrees @param {string} answer */
export async function answerSwap(row, agrees, answer = "") {
  const made = await operation("attendance.answer_swap", { swap_id: row.id, agrees, answer }, { subject: row.id });
  await commit(made, [db.attendance_swaps], () => db.attendance_swaps.update(row.id, agrees ? { agreed: true } : { state: "rejected", answer }));
}

/** Builds on the asking, where that is still unsent. @param {Held} row */
export async function withdrawSwap(row) {
  const made = await operation("attendance.withdraw_swap", { swap_id: row.id }, { subject: row.id, base: null });
  await commit(made, [db.attendance_swaps], () => db.attendance_swaps.update(row.id, { state: "withdrawn" }));
}

const settled = ({ subject }, { state, agreed }) => db.attendance_swaps.update(subject, { state, agreed });
const reopened = ({ subject }) => db.attendance_swaps.update(subject, { state: "pending" });
for (const type of ["attendance.ask_swap", "attendance.answer_swap", "attendance.withdraw_swap"]) onAccepted(type, settled);
onDismissed("attendance.ask_swap", ({ subject }) => db.attendance_swaps.delete(subject));
onDismissed("attendance.answer_swap", ({ subject }) => db.attendance_swaps.update(subject, { state: "pending", agreed: false }));
onDismissed("attendance.withdraw_swap", reopened);
