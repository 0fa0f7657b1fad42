// The button that switches on push messages in this browser: the system's question, a subscription, our server.
import { csrfToken } from "qince/csrf";
import { say } from "qince/strings";
import { toast } from "qince/toast";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const part = (subscription, name) => subscription.toJSON().keys[name];

for (const card of document.querySelectorAll("[data-push]")) {
  const isPossible = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  card.querySelector("[data-push-on]")?.addEventListener("click", ({ currentTarget }) => run(card, currentTarget));
  if (!isPossible) card.dataset.push = "impossible";
}

async function run(card, button) {
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") return toast(say("push_denied"), { level: "warning" });
    const subscription = await subscribed(card.dataset);
    const answer = await sent(card.dataset, subscription);
    if (answer.ok) return location.reload();
    toast((await answer.json()).message || say("failed"), { level: "error" });
  } catch {
    toast(say("push_failed"), { level: "error" });
  } finally {
    button.disabled = false;
  }
}

/** A subscription made for another key of the server is of no use any more. */
async function subscribed({ worker, key }) {
  const registration = await navigator.serviceWorker.register(worker, { updateViaCache: "none" });
  await ready(registration);
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
}

const ready = (registration) => new Promise((done) => {
  const worker = registration.active || registration.waiting || registration.installing;
  if (worker.state === "activated") return done();
  worker.addEventListener("statechange", () => worker.state === "activated" && done());
});

const sent = ({ address, notice }, subscription) => fetch(address, {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
  body: JSON.stringify({
    endpoint: subscription.endpoint, p256dh: part(subscription, "p256dh"), auth: part(subscription, "auth"),
    notice_hash: notice,
  }),
});
