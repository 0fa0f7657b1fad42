/** A short word that something happened; it goes by itself. Success is felt as well. */
import { signal } from "@preact/signals";
import { html } from "#kit/html";
import { Icon } from "#parts/icon";

const STAY_MS = 2400;
const current = signal(null);
let timer = 0;

/** @param {string} text @param {"ok"|"error"} tone */
export function toast(text, tone = "ok") {
  current.value = { text, tone };
  navigator.vibrate?.(tone === "ok" ? 40 : [60, 60, 60]);
  clearTimeout(timer);
  timer = setTimeout(() => (current.value = null), STAY_MS);
}

export const Toasts = () => html`
  <div class="toasts" role="status" aria-live="polite">
    ${current.value && html`
      <div class="toast ${current.value.tone}">
        <${Icon} name=${current.value.tone === "ok" ? "check" : "alert-triangle"} />${current.value.text}
      </div>`}
  </div>`;
