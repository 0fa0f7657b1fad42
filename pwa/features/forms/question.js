/** One question: label, hint, the widget of its kind, and what is wrong. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { offered, rowAt } from "#features/forms/engine/evaluate";
import { spoken } from "#features/forms/engine/layout";
import { spotAt } from "#features/forms/engine/validate";
import { holds } from "#features/forms/engine/evaluate";
import { edit, labelOf } from "#features/forms/body";

const FEW = 7;
const stamped = (local) => {
  const offset = -new Date(local).getTimezoneOffset();
  const pad = (number) => String(Math.abs(number)).padStart(2, "0");
  return `${local.length === 16 ? `${local}:00` : local}${offset < 0 ? "-" : "+"}${pad(Math.trunc(offset / 60))}:${pad(offset % 60)}`;
};

export function Question({ filling, place, rows, label }) {
  const { field } = place;
  const spot = spotAt(filling.scene, place, rows);
  const answer = field.read_only ? rowAt(filling.scene.answers, rows)[field.id] : rowAt(filling.answers, rows)?.[field.id];
  const set = (value) => edit(filling, (answers) => void (rowAt(answers, rows)[field.id] = value));
  const at = [...rows.flat(), field.id].join(".");
  const problem = filling.problems.get(at);
  const needed = field.required && !filling.waived.has(field.id) && isNeeded(field, filling, spot);
  const hint = labelOf(filling, field, rows, "hint");
  const sensitive = field.privacy?.is_sensitive;
  const Widget = filling.waived.has(field.id) ? Closed : WIDGETS[field.kind] || Text;
  const group = ["choice", "choices", "photo", "file", "signature", "location", "person", "customer", "product"].includes(field.kind);
  const inside = html`
    <span class="form-label">${label}${needed && html`<b class="form-needed" aria-hidden="true"> *</b>`}</span>
    ${hint && html`<small class="form-hint">${hint}</small>`}
    ${sensitive && html`<small class="form-sensitive">${gettext("Sensitive: {reason}", { reason: field.privacy.reason || "–" })}</small>`}
    <${Widget} field=${field} place=${place} filling=${filling} spot=${spot} answer=${answer} set=${set} needed=${Boolean(needed)}
      label=${label} id=${`q-${at}`} />
    ${problem && html`<em class="form-problem" role="alert">${problem}</em>`}`;
  return group ? html`<div class="form-question" role="group" aria-label=${label} data-field=${field.id}>${inside}</div>`
    : html`<label class="form-question" data-field=${field.id}>${inside}</label>`;
}

function isNeeded(field, { scene }, spot) {
  try {
    return holds(field.required, scene, spot);
  } catch {
    return true;
  }
}

const value = (event) => event.target.value;

const Text = ({ field, answer, set, needed }) => (field.appearance.includes("multiline")
  ? html`<textarea rows="4" maxlength="4000" required=${needed} readonly=${field.read_only} value=${answer ?? ""} onInput=${(event) => set(value(event))}></textarea>`
  : html`<input type="text" maxlength="4000" required=${needed} readonly=${field.read_only} value=${answer ?? ""} onInput=${(event) => set(value(event))} />`);

/** What is typed stays as typed; only what is a number counts as one. */
const Integer = ({ field, answer, set, needed }) => html`
  <input type="text" inputmode="numeric" required=${needed} readonly=${field.read_only} value=${answer ?? ""}
    onInput=${(event) => set(/^\s*-?\d{1,15}\s*$/.test(value(event)) ? Number(value(event)) : value(event))} />`;
const Decimal = ({ field, answer, set, needed }) => html`
  <input type="text" inputmode="decimal" required=${needed} readonly=${field.read_only} value=${answer ?? ""}
    onInput=${(event) => set(value(event).trim().replace(",", "."))} />`;
const Day = ({ field, answer, set, needed }) => html`<input type="date" required=${needed} readonly=${field.read_only} value=${answer ?? ""} onInput=${(event) => set(value(event))} />`;
const Time = ({ answer, set, needed }) => html`<input type="time" required=${needed} value=${answer ?? ""} onInput=${(event) => set(value(event))} />`;
const Moment = ({ answer, set, needed }) => html`
  <input type="datetime-local" required=${needed} value=${(answer ?? "").slice(0, 16)} onInput=${(event) => set(value(event) && stamped(value(event)))} />`;

function optionsOf({ place, filling, spot }) {
  const own = filling.scene.layout.definition.languages[0];
  return offered(place, filling.scene, spot).map((option) => [option.value, spoken(option.label, filling.language, own) || option.value]);
}

function One(props) {
  const { field, answer, set, id, label } = props;
  const options = optionsOf(props);
  if (options.length > FEW || field.appearance.includes("minimal")) {
    return html`<select aria-label=${label} onChange=${(event) => set(value(event) || null)}>
      <option value="" selected=${!answer}>${gettext("Choose")}</option>
      ${options.map(([code, words]) => html`<option key=${code} value=${code} selected=${code === answer}>${words}</option>`)}</select>`;
  }
  return html`<div class="form-options">${options.map(([code, words]) => html`
    <label key=${code}><input type="radio" name=${id} checked=${code === answer} onChange=${() => set(code)} /><span>${words}</span></label>`)}</div>`;
}

function Several(props) {
  const { answer, set } = props;
  const chosen = Array.isArray(answer) ? answer : [];
  const turn = (code) => set(chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code]);
  return html`<div class="form-options">${optionsOf(props).map(([code, words]) => html`
    <label key=${code}><input type="checkbox" checked=${chosen.includes(code)} onChange=${() => turn(code)} /><span>${words}</span></label>`)}</div>`;
}

/** A sensitive question for whoever has not agreed to such: it may stay empty. */
const Closed = () => html`<p class="form-stand-in">${gettext("You have not agreed to sensitive answers in forms, so this stays empty. You can agree under Me, Privacy.")}</p>`;

/** What only a device can do is done by whoever shows the form. */
const Device = (props) => html`<${props.filling.device[props.field.kind]} ...${props} />`;

const WIDGETS = {
  text: Text, integer: Integer, number: Decimal, date: Day, time: Time, datetime: Moment, choice: One, choices: Several,
  photo: Device, file: Device, signature: Device, location: Device, barcode: Device, person: Device, customer: Device,
  product: Device,
};
