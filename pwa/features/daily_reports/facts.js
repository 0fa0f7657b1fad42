/**
 * What a report is filled in with: by the server while there is signal, else from what this phone holds itself. The
 * server reckons again when the report arrives, as of the same moment, and marks what a human changed.
 */
import { db } from "#kit/db";
import { call } from "#kit/api";
import { day } from "#kit/clock";
import { ownVisits } from "#features/visits/queries";

const within = ({ period_on, ends_on }) => (moment) => {
  const on = day(new Date(moment));
  return on >= period_on && on <= ends_on;
};

async function finishedVisits(task) {
  const isWithin = within(task);
  return (await ownVisits())
    .filter(({ state, checked_in_at }) => ["completed", "done"].includes(state) && isWithin(checked_in_at))
    .sort((a, b) => Date.parse(a.checked_in_at) - Date.parse(b.checked_in_at));
}

/** What this phone can tell by itself; the rest is left to the writer, or to the server. */
const TELLS = {
  visits_made: async (task) => (await finishedVisits(task)).length,
  customers_visited: async (task) => [...new Set((await finishedVisits(task)).map(({ customer_id }) => customer_id))],
  forms_filled: async (task) => {
    const isWithin = within(task);
    const [sent, work] = await Promise.all([db.form_submissions.toArray(), db.form_work.where("state").equals("sent").toArray()]);
    const made = new Map(sent.filter(({ status }) => status !== "rejected").map(({ id, filled_at }) => [id, filled_at]));
    for (const { id, at } of work) made.set(id, made.get(id) ?? new Date(at).toISOString());
    return [...made.values()].filter(isWithin).length;
  },
};

/** A fact as an answer, in the form in which answers are kept. */
export function answerOf(field, value) {
  if (field.kind === "table") {
    const column = field.fields.find(({ kind }) => kind === "customer");
    return column ? value.map((id) => ({ _id: id, [column.id]: id })) : [];
  }
  return field.kind === "integer" ? Number(value) : String(value);
}

async function ownPrefill({ definition, autofill }, task) {
  const fields = new Map(definition.fields.flatMap((field) => [field, ...(field.kind === "section" ? field.fields : [])])
    .map((field) => [field.id, field]));
  const values = {};
  for (const [id, code] of Object.entries(autofill)) {
    if (!TELLS[code] || !fields.has(id)) continue;
    const value = await TELLS[code](task);
    if (!Array.isArray(value) || value.length) values[id] = answerOf(fields.get(id), value);
  }
  return values;
}

/** @returns {Promise<{values: Held, at: number, by: "server"|"phone"}>} */
export async function prefill(template, task) {
  if (!Object.keys(template.autofill).length) return { values: {}, at: Date.now(), by: "phone" };
  const unsent = await db.operations.count();
  if (!unsent) { // with acts still here the server knows less than the phone
    try {
      const { values } = await call("POST", "/daily-reports/prefill", {
        report_template_id: template.report_template_id, period_on: task.period_on,
      });
      return { values, at: Date.now(), by: "server" };
    } catch (error) {
      if (error.code !== "unreachable") throw error;
    }
  }
  return { values: await ownPrefill(template, task), at: Date.now(), by: "phone" };
}
