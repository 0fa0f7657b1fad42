import { db, recall } from "#kit/db";

/** @returns {Promise<Held>} everything unsent, each operation with the name of what it is about */
export async function unsentWork() {
  const [operations, photos, consents, fieldwork, pulledAt] = await Promise.all([
    db.operations.orderBy("id").toArray(), db.photos.where("state").anyOf("ready", "failed").toArray(),
    db.consents.toArray(), db.fieldwork.toArray(), recall("pulled_at"),
  ]);
  const visits = new Map(fieldwork.map((visit) => [visit.id, visit]));
  const refused = new Set(operations.filter(({ state }) => isStuck(state)).map(({ id }) => id));
  return {
    consents, pulledAt,
    operations: operations.map((each) => ({
      ...each, visit: visits.get(each.subject), blocked: each.after.some((before) => refused.has(before)),
    })),
    photos: photos.map((photo) => ({ ...photo, visit: visits.get(photo.visit_id) })),
  };
}

export const isStuck = (state) => state === "rejected" || state === "conflict";
