/** Items that pass, fail, or do not apply. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { Card, Choice } from "#parts/basic";

export const Checklist = ({ step, draft, change }) => html`
  ${step.items.map((item) => html`
    <${Card} key=${item.id} class="check-item">
      <b>${item.title}</b>
      <${Choice} label=${item.title} value=${draft.answer[item.id]} class="marks"
        options=${[["pass", gettext("Pass")], ["fail", gettext("Fail")], ["na", gettext("N/A")]]}
        onChange=${(mark) => change({ answer: { ...draft.answer, [item.id]: mark } })} />
    <//>`)}`;

/** @returns {{answer: Held, photos: [], why: string}} */
export function checklistAnswer(step, { answer }) {
  const left = step.items.filter(({ id }) => !answer[id]).length;
  return { answer, photos: [], why: left ? gettext("Items left: {left}", { left }) : "" };
}
