/** Asking for corrections and overtime, answering for the month: all of it works without signal. */
import { db } from "#kit/db";
import { commit, onDismissed, operation } from "#kit/outbox";
import { onAccepted } from "#kit/push";
import { stamp } from "#kit/clock";
import { uuid7 } from "#kit/ids";

/** @param {{on: string, end: "on"|"off", slot: number, at: Date, reason: string, department?: string}} asked */
export async function askCorrection({ on, end, slot, at, reason, department = "" }) {
  const id = uuid7();
  const made = await operation("attendance.ask_correction", {
    correction_id: id, on, end, slot, at: at.toISOString(), reason, department_id: department || null,
  }, { subject: id });
  await commit(made, [db.attendance_requests], () => db.attendance_requests.add({
    id, kind: "correction", on, end, slot, starts_at: at.toISOString(), ends_at: null, reason, state: "pending",
    answer: "", asked_at: stamp(),
  }));
}

/** @param {{kind: "overtime"|"out"|"trip", from: Date, to: Date, reason: string, department?: string}} asked */
export async function askTime({ kind, from, to, reason, department = "" }) {
  const id = uuid7();
  const span = { starts_at: from.toISOString(), ends_at: to.toISOString() };
  const made = await operation("attendance.ask_time", {
    request_id: id, kind, reason, department_id: department || null, ...span,
  }, { subject: id });
  await commit(made, [db.attendance_requests], () => db.attendance_requests.add({
    id, kind, on: null, end: "", slot: 0, reason, state: "pending", answer: "", asked_at: stamp(), ...span,
  }));
}

/** A correction that came back, handed in again as it is now. @param {Held} row @param {{end: string, at: Date, reason: string, department?: string}} asked */
export async function changeCorrection(row, { end, at, reason, department = "" }) {
  const slot = end === row.end ? row.slot : 0;
  const made = await operation("attendance.change_correction", {
    correction_id: row.id, end, slot, at: at.toISOString(), reason, department_id: department || null,
  }, { subject: row.id, base: row.revision ?? null });
  await commit(made, [db.attendance_requests], () => db.attendance_requests.update(row.id, {
    end, slot, starts_at: at.toISOString(), reason, state: "pending", answer: "",
  }));
}

/** A request for time that came back. @param {Held} row @param {{from: Date, to: Date, reason: string, department?: string}} asked */
export async function changeTime(row, { from, to, reason, department = "" }) {
  const span = { starts_at: from.toISOString(), ends_at: to.toISOString() };
  const made = await operation("attendance.change_time", {
    request_id: row.id, reason, department_id: department || null, ...span,
  }, { subject: row.id, base: row.revision ?? null });
  await commit(made, [db.attendance_requests], () => db.attendance_requests.update(row.id, {
    reason, state: "pending", answer: "", ...span,
  }));
}

/** @param {Held} report @param {string} objection empty: the figures are right */
export async function answerMonth(report, objection = "") {
  const made = await operation("attendance.answer_month", {
    report_id: report.id, version: report.report_version, objection,
  }, { subject: report.id });
  const state = objection ? "disputed" : "confirmed";
  await commit(made, [db.attendance_months], () => db.attendance_months.update(report.id, { state, objection, before: report.state }));
}

for (const type of ["attendance.ask_correction", "attendance.ask_time"]) {
  onAccepted(type, ({ subject }, { state, version }) => db.attendance_requests.update(subject, { state, revision: version }));
  onDismissed(type, ({ subject }) => db.attendance_requests.delete(subject));
}
for (const type of ["attendance.change_correction", "attendance.change_time"]) {
  onAccepted(type, ({ subject }, { state, version }) => db.attendance_requests.update(subject, { state, revision: version }));
  onDismissed(type, ({ subject }) => db.attendance_requests.update(subject, { state: "returned" }));
}
onAccepted("attendance.answer_month", ({ subject }, result) => db.attendance_months.update(subject, { state: result.state }));
onDismissed("attendance.answer_month", async ({ subject }) => {
  const held = await db.attendance_months.get(subject);
  if (held?.before) await db.attendance_months.update(subject, { state: held.before });
});
