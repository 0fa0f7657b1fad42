/**
 * When to talk to the server: at once after an act, on signal, on return to the app, each minute while open, and
 * after a failure with growing pauses. Only one tab talks; the others wait their turn.
 */
import { recall } from "#kit/db";
import { call, reachable, Refused } from "#kit/api";
import { obstacle, session } from "#kit/session";
import { pushConsents } from "#kit/consents";
import { pushReports } from "#kit/permissions";
import { push } from "#kit/push";
import { pull } from "#kit/pull";
import { upload } from "#kit/uploads";
import { onWake } from "#kit/pulse";
import { trouble, working } from "#kit/standing";

const MINUTE = 60_000;
const LONGEST_PAUSE = 5 * MINUTE;
let failures = 0;
let again = false;
let fetchWanted = true;
let timer = 0;

/** Wait one second, two, four … at most five minutes, give or take a quarter, so that phones do not march in step. */
const pause = () => Math.min(LONGEST_PAUSE, 1000 * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);

export function startSync() {
  if (obstacle.value === "signed_out") void askWhy();
  onWake(() => void round());
  addEventListener("online", () => {
    reachable.value = true;
    syncNow();
  });
  addEventListener("offline", () => (reachable.value = false));
  document.addEventListener("visibilitychange", () => document.hidden || syncNow());
  setInterval(() => document.hidden || failures || syncNow(), MINUTE);
  syncNow();
}

/** Signed out some time ago: at each start the phone asks once whether the person was erased since. */
async function askWhy() {
  try {
    await call("GET", "/devices");
  } catch (error) {
    if (!error.code) throw error; // still signed out, or no signal: unsent work stays
  }
}

/** Send and fetch without waiting for a pause to end: a person asked, or the signal came back. */
export function syncNow() {
  failures = 0;
  fetchWanted = true;
  return round();
}

async function round() {
  again = true;
  if (working.value || !session.value || obstacle.value) return;
  clearTimeout(timer);
  working.value = true;
  try {
    while (again && !obstacle.value) {
      again = false;
      await navigator.locks.request("qince-sync", exchange);
    }
    failures = 0;
    trouble.value = "";
  } catch (error) {
    failed(error);
  } finally {
    working.value = false;
  }
}

async function exchange() {
  if (!(await recall("session"))) return;
  await pushConsents();
  await pushReports();
  if ((await push()) || fetchWanted) {
    await pull();
    fetchWanted = false;
  }
  await upload();
}

/** Anything unforeseen counts as a failure too: it is tried again, and said. */
function failed(error) {
  if (obstacle.value) return;
  failures += 1;
  const wait = error instanceof Refused && error.retryAfter ? error.retryAfter * 1000 : pause();
  trouble.value = error.code === "unreachable" ? "" : error.message;
  if (!error.code) console.warn("sync", error);
  timer = setTimeout(() => void round(), wait);
}
