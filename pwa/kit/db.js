/**
 * Everything the phone holds. Two sorts of tables: what the server sent (named as in the protocol, replaceable at
 * any time) and what was made here and may not exist anywhere else yet (operations, photos, drafts, fieldwork).
 */
import Dexie from "dexie";

// Strict: a promise of "saved" outlives a battery pulled the next moment, not only a killed app.
export const db = new Dexie("qince", { chromeTransactionDurability: "strict" });

db.version(1).stores({
  meta: "key",
  operations: "id, state, subject",
  consents: "id",
  photos: "sha256, visit_id, state",
  pictures: "sha256",
  drafts: "key",
  fieldwork: "id, state, customer_id, planned_visit_id",
  me: "id",
  settings: "id",
  purposes: "id",
  customers: "id",
  work_places: "id",
  planned_visits: "id, on, customer_id",
  visit_templates: "id",
  visits: "id, customer_id, planned_visit_id",
  punches: "id, punched_at",
});

db.version(2).stores({
  forms: "id",
  form_tasks: "id, form_id",
  form_submissions: "id, form_id",
  form_options: "id, kind",
  form_work: "id, form_id, state", // made here: forms being filled in, and those not answered for yet
});
db.version(3).stores({ leave_types: "id", leave_requests: "id, first_on" });

db.version(4).stores({ attendance_days: "id", attendance_requests: "id", attendance_months: "id" });

db.version(5).stores({
  report_templates: "id", report_tasks: "id", daily_reports: "id",
  report_work: "id, task_id, state", // made here: reports being written, and those not answered for yet
});

db.version(6).stores({ calendar_events: "id" });
db.version(7).stores({ attendance_swaps: "id, on" });

/** The tables a pull may write, by the protocol's collection names. */
export const COLLECTIONS = [
  "me", "settings", "purposes", "customers", "work_places", "planned_visits", "visit_templates", "visits", "punches",
  "forms", "form_tasks", "form_submissions", "form_options",
  "leave_types", "leave_requests",
  "attendance_days", "attendance_requests", "attendance_months", "attendance_swaps",
  "report_templates", "report_tasks", "daily_reports", "calendar_events",
];

/** @param {string} key @returns {Promise<any>} what was remembered under the key, or undefined */
export async function recall(key) {
  return (await db.meta.get(key))?.value;
}

/** @param {string} key @param {unknown} value undefined forgets */
export async function remember(key, value) {
  if (value === undefined) await db.meta.delete(key);
  else await db.meta.put({ key, value });
}

/** Empty the phone: after signing out. The language and the theme stay, being no one's secret. */
export async function forgetEverything() {
  await db.transaction("rw", db.tables, async () => {
    const kept = (await db.meta.bulkGet(["language", "theme", "device_id"])).filter(Boolean);
    await Promise.all(db.tables.map((table) => table.clear()));
    await db.meta.bulkPut(kept);
  });
}
