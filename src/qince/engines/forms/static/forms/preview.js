// The phone in the page: the form drawn by the phone's own code, and filled in for a try. Nothing of it is sent.
import { useMemo, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { layOut } from "#features/forms/engine/layout";
import { begun } from "#features/forms/engine/validate";
import { FormBody } from "#features/forms/body";
import { problemsOf, sceneNow } from "#features/forms/filling";

const pad = (number) => String(Math.abs(number)).padStart(2, "0");
/** This moment as forms reckon with it. */
export function localNow() {
  const now = new Date();
  const offset = -now.getTimezoneOffset();
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${pad(Math.trunc(offset / 60))}:${pad(offset % 60)}`;
}

const StandIn = (words, example) => ({ answer, set }) => html`
  <div class="form-stand-in">${answer ? gettext("An example is filled in.") : words()}
    <button type="button" class="form-add" onClick=${() => set(answer ? null : example)}>${answer ? gettext("Empty it") : gettext("Fill in an example")}</button></div>`;
const file = { sha256: "0".repeat(64), size: 1, name: "example" };
const DEVICE = {
  photo: StandIn(() => gettext("On the phone: the camera"), [file]),
  file: StandIn(() => gettext("On the phone: choose a file"), [file]),
  signature: StandIn(() => gettext("On the phone: a field to sign in"), [file]),
  location: StandIn(() => gettext("On the phone: the position, or a place in words"), { lat: 32.04, lng: 118.78, accuracy_m: 10 }),
  barcode: ({ answer, set }) => html`<input type="text" value=${answer || ""} onInput=${(event) => set(event.target.value)} />`,
  person: StandIn(() => gettext("On the phone: choose a person"), "00000000-0000-4000-8000-000000000000"),
  customer: StandIn(() => gettext("On the phone: choose a customer"), "00000000-0000-4000-8000-000000000000"),
  product: StandIn(() => gettext("On the phone: choose a product"), "00000000-0000-4000-8000-000000000000"),
};

/** Faulty expressions must not break the page: the fault is told beside the field. */
function laidOut(definition) {
  try {
    const layout = layOut(definition);
    sceneNow(layout, {}, localNow(), "");
    return layout;
  } catch {
    return null;
  }
}

export function Preview({ definition, language }) {
  const layout = useMemo(() => laidOut(definition), [definition]);
  const now = useMemo(localNow, [definition]);
  const [answers, setAnswers] = useState(() => (layout ? begun(layout, now) : {}));
  const [checked, setChecked] = useState(false);
  if (!layout) return html`<div class="fd-phone"><div class="fd-screen"><p class="form-stand-in">${gettext("A formula or condition cannot be read; see the fault at its field.")}</p></div></div>`;
  const judged = safely(() => problemsOf(layout, answers, now, language)) || { problems: new Map(), answers: {} };
  const filling = {
    scene: sceneNow(layout, answers, now, language), answers, change: setAnswers, language, now, device: DEVICE,
    problems: checked ? judged.problems : new Map(), newId: () => crypto.randomUUID(), waived: new Set(),
  };
  return html`
    <div class="fd-phone"><div class="fd-screen">
      <header>${definition.title[language] || Object.values(definition.title)[0]}</header>
      ${definition.fields.length ? html`<${FormBody} filling=${filling} />` : html`<p class="form-stand-in">${gettext("Add the first question.")}</p>`}
      <footer>
        <button type="button" class="btn btn-primary" onClick=${() => setChecked(true)}>${gettext("Check")}</button>
        <button type="button" class="btn" onClick=${() => (setAnswers(begun(layout, localNow())), setChecked(false))}>${gettext("Begin anew")}</button>
        ${checked && html`<p role="status">${judged.problems.size ? gettext("{n} answers need mending.", { n: judged.problems.size }) : gettext("Everything fits.")}</p>`}
      </footer>
    </div></div>`;
}

function safely(work) {
  try {
    return work();
  } catch {
    return null;
  }
}
