/**
 * Work that has not reached the server yet. An act and its operation are written in one transaction, so whenever
 * the phone dies both exist or neither. Operations leave the table only when the server has answered for them.
 */
import { db } from "#kit/db";
import { hashOf } from "#kit/canonical";
import { uuid7 } from "#kit/ids";
import { stamp } from "#kit/clock";
import { wake } from "#kit/pulse";

/**
 * @typedef {"queued"|"waiting"|"conflict"|"rejected"} OperationState
 * @typedef {{id: string, type: string, hash: string, after: string[], base_version: number | null,
 *   occurred_at: string, payload: Held, subject: string, state: OperationState, code: string, message: string,
 *   result: Held | null, attempts: number, size: number}} Operation
 */

/**
 * Make an operation ready before the transaction begins: hashing waits, and a transaction must not.
 * @param {string} type @param {Held} payload
 * @param {{subject: string, after?: string[], occurredAt?: string, base?: number | null}} about `subject`: the visit or
 *   punch it belongs to; `base`, of an edit: the version the server told last, null while it knows none
 * @returns {Promise<Operation>}
 */
export async function operation(type, payload, { subject, after = [], occurredAt = stamp(), base }) {
  return {
    id: uuid7(), type, payload, subject, occurred_at: occurredAt, base_version: base ?? null,
    after: base === undefined ? after : [...new Set([...after, ...(await unsentOf(subject))])].slice(-50),
    hash: await hashOf(payload), size: JSON.stringify(payload).length,
    state: "queued", code: "", message: "", result: null, attempts: 0,
  };
}

/** An edit builds on what was done here to the same record before: this phone's branch. */
const unsentOf = async (subject) => (await db.operations.where("subject").equals(subject).toArray()).map(({ id }) => id).sort();

/**
 * Write the act and its operation, both or neither, and start sending.
 * @param {Operation} made @param {import("dexie").Table[]} tables what `write` touches @param {() => Promise<unknown>} write
 */
export async function commit(made, tables, write) {
  await db.transaction("rw", [db.operations, ...tables], async () => {
    await write();
    await db.operations.add(made);
  });
  wake();
  return made;
}

/** Send a refused operation once more, unchanged: for when its cause is gone. */
export async function retry(id) {
  await db.operations.update(id, { state: "queued", code: "", message: "" });
  wake();
}

/** @param {Operation | undefined} refused @returns {number | undefined} the version that another edit made meanwhile */
export const changedTo = (refused) => (refused?.code === "changed_meanwhile" ? refused.result?.version : undefined);

/** Send an edit once more though the record was changed meanwhile: the person has seen what is there now. */
export async function sendOver(id) {
  const base_version = changedTo(await db.operations.get(id)) ?? null;
  await db.operations.update(id, { base_version, state: "queued", code: "", message: "", result: null });
  wake();
}

/** Send the same content as a new operation: for when the old identifier is taken. */
export async function sendAsNew(id) {
  const old = await db.operations.get(id);
  const fresh = { ...old, id: uuid7(), state: "queued", code: "", message: "", result: null, attempts: 0 };
  await db.transaction("rw", db.operations, async () => {
    await db.operations.delete(id);
    await db.operations.add(fresh);
    await db.operations.filter((other) => other.after.includes(id)).modify((other) => {
      other.after = other.after.map((before) => (before === id ? fresh.id : before));
    });
  });
  wake();
}

/** @returns {Promise<Operation[]>} the operation and, in order, everything that builds on it */
export async function withDependents(id) {
  const all = await db.operations.orderBy("id").toArray();
  const chosen = new Set([id]);
  for (const each of all) if (each.after.some((before) => chosen.has(before))) chosen.add(each.id);
  return all.filter((each) => chosen.has(each.id));
}

const undoings = new Map();

/**
 * Say how an act is undone on the phone when its refused operation is given up.
 * @param {string} type @param {(operation: Operation) => Promise<unknown>} undo runs in the same transaction
 */
export const onDismissed = (type, undo) => void undoings.set(type, undo);

/** Give up an operation and everything that builds on it; the last built goes first. */
export async function dismiss(id) {
  const chosen = await withDependents(id);
  await db.transaction("rw", db.tables, async () => {
    for (const each of chosen.reverse()) {
      await db.operations.delete(each.id);
      await undoings.get(each.type)?.(each);
    }
  });
}
