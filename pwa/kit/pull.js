/** Fetching: what changed since the cursor. Data and cursor are saved together, or neither. */
import { COLLECTIONS, db, recall, remember } from "#kit/db";
import { call } from "#kit/api";

export async function pull() {
  const cursor = await recall("cursor");
  const answer = await call("GET", cursor ? `/pull?cursor=${encodeURIComponent(cursor)}` : "/pull");
  await db.transaction("rw", db.tables, async () => {
    const ours = await unsentSubjects();
    for (const name of COLLECTIONS) await take(db.table(name), answer.collections[name], answer.reset, ours);
    await remember("cursor", answer.cursor);
    await remember("pulled_at", Date.now());
    await restateConsents();
  });
}

/** A row made on this phone outlives a reset for as long as its operation is unsent. */
async function unsentSubjects() {
  return new Set((await db.operations.toArray()).map(({ subject }) => subject));
}

async function take(table, changes, reset, ours) {
  if (reset) await table.filter(({ id }) => !ours.has(id)).delete();
  if (!changes) return;
  await table.bulkPut(changes.upserts);
  await table.bulkDelete(changes.removed);
}

/** What the person has just decided counts, though the server may not know of it yet. */
async function restateConsents() {
  for (const { purpose, act, circumstances, occurred_at } of await db.consents.orderBy("id").toArray()) {
    await db.purposes.update(purpose, { state: act, circumstances, at: occurred_at });
  }
}
