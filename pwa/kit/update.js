/** New releases: the service worker fetches one in the background; the person chooses when to change over. */
import { signal } from "@preact/signals";
import { erased } from "#kit/erased";

/** A newer version lies ready on the phone. */
export const updateReady = signal(false);
/** @type {ServiceWorkerRegistration | null} */
let registration = null;

export async function startUpdates() {
  if (!navigator.serviceWorker || erased.value) return;
  const controlled = Boolean(navigator.serviceWorker.controller);
  registration = await navigator.serviceWorker.register("/m/sw.js", { updateViaCache: "none" });
  if (erased.value) return void registration.unregister(); // the person was erased while the worker was fetched
  registration.addEventListener("updatefound", () => follow(registration.installing));
  if (registration.waiting && controlled) updateReady.value = true;
  let reloading = !controlled; // the very first worker takes over silently
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (erased.value) return; // the page that says why the phone is empty stays
    if (reloading) return void (reloading = false);
    reloading = true;
    location.reload();
  });
  document.addEventListener("visibilitychange", () => document.hidden || lookForUpdate());
}

function follow(worker) {
  worker?.addEventListener("statechange", () => {
    if (worker.state === "installed" && navigator.serviceWorker.controller) updateReady.value = true;
  });
}

/** Ask the server whether there is a newer version; without signal the answer is simply no. */
export const lookForUpdate = () => registration?.update().catch(() => {});

/** Change over now: the waiting worker takes control and the page starts again. */
export async function applyUpdate() {
  await lookForUpdate();
  if (registration?.waiting) registration.waiting.postMessage("take over");
  else location.reload();
}
