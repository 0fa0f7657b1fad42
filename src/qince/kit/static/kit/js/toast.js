// Notices in the corner. The server sends them with the page, or as an HX-Trigger named "toast"; undo is a POST.
import { csrfToken } from "qince/csrf";
import { element, icon, say } from "qince/strings";

const ICONS = { success: "circle-check", error: "alert-circle", warning: "alert-triangle", info: "info-circle" };
const STAYS = { success: 6000, info: 6000, warning: 10000, error: 0 };

const area = () => document.getElementById("q-toasts");

function undoForm(address) {
  const token = element("input", { type: "hidden", name: "csrfmiddlewaretoken", value: csrfToken() });
  return element("form", { method: "post", action: address }, token,
    element("button", { className: "q-toast-undo", type: "submit" }, say("undo")));
}

/** @param {string} text @param {{level?: "success"|"error"|"warning"|"info", undo?: string}} [options] */
export function toast(text, { level = "success", undo = "" } = {}) {
  const close = element("button", { className: "q-iconbutton", type: "button", "aria-label": say("close"), "data-toast-close": "" }, icon("x"));
  const made = element("div", { className: `q-toast is-${level}`, role: level === "error" ? "alert" : "status", "data-toast": "" },
    icon(ICONS[level]), element("span", { className: "q-toast-text" }, text), undo ? undoForm(undo) : null, close);
  area()?.append(made);
  expire(made, level);
}

function expire(shown, level) {
  const stay = STAYS[level] ?? 6000;
  if (!stay) return;
  const go = () => (shown.matches(":hover, :focus-within") ? setTimeout(go, 2000) : dismiss(shown));
  setTimeout(go, stay);
}

function dismiss(shown) {
  shown.classList.add("is-leaving");
  setTimeout(() => shown.remove(), 180);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-toast-close]")) dismiss(event.target.closest("[data-toast]"));
});
document.addEventListener("toast", (event) => toast(event.detail.text, event.detail));
document.addEventListener("htmx:error", () => toast(say("offline"), { level: "error" }));
document.addEventListener("htmx:response:error", (event) => {
  toast(say(event.detail.ctx?.response?.status === 403 ? "denied" : "failed"), { level: "error" });
});
for (const shown of document.querySelectorAll("[data-toast]")) {
  expire(shown, shown.className.match(/is-(\w+)/)?.[1]);
}
