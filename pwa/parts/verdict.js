/** A verdict in a word and a colour. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { Pill } from "#parts/basic";

/** @param {string} verdict @returns {[tone: string, icon: string, text: string]} */
export function verdictWords(verdict) {
  return {
    inside: ["good", "check", gettext("Inside")],
    outside: ["bad", "alert-triangle", gettext("Outside")],
    uncertain: ["wait", "info-circle", gettext("Uncertain")],
    unusable: ["wait", "current-location-off", gettext("Too vague")],
    manual: ["", "map-pin", gettext("Manual place")],
  }[verdict] || ["", "map-pin", verdict || ""];
}

export const Verdict = ({ verdict }) => {
  const [tone, icon, text] = verdictWords(verdict);
  return html`<${Pill} tone=${tone} icon=${icon}>${text}<//>`;
};
