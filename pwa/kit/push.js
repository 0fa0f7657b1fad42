/** Sending: operations in batches, each answered on its own. An answer that never came means: send again. */
import { db } from "#kit/db";
import { call, Refused } from "#kit/api";
import { clocks } from "#kit/clock";

const BATCH = 100;
const BATCH_BYTES = 1_000_000;
const consequences = new Map();

/**
 * Say what an accepted operation changes on the phone; runs in the same transaction as leaving the outbox.
 * @param {string} type @param {(operation: import("#kit/outbox").Operation, result: Held) => Promise<unknown>} apply
 */
export const onAccepted = (type, apply) => void consequences.set(type, apply);

/** Send until nothing moves any more. @returns {Promise<boolean>} whether anything was accepted */
export async function push() {
  let moved = false;
  const seen = new Set();
  for (;;) {
    const batch = await nextBatch(seen);
    if (!batch.length) return moved;
    const results = await deliver(batch);
    await settle(results);
    batch.forEach(({ id }) => seen.add(id));
    const left = results.filter(({ state }) => state === "later").map(({ id }) => id);
    const accepted = results.some(({ state }) => state === "accepted");
    moved ||= accepted;
    if (left.length < batch.length) left.forEach((id) => seen.delete(id));
  }
}

/** Oldest first; what was already tried in this round waits for the next. */
async function nextBatch(seen) {
  const open = await db.operations.orderBy("id")
    .filter(({ id, state }) => !seen.has(id) && (state === "queued" || state === "waiting")).limit(BATCH).toArray();
  let size = 0;
  return open.filter((each, index) => (size += each.size + 500) < BATCH_BYTES || index === 0);
}

/**
 * A batch refused as a whole holds something the server cannot read: halve it until that one is found, so that a
 * single bad operation never holds back a day's work.
 */
async function deliver(batch) {
  try {
    return (await call("POST", "/push", { clock: clocks(), operations: batch.map(wire) })).results;
  } catch (error) {
    if (!(error instanceof Refused) || ![400, 413, 422].includes(error.status)) throw error;
    if (batch.length === 1) return [{ id: batch[0].id, state: "rejected", code: error.code, message: error.message }];
    const middle = batch.length >> 1;
    return [...(await deliver(batch.slice(0, middle))), ...(await deliver(batch.slice(middle)))];
  }
}

const wire = ({ id, type, hash, after, base_version, occurred_at, payload }) =>
  ({ id, type, hash, after, base_version, occurred_at, payload });

/** All answers of a batch are taken in at once: dying half-way leaves the outbox as it was. */
async function settle(results) {
  await db.transaction("rw", db.tables, async () => {
    for (const result of results) await settleOne(result);
  });
}

async function settleOne({ id, state, code = "", message = "", result = null }) {
  const operation = await db.operations.get(id);
  if (!operation || state === "later") return;
  if (code === "predecessor_rejected") state = "waiting"; // it goes by itself once the earlier one is mended
  if (state === "accepted") {
    await consequences.get(operation.type)?.(operation, result || {});
    await db.operations.delete(id);
  } else {
    await db.operations.update(id, { state, code, message, result, attempts: operation.attempts + 1 });
  }
}
