/** A question over the page, answered by a button: `await ask(…)` gives what was chosen. */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { html } from "#kit/html";
import { Button } from "#parts/basic";

const open = signal(null);

/**
 * @typedef {{title: string, text?: unknown, choices: [answer: string, label: string, kind?: string][]}} Question
 *
 * @param {Question} question
 * @returns {Promise<string>} the chosen answer, or "" when it was closed
 */
export const ask = (question) => new Promise((done) => (open.value = { ...question, done }));

const answer = (value) => {
  open.value?.done(value);
  open.value = null;
};

export function Dialogs() {
  const element = useRef(null);
  const question = open.value;
  useEffect(() => {
    if (question) element.current.showModal();
  }, [question]);
  if (!question) return null;
  return html`
    <dialog ref=${element} class="sheet" onCancel=${() => answer("")} aria-labelledby="question">
      <h2 id="question">${question.title}</h2>
      ${question.text && html`<p>${question.text}</p>`}
      <div class="sheet-choices">
        ${question.choices.map(([value, label, kind = "plain"]) => html`
          <${Button} key=${value} kind=${kind} onClick=${() => answer(value)}>${label}<//>`)}
      </div>
    </dialog>`;
}
