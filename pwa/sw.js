/**
 * Keeps one release of the app on the phone so that it opens without signal. The server puts
 * `SHELL = {version, page, files, later}` in front of this file; a new release is a new version, fetched whole before
 * it is offered. The cache of the release before is kept, for tabs that still run it.
 */
/* global SHELL */
const PREFIX = "qince-";
const CURRENT = PREFIX + SHELL.version;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(settle()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === SHELL.page) event.respondWith(kept(SHELL.page));
  else if (/^\/(static|m)\//.test(url.pathname)) event.respondWith(kept(event.request));
});
self.addEventListener("message", ({ data }) => data === "take over" && self.skipWaiting());

/** All or nothing: a release with a missing file is not offered. */
async function fill() {
  const cache = await caches.open(CURRENT);
  await cache.addAll([SHELL.page, ...SHELL.files].map((url) => new Request(url, { cache: "no-cache" })));
}

async function settle() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CURRENT);
  await Promise.all(ours.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** From this release, else from the one before, else from the network. Looking never makes an empty cache. */
async function kept(request) {
  const how = { ignoreVary: true };
  return (await caches.match(request, { ...how, cacheName: CURRENT })) || (await caches.match(request, how)) || fetched(request);
}

/** What a release fetches only when it is first needed stays with it from then on. */
async function fetched(request) {
  const answer = await fetch(request);
  const isOurs = typeof request !== "string" && SHELL.later.includes(new URL(request.url).pathname);
  if (answer.ok && isOurs && (await caches.has(CURRENT))) await (await caches.open(CURRENT)).put(request, answer.clone());
  return answer;
}
