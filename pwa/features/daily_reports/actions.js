/** Reports on this phone: a draft kept at every change, sent, changed, read, commented on. */
import { db } from "#kit/db";
import { changedTo, commit, onDismissed, operation } from "#kit/outbox";
import { onAccepted } from "#kit/push";
import { uuid7 } from "#kit/ids";
import { stamp } from "#kit/clock";
import { evidence } from "#kit/evidence";
import { layOut } from "#features/forms/engine/layout";
import { begun } from "#features/forms/engine/validate";
import { prefill } from "#features/daily_reports/facts";

/**
 * A report being written. `filled` is what records said at `filled_at`; `edition` 0: not sent yet.
 * @typedef {{id: string, task_id: string, name: string, template: Held, task: Held, answers: Held, filled: Held,
 *   filled_at: number, filled_by: string, edition: number, at: number, state: "draft"|"sent", operation: string}} Work
 */

/** @param {Held} task @returns {Promise<string>} the draft's id, an earlier one of the same period if there is */
export async function begin(task) {
  const known = (await db.report_work.where("task_id").equals(task.id).toArray()).find(({ state }) => state === "draft");
  if (known) return known.id;
  const template = await db.report_templates.get(task.template);
  if (!template) return "";
  const { values, at, by } = await prefill(template, task);
  const id = uuid7();
  await db.report_work.add({
    id, task_id: task.id, name: task.name, template, task, answers: { ...begun(layOut(template.definition), stamp()), ...values },
    filled: values, filled_at: at, filled_by: by, edition: 0, at: Date.now(), state: "draft", operation: "",
  });
  return id;
}

/** Change what was sent, while there is time. @param {Held} report @param {Held} task */
export async function change(report, task) {
  const known = await db.report_work.get(report.id);
  if (known?.state === "draft") return report.id;
  const template = await db.report_templates.get(report.template);
  if (!template) return "";
  await db.report_work.put({
    id: report.id, task_id: task.id, name: report.name, template, task, answers: report.data, filled: {},
    filled_at: Date.parse(report.filled_until), filled_by: "server", edition: report.edition, at: Date.now(), state: "draft", operation: "",
  });
  return report.id;
}

/** Ask the records once more; what they say now replaces what they said, and nothing that a human wrote. */
export async function fillAgain(work) {
  const { values, at, by } = await prefill(work.template, work.task);
  const answers = { ...work.answers };
  for (const [id, value] of Object.entries(values)) {
    if (same(answers[id], work.filled[id]) || answers[id] === undefined || answers[id] === null) answers[id] = value;
  }
  await db.report_work.update(work.id, { answers, filled: values, filled_at: at, filled_by: by });
  return answers;
}

const bare = (value) => (Array.isArray(value)
  ? JSON.stringify(value.map((row) => Object.values({ ...row, _id: "" }).sort())) : String(value ?? ""));
export const same = (one, other) => bare(one) === bare(other);

export const keep = (id, answers) => db.report_work.update(id, { answers, at: Date.now() });

/** @param {Work} work @param {Held} data the answers, cleaned */
export async function send(work, data) {
  const proof = evidence(null);
  const shared = {
    daily_report_id: work.id, version: work.template.number, data, evidence: proof,
    filled_ms: Math.max(0, Date.now() - work.filled_at),
  };
  const made = await operation(work.edition ? "daily_reports.revise" : "daily_reports.send", work.edition
    ? shared
    : { ...shared, report_template_id: work.template.report_template_id, period_on: work.task.period_on },
  { subject: work.id, occurredAt: proof.device_time, after: await unsentActs(), base: work.edition || undefined });
  await commit(made, [db.report_work, db.photos, db.report_tasks], async () => {
    await db.report_work.update(work.id, { state: "sent", operation: made.id, answers: data, at: Date.now() });
    await db.photos.where("visit_id").equals(work.id).modify((photo) =>
      void (photo.state = photo.state === "held" ? "ready" : photo.state));
    if (!work.edition) await db.report_tasks.update(work.task_id, { sent_at: proof.device_time, report_id: work.id });
  });
}

/** The day's acts that wait here: the server must know them before it reckons what the records said. */
async function unsentActs() {
  const waiting = await db.operations.toArray();
  return waiting.filter(({ type, state }) => /^(visits|forms)\./.test(type) && ["queued", "waiting"].includes(state))
    .map(({ id }) => id).slice(-50);
}

export async function withdraw(report) {
  const made = await operation("daily_reports.withdraw", { daily_report_id: report.id }, { subject: report.id });
  await commit(made, [db.daily_reports], () => db.daily_reports.update(report.id, { withdrawing: true }));
}

/** Reading is told once for each edition. */
export async function markRead(report) {
  if (!report.is_unread) return;
  const made = await operation("daily_reports.read", { daily_report_id: report.id }, { subject: report.id });
  await commit(made, [db.daily_reports], () => db.daily_reports.update(report.id, { is_unread: false }));
}

/** @param {Held} report @param {string} text @param {string[]} mentions */
export async function comment(report, text, mentions, author) {
  const id = uuid7();
  const made = await operation("daily_reports.comment", { comment_id: id, daily_report_id: report.id, text, mentions }, { subject: report.id });
  await commit(made, [db.daily_reports], () => db.daily_reports.where("id").equals(report.id).modify((row) =>
    void row.comments.push({ id, author, author_id: "", text, at: made.occurred_at, is_own: true, is_taken_back: false, mentions: [], unsent: true })));
}

export async function takeBack(report, { id }) {
  const made = await operation("daily_reports.take_back", { comment_id: id }, { subject: report.id });
  await commit(made, [db.daily_reports], () => mend(report.id, id, (each) => ({ ...each, text: "", is_taken_back: true })));
}

const mend = (report, id, change) => db.daily_reports.where("id").equals(report).modify((row) =>
  void (row.comments = row.comments.flatMap((each) => (each.id === id ? change(each) || [] : [each]))));

/** A refused report becomes a draft again. */
export async function reopen(id) {
  const work = await db.report_work.get(id);
  await db.transaction("rw", db.report_work, db.operations, db.report_tasks, async () => {
    const edition = changedTo(await db.operations.get(work.operation)) ?? work.edition;
    await db.operations.delete(work.operation);
    await db.report_work.update(id, { state: "draft", operation: "", edition });
    if (!work.edition) await db.report_tasks.update(work.task_id, { sent_at: null, report_id: null });
  });
  return id;
}

const done = ({ subject }) => db.report_work.delete(subject);
onAccepted("daily_reports.send", done);
onAccepted("daily_reports.revise", done);
onAccepted("daily_reports.withdraw", ({ subject }) => db.daily_reports.delete(subject));
onAccepted("daily_reports.comment", ({ subject, payload }) => mend(subject, payload.comment_id, (each) => ({ ...each, unsent: false })));
const backToDraft = ({ subject }) => db.report_work.update(subject, { state: "draft", operation: "" });
onDismissed("daily_reports.send", async (made) => {
  const work = await db.report_work.get(made.subject);
  if (work) await db.report_tasks.update(work.task_id, { sent_at: null, report_id: null });
  await backToDraft(made);
});
onDismissed("daily_reports.revise", backToDraft);
onDismissed("daily_reports.withdraw", ({ subject }) => db.daily_reports.update(subject, { withdrawing: false }));
onDismissed("daily_reports.comment", ({ subject, payload }) => mend(subject, payload.comment_id, () => null));
