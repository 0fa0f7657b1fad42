/** What a person does at a store. Each act is one transaction: the record on the phone and its operation. */
import { db } from "#kit/db";
import { commit, onDismissed, operation } from "#kit/outbox";
import { onAccepted } from "#kit/push";
import { uuid7 } from "#kit/ids";
import { dropPhotos } from "#kit/photos";

/** @typedef {import("#kit/evidence").Evidence} Evidence */

/** There is a visit going on already; `visit` is its id. */
export class VisitOpen extends Error {
  constructor(visit) {
    super("another visit is open");
    this.visit = visit;
  }
}

/**
 * @param {{customer: Held, planId: string | null, template: Held, evidence: Evidence, reason: string,
 *          verdict: string, distance_m: number | null}} arrival
 * @returns {Promise<string>} the new visit's id
 */
export async function checkIn({ customer, planId, template, evidence, reason, verdict, distance_m }) {
  const id = uuid7();
  const made = await operation("visits.check_in", {
    visit_id: id, customer_id: customer.id, planned_visit_id: planId, template_id: template.id, reason, evidence,
  }, { subject: id, occurredAt: evidence.device_time });
  const visit = {
    id, state: "open", customer, customer_id: customer.id, planned_visit_id: planId, template, steps: {},
    checked_in_at: evidence.device_time, verdict_in: verdict, distance_in_m: distance_m,
    manual_place: evidence.manual_place?.text || "", check_in_operation: made.id,
  };
  await commit(made, [db.fieldwork, db.drafts], async () => {
    const open = await db.fieldwork.where("state").equals("open").first();
    if (open) throw new VisitOpen(open.id);
    await db.fieldwork.add(visit);
    await db.drafts.delete(`check-in:${customer.id}`);
  });
  return id;
}

/**
 * @param {Held} visit @param {Held} step of its template
 * @param {{answer: unknown, photos: {sha256: string, size: number, taken_at: string, evidence: Evidence}[]}} done
 * @param {Evidence} evidence
 */
export async function recordStep(visit, step, { answer, photos }, evidence) {
  const before = visit.steps[step.id]?.operation;
  const made = await operation("visits.record_step", {
    visit_id: visit.id, step_id: step.id, answer, photos, evidence,
  }, { subject: visit.id, after: [visit.check_in_operation, before].filter(Boolean), occurredAt: evidence.device_time });
  await commit(made, [db.fieldwork, db.drafts, db.photos], async () => {
    await replaceRefused(made, before);
    await db.fieldwork.where("id").equals(visit.id).modify((row) => {
      row.steps[step.id] = { answer, photos, at: evidence.device_time, operation: made.id };
    });
    await db.photos.where("sha256").anyOf(photos.map(({ sha256 }) => sha256))
      .modify((photo) => void (photo.state = photo.state === "held" ? "ready" : photo.state));
    await db.drafts.delete(`step:${visit.id}:${step.id}`);
  });
}

/** An answer given anew takes the place of one the server refused; it need not be dismissed as well. */
async function replaceRefused(made, before) {
  const refused = before && (await db.operations.get(before));
  if (!refused || !["rejected", "conflict"].includes(refused.state)) return;
  made.after = made.after.filter((id) => id !== before);
  await db.operations.delete(before);
}

/** @param {Held} visit @param {{summary: string, unproductiveReason: string, evidence: Evidence, verdict: string}} leaving */
export async function checkOut(visit, { summary, unproductiveReason, evidence, verdict }) {
  const steps = Object.values(visit.steps).map((step) => step.operation);
  const made = await operation("visits.check_out", {
    visit_id: visit.id, summary, unproductive_reason: unproductiveReason, evidence,
  }, { subject: visit.id, after: [visit.check_in_operation, ...steps].slice(0, 50), occurredAt: evidence.device_time });
  await commit(made, [db.fieldwork, db.drafts], async () => {
    await db.fieldwork.update(visit.id, {
      state: "done", checked_out_at: evidence.device_time, summary, unproductive_reason: unproductiveReason,
      verdict_out: verdict, check_out_operation: made.id,
    });
    await db.drafts.delete(`check-out:${visit.id}`);
  });
}

/** Open a visit again whose check-out was refused, so that what was missing can be done. */
export async function reopen(visitId) {
  await db.transaction("rw", db.fieldwork, db.operations, async () => {
    const visit = await db.fieldwork.get(visitId);
    await db.operations.delete(visit.check_out_operation);
    await db.fieldwork.update(visitId, { state: "open", checked_out_at: null });
  });
}

onAccepted("visits.check_in", ({ subject }, { verdict, distance_m }) =>
  db.fieldwork.update(subject, { verdict_in: verdict, distance_in_m: distance_m }));
onAccepted("visits.check_out", ({ subject }, { verdict, duration_s }) =>
  db.fieldwork.update(subject, { verdict_out: verdict, duration_s }));

onDismissed("visits.check_in", async ({ subject }) => {
  await db.fieldwork.delete(subject);
  await dropPhotos(db.photos.where("visit_id").equals(subject));
});
onDismissed("visits.record_step", ({ id, subject, payload }) =>
  db.fieldwork.where("id").equals(subject).modify((visit) => {
    if (visit.steps[payload.step_id]?.operation === id) delete visit.steps[payload.step_id];
  }));
onDismissed("visits.check_out", ({ subject }) => db.fieldwork.update(subject, { state: "open", checked_out_at: null }));
