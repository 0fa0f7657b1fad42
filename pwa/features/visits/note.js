/** Words about the visit. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { wellFormed } from "#kit/canonical";
import { Card, Field } from "#parts/basic";

export const Note = ({ step, draft, change }) => html`
  <${Card}>
    <${Field} label=${step.title} hint=${gettext("Kept as you type.")}>
      <textarea rows="7" maxlength="2000" value=${draft.answer.text || ""}
        onInput=${(event) => change({ answer: { text: event.target.value } })}></textarea><//>
  <//>`;

/** @returns {{answer: {text: string}, photos: [], why: string}} */
export function noteAnswer(step, { answer }) {
  const text = wellFormed(answer.text || "").trim();
  return { answer: { text }, photos: [], why: text ? "" : gettext("Write something first") };
}
