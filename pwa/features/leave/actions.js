/** Asking for leave, taking it back, calling it off: each an act of this phone until the server has answered. */
import { db } from "#kit/db";
import { commit, onDismissed, operation } from "#kit/outbox";
import { onAccepted } from "#kit/push";
import { uuid7 } from "#kit/ids";

/** @param {{type: Held, segments: Held[], reason: string, byHand: boolean, qty: string, department: string | null}} wish */
export async function askForLeave({ type, segments, reason, byHand, qty, department }) {
  const id = uuid7();
  const made = await operation("leave.request", {
    leave_id: id, leave_type_id: type.id, segments, reason, paper_by_hand: byHand, department_id: department,
  }, { subject: id });
  await commit(made, [db.leave_requests, db.drafts], async () => {
    await db.leave_requests.add({
      id, leave_type_id: type.id, type_name: type.name, tone: type.tone, unit: type.unit, state: "unsent", segments, qty,
      first_on: segments[0].first, last_on: segments.at(-1).last, submitted_at: made.occurred_at, days: [], call_off: null,
    });
    await db.drafts.delete("leave");
  });
  return id;
}

/** A returned request, handed in again as it is now. */
export async function changeLeave({ id, revision, type, segments, reason, byHand, qty, department }) {
  const made = await operation("leave.change", {
    leave_id: id, leave_type_id: type.id, segments, reason, paper_by_hand: byHand, department_id: department,
  }, { subject: id, base: revision ?? null });
  await commit(made, [db.leave_requests, db.drafts], async () => {
    await db.leave_requests.update(id, { state: "unsent", segments, qty, first_on: segments[0].first, last_on: segments.at(-1).last, days: [] });
    await db.drafts.delete(`leave:${id}`);
  });
}

export async function withdrawLeave(row) {
  const made = await operation("leave.withdraw", { leave_id: row.id }, { subject: row.id });
  await commit(made, [db.leave_requests], () => db.leave_requests.update(row.id, { state: "unsent_withdrawal" }));
}

/** @param {Held[]} kept what remains; none, and all is called off */
export async function callOffLeave(row, kept, reason) {
  const made = await operation("leave.call_off", {
    call_off_id: uuid7(), leave_id: row.id, kept, reason,
  }, { subject: row.id });
  await commit(made, [db.leave_requests], () => db.leave_requests.update(row.id, { call_off: { state: "unsent", qty: "" } }));
}

/** A calling off that came back, handed in again. @param {Held} row @param {Held[]} kept @param {string} reason */
export async function changeCallOff(row, kept, reason) {
  const made = await operation("leave.change_call_off", { call_off_id: row.call_off.id, kept, reason },
    { subject: row.id, base: row.call_off.revision ?? null });
  await commit(made, [db.leave_requests], () => db.leave_requests.update(row.id, {
    call_off: { ...row.call_off, state: "unsent", qty: "", kept, reason },
  }));
}

onAccepted("leave.request", ({ subject }, { state, qty, version }) =>
  db.leave_requests.update(subject, { state, qty, revision: version }));
onAccepted("leave.change", ({ subject }, { state, qty, version }) =>
  db.leave_requests.update(subject, { state, qty, revision: version }));
onAccepted("leave.withdraw", ({ subject }, { state }) => db.leave_requests.update(subject, { state }));
onAccepted("leave.call_off", ({ subject }, { state, given_back, version }) =>
  db.leave_requests.update(subject, { call_off: { state, qty: given_back, revision: version } }));
onAccepted("leave.change_call_off", ({ subject }, { state, given_back, version }) => db.leave_requests.where("id").equals(subject)
  .modify((row) => void (row.call_off = { ...row.call_off, state, qty: given_back, revision: version })));
onDismissed("leave.change_call_off", ({ subject }) => db.leave_requests.where("id").equals(subject)
  .modify((row) => void (row.call_off = { ...row.call_off, state: "returned" })));
onDismissed("leave.request", ({ subject }) => db.leave_requests.delete(subject));
onDismissed("leave.change", ({ subject }) => db.leave_requests.update(subject, { state: "returned" }));
onDismissed("leave.withdraw", ({ subject }) => db.leave_requests.update(subject, { state: "pending" }));
onDismissed("leave.call_off", ({ subject }) => db.leave_requests.update(subject, { call_off: null }));
