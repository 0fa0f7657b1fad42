/** Forms on this phone: begun, kept at every change, sent. What was filled in stays until the server has answered for it. */
import { db } from "#kit/db";
import { changedTo, commit, onDismissed, operation } from "#kit/outbox";
import { onAccepted } from "#kit/push";
import { uuid7 } from "#kit/ids";
import { stamp } from "#kit/clock";
import { evidence } from "#kit/evidence";
import { layOut } from "#features/forms/engine/layout";
import { begun } from "#features/forms/engine/validate";

/**
 * A form being filled in, with the version it was begun on: that one it finishes on.
 * @typedef {{id: string, form_id: string, name: string, version: number, definition: Held, answers: Held, at: number,
 *   task: Held | null, edits: number, state: "draft"|"sent", operation: string, by_flow?: boolean, department?: string,
 *   is_attested?: boolean}} Work
 */

/** @param {Held} form @param {Held | null} task @returns {Promise<string>} the draft's id, an earlier one of the same task if there is */
export async function begin(form, task = null) {
  const same = ({ state, task: other }) => state === "draft" && (other?.id || "") === (task?.id || "");
  const known = (await db.form_work.where("form_id").equals(form.id).toArray()).find(same);
  if (known) return known.id;
  const id = uuid7();
  await db.form_work.add({
    id, form_id: form.id, name: form.name, version: form.version, definition: form.definition, task, edits: 0,
    answers: begun(layOut(form.definition), stamp()), at: Date.now(), state: "draft", operation: "",
    by_flow: Boolean(form.by_flow), department: "",
  });
  return id;
}

/** Change what was returned: its own answers on its own version. @param {Held} sent */
export async function change(sent) {
  if (await db.form_work.get(sent.id)) return sent.id;
  await db.form_work.add({
    id: sent.id, form_id: sent.form_id, name: sent.form_name, version: sent.form_version, definition: sent.definition,
    task: null, edits: sent.version, answers: sent.data, at: Date.now(), state: "draft", operation: "",
    by_flow: Boolean(sent.request_id), department: "", is_attested: Boolean(sent.is_attested),
  });
  return sent.id;
}

/** @param {string} id @param {Held} answers */
export const keep = (id, answers) => db.form_work.update(id, { answers, at: Date.now() });

/** For which of one's departments a flow decides. @param {string} id @param {string} department */
export const keepDepartment = (id, department) => db.form_work.update(id, { department });

/**
 * @param {Work} work @param {Held} data the answers, cleaned @param {string} department
 * @param {boolean} attested whether one affirmed to be allowed to give what it tells of others
 */
export async function send(work, data, department = "", attested = false) {
  const proof = evidence(null);
  const payload = work.edits
    ? { submission_id: work.id, data, evidence: proof, department_id: department || null, attested }
    : { submission_id: work.id, form_id: work.form_id, version: work.version, data, evidence: proof, department_id: department || null, attested,
        assignment_id: work.task?.assignment_id || null, period_on: work.task?.period_on || null };
  const made = await operation(work.edits ? "forms.edit_submission" : "forms.submit", payload, {
    subject: work.id, occurredAt: proof.device_time, base: work.edits || undefined,
  });
  await commit(made, [db.form_work, db.photos, db.form_tasks], async () => {
    await db.form_work.update(work.id, { state: "sent", operation: made.id, answers: data });
    await db.photos.where("visit_id").equals(work.id).modify((photo) =>
      void (photo.state = photo.state === "held" ? "ready" : photo.state));
    if (work.task) await db.form_tasks.update(work.task.id, { is_done: true });
  });
}

/** Make a refused form a draft again, to be mended and sent anew; one changed elsewhere meanwhile, on top of that. */
export async function takeBack(id) {
  await db.transaction("rw", db.form_work, db.operations, async () => {
    const work = await db.form_work.get(id);
    if (!work) return;
    const edits = changedTo(await db.operations.get(work.operation)) ?? work.edits;
    await db.operations.delete(work.operation);
    await db.form_work.update(id, { state: "draft", operation: "", edits });
  });
}

/** @param {string} id */
export async function discard(id) {
  await db.transaction("rw", db.form_work, db.photos, db.pictures, async () => {
    const held = db.photos.where("visit_id").equals(id).and(({ state }) => state === "held");
    const keys = await held.primaryKeys();
    await db.photos.bulkDelete(keys);
    await db.pictures.bulkDelete(keys);
    await db.form_work.delete(id);
  });
}

for (const type of ["forms.submit", "forms.edit_submission"]) {
  onAccepted(type, ({ subject }) => db.form_work.delete(subject));
  onDismissed(type, ({ subject }) => db.form_work.update(subject, { state: "draft", operation: "" }));
}
