/**
 * Hearing at once that something changed. The message names a topic only; what is new is asked for, within one's own
 * rights. Without a socket (no signal, a proxy without one) each minute of the open app asks by itself.
 */
import { effect } from "@preact/signals";
import { call } from "#kit/api";
import { obstacle, session } from "#kit/session";

const SLOWEST = 60_000;
/** @type {Map<string, Set<() => void>>} */
const listeners = new Map();
let failures = 0;
let isOpening = false;
/** @type {WebSocket | null} */
let socket = null;
/** Topics as the server calls them, by our name for them. @type {Record<string, string[]>} */
let names = {};

/** @param {string} topic our name, such as "messages" @param {() => void} listener */
export function onChange(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(listener);
}

export function startSocket() {
  effect(() => void (session.value && !obstacle.value ? awake() : socket?.close())); // signed in, or out again
  document.addEventListener("visibilitychange", () => document.hidden || awake());
  addEventListener("online", awake);
  setInterval(() => document.hidden || isOpen() || awake(), SLOWEST);
}

const isOpen = () => socket?.readyState === WebSocket.OPEN;
const tellAll = () => listeners.forEach((each) => each.forEach((listener) => listener()));

function awake() {
  tellAll();
  void open();
}

async function open() {
  if (!session.value || obstacle.value || socket || isOpening) return;
  isOpening = true;
  try {
    const { url, port, topics } = await call("GET", "/live");
    names = topics;
    connect(url || `${location.protocol === "https:" ? "wss" : "ws"}://${location.hostname}:${port}/`);
  } catch {
    again();
  } finally {
    isOpening = false;
  }
}

function connect(address) {
  socket = new WebSocket(address);
  socket.addEventListener("open", () => socket?.send(JSON.stringify({ token: session.value?.token })));
  socket.addEventListener("message", ({ data }) => heard(data));
  socket.addEventListener("close", () => {
    socket = null;
    again();
  });
}

function heard(data) {
  failures = 0;
  const { topic } = JSON.parse(data);
  for (const [name, called] of Object.entries(names)) {
    if (called.includes(topic)) listeners.get(name)?.forEach((listener) => listener());
  }
}

function again() {
  const wait = Math.min(SLOWEST, 1000 * 2 ** failures++) * (0.7 + Math.random() * 0.6);
  setTimeout(() => void open(), wait);
}
