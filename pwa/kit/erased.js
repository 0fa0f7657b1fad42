/**
 * The server says that the person was erased: the phone deletes everything it holds, and keeps no trace that they
 * were here. Signing out is another thing: there all unsent work stays.
 */
import { signal } from "@preact/signals";
import { db } from "#kit/db";
import { obstacle, session } from "#kit/session";

/** @type {import("@preact/signals").Signal<Held | null>} what the server told; the plain page shows it */
export const erased = signal(null);
const others = "BroadcastChannel" in globalThis ? new BroadcastChannel("qince-erased") : null;
others?.addEventListener("message", ({ data }) => void leave(data));

/** @param {Held} told the refusal as it came: message, erased_at, contact, notice */
export async function clearPhone(told) {
  if (erased.value) return;
  others?.postMessage(told);
  await leave(told);
}

/** First nothing reads or writes any more, then everything goes; each part by itself, so that none holds up another. */
async function leave(told) {
  erased.value = told;
  session.value = null;
  obstacle.value = "";
  await Promise.allSettled([dropDatabases(), dropCaches(), dropWorkers()]);
  localStorage.clear();
  sessionStorage.clear();
}

async function dropDatabases() {
  await db.delete(); // closes it for good: a late write fails instead of making it anew
  const left = (await indexedDB.databases?.()) || [];
  for (const { name } of left) indexedDB.deleteDatabase(name);
}

async function dropCaches() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

async function dropWorkers() {
  const found = (await navigator.serviceWorker?.getRegistrations()) || [];
  await Promise.all(found.map((each) => each.unregister()));
}
