/** The one door to the server. Every request says which protocol it speaks; every refusal is a typed error. */
import { signal } from "@preact/signals";
import { language, gettext } from "#kit/i18n";
import { clearPhone } from "#kit/erased";
import { meetObstacle, session } from "#kit/session";

const ROOT = "/api/phone/v1";
export const PROTOCOL = 1;
export const APP_VERSION = document.body.dataset.version;

/** Did the last request get any answer? `navigator.onLine` alone believes in a café's dead Wi-Fi. */
export const reachable = signal(navigator.onLine);

/** The server answered, and the answer is no. A repeat of the same will not help (but see `again`). */
export class Refused extends Error {
  constructor(status, body, retryAfter = 0) {
    super(body.message || gettext("The server could not do this ({status}).", { status }));
    this.status = status;
    this.code = body.code || `http_${status}`;
    this.fields = body.fields || {};
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /** Whether nothing was decided: the same request may succeed later. */
  get again() {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

/** No answer came: what was asked may or may not have happened. */
export class Unreachable extends Error {
  constructor() {
    super(gettext("No connection. Try again when there is signal."));
    this.code = "unreachable";
    this.again = true;
  }
}

/**
 * @param {string} method @param {string} path below the protocol's root
 * @param {{body?: unknown, bytes?: ArrayBuffer, headers?: Record<string, string>, timeout?: number}} [options]
 * @returns {Promise<{status: number, headers: Headers, data: any}>}
 */
export async function request(method, path, { body, bytes, headers = {}, timeout = 30_000 } = {}) {
  const answer = await exchange(method, path, bytes ?? (body && JSON.stringify(body)), {
    ...(body && { "Content-Type": "application/json" }), ...headers,
  }, timeout);
  const data = await content(answer);
  return answer.ok ? { status: answer.status, headers: answer.headers, data } : settled(answer, data);
}

/** @returns {Promise<never>} a refusal, after what it means for the whole app is noted */
async function settled(answer, data) {
  const refusal = new Refused(answer.status, data || {}, Number(answer.headers.get("Retry-After")) || 0);
  await noteObstacle(refusal);
  throw refusal;
}

/** Bytes to save, such as a package of one's own data: never kept by any cache. @returns {Promise<Blob>} */
export async function fetchFile(path, body) {
  const headers = { "Content-Type": "application/json" };
  const answer = await exchange("POST", path, JSON.stringify(body), headers, 600_000);
  if (!answer.ok) return settled(answer, await content(answer));
  try {
    return await answer.blob();
  } catch {
    throw new Unreachable();
  }
}

/** @returns {Promise<any>} only what the answer says */
export const call = async (method, path, body) => (await request(method, path, { body })).data;

async function exchange(method, path, body, headers, timeout) {
  try {
    const answer = await fetch(ROOT + path, {
      method, body, headers: { ...ours(), ...headers }, signal: AbortSignal.timeout(timeout),
      cache: "no-store", credentials: "omit",
    });
    reachable.value = true;
    return answer;
  } catch {
    reachable.value = false;
    throw new Unreachable();
  }
}

function ours() {
  const token = session.value?.token;
  return {
    "Qince-Protocol": String(PROTOCOL),
    "Qince-App": APP_VERSION,
    "Accept-Language": language.value === "en" ? "en" : "zh-Hans",
    ...(token && { Authorization: `Bearer ${token}` }),
  };
}

/** An answer cut off in the middle is no answer. */
async function content(answer) {
  if (answer.status === 204 || !/json/.test(answer.headers.get("Content-Type") || "")) return null;
  try {
    const text = await answer.text();
    return text ? JSON.parse(text) : null; // an answer to HEAD says it is JSON and is empty
  } catch {
    throw new Unreachable();
  }
}

/** Without these nothing works; any other purpose concerns one function, whose page says what helps. */
function isEntry(body) {
  const purpose = body?.purpose ?? body?.fields?.purpose;
  return !purpose || ["basic", "terms", "capacity"].includes(purpose);
}

async function noteObstacle({ status, code, body }) {
  if (status === 410 && code === "erased") return clearPhone(body);
  if (status === 426) await meetObstacle("update_required");
  else if (status === 403 && code === "consent_required" && isEntry(body)) await meetObstacle("consent_required");
  else if (status === 401 && session.value) await meetObstacle("signed_out");
}
