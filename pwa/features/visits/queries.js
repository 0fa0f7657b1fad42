/** Visits as one list, wherever a record is: only here so far, or already on the server. */
import { db } from "#kit/db";
import { day } from "#kit/clock";

/** @returns {Promise<Held[]>} own visits, newest first, each with `customer` and `unsent` */
export async function ownVisits() {
  const [sent, made, customers, unsent] = await Promise.all([
    db.visits.toArray(), db.fieldwork.toArray(), db.customers.toArray(), unsentSubjects(),
  ]);
  const known = new Map(customers.map((customer) => [customer.id, customer]));
  const rows = new Map(sent.map((visit) => [visit.id, { ...visit, customer: known.get(visit.customer_id) }]));
  for (const visit of made) rows.set(visit.id, { ...rows.get(visit.id), ...visit, local: true });
  return [...rows.values()].map((visit) => ({ ...visit, unsent: unsent.has(visit.id) }))
    .sort((a, b) => (Date.parse(b.checked_in_at) || 0) - (Date.parse(a.checked_in_at) || 0));
}

export async function unsentSubjects() {
  const [operations, photos] = await Promise.all([
    db.operations.toArray(), db.photos.where("state").anyOf("ready", "failed").toArray(),
  ]);
  return new Set([...operations.map(({ subject }) => subject), ...photos.map(({ visit_id }) => visit_id)]);
}

/** @returns {Promise<Held | undefined>} the visit going on, if any */
export const openVisit = () => db.fieldwork.where("state").equals("open").first();

/** @param {string} [on] YYYY-MM-DD @returns {Promise<{stops: Held[], others: Held[], open: Held | undefined}>} */
export async function dayPlan(on = day()) {
  const [plans, customers, visits] = await Promise.all([
    db.planned_visits.where("on").equals(on).sortBy("sequence"), db.customers.toArray(), ownVisits(),
  ]);
  const known = new Map(customers.map((customer) => [customer.id, customer]));
  const stops = plans.filter(({ customer_id }) => known.has(customer_id)).map((plan) => {
    const visit = visits.find(({ planned_visit_id }) => planned_visit_id === plan.id);
    return { plan, customer: known.get(plan.customer_id), visit, state: stopState(plan, visit) };
  });
  const others = visits.filter((visit) =>
    day(new Date(visit.checked_in_at)) === on && !plans.some(({ id }) => id === visit.planned_visit_id));
  return { stops, others, open: visits.find(({ state, local }) => state === "open" && local) };
}

/** @returns {"open"|"done"|"planned"|"missed"} */
function stopState({ status }, visit) {
  if (visit) return visit.state === "open" ? "open" : "done";
  return status === "planned" || !status ? "planned" : status === "missed" ? "missed" : "done";
}

/** Steps in their order, each with what was done. */
export const stepsOf = (visit) =>
  (visit.template?.steps || []).map((step) => ({ step, done: visit.steps[step.id] }));

/** Required steps not done yet. */
export const missing = (visit) => stepsOf(visit).filter(({ step, done }) => step.required && !done);
