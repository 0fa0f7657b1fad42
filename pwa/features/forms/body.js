/**
 * A form on screen: the questions that are visible now, each with its answer and what is wrong with it. The phone and
 * the designer's preview draw it with this same code; what a device does (camera, position, files) comes from `device`.
 */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { asText, rowAt, referred } from "#features/forms/engine/evaluate";
import { spoken } from "#features/forms/engine/layout";
import { isShown, newRow, spotAt, wantedRows } from "#features/forms/engine/validate";
import { Question } from "#features/forms/question";

/**
 * @typedef {{scene: import("#features/forms/engine/evaluate").Scene, answers: Held, change: (answers: Held) => void,
 *   problems: Map<string, string>, language: string, device: Held, now: string, newId: () => string,
 *   waived: Set<string>}} Filling
 */

/** @param {{filling: Filling}} props */
export const FormBody = ({ filling }) => html`
  <div class="form-body"><${Fields} filling=${filling} fields=${filling.scene.layout.definition.fields} rows=${[]} /></div>`;

const Fields = ({ filling, fields, rows }) => fields.map(({ id }) => html`<${Field} key=${id} filling=${filling} id=${id} rows=${rows} />`);

function Field({ filling, id, rows }) {
  const place = filling.scene.layout.places.get(id);
  if (!place || !isShown(filling.scene, place, rows)) return null;
  const { kind } = place.field;
  if (kind === "formula") return html`<${Worked} filling=${filling} field=${place.field} rows=${rows} />`;
  if (kind === "section") return html`<${Section} filling=${filling} place=${place} rows=${rows} />`;
  if (kind === "table") return html`<${Table} filling=${filling} place=${place} rows=${rows} />`;
  if (kind === "note") return html`<p class="form-note">${labelOf(filling, place.field, rows)}</p>`;
  return html`<${Question} filling=${filling} place=${place} rows=${rows} label=${labelOf(filling, place.field, rows)} />`;
}

/** What a formula comes to; one without a label works behind the scenes, as XLSForm's calculations do. */
function Worked({ filling, field, rows }) {
  const { languages } = filling.scene.layout.definition;
  if (!spoken(field.label, filling.language, languages[0])) return null;
  const value = asText(rowAt(filling.scene.answers, rows)?.[field.id] ?? "");
  return html`<p class="form-worked"><span>${labelOf(filling, field, rows)}</span><output>${value || "—"}</output></p>`;
}

/** The words of a label, with answers put in where it says `${name}`. */
export function labelOf({ scene, language }, field, rows, part = "label") {
  const own = scene.layout.definition.languages[0];
  const text = spoken(field[part], language, own) || (part === "label" ? field.name : "");
  return text.replace(/\$\{\s*([\w.-]+)\s*\}/g, (_whole, name) => asText(referred(name, scene, { rows })));
}

const Section = ({ filling, place, rows }) => html`
  <fieldset class="form-section"><legend>${labelOf(filling, place.field, rows)}</legend>
    <${Fields} filling=${filling} fields=${place.field.fields} rows=${rows} /></fieldset>`;

function Table({ filling, place, rows }) {
  const { field } = place;
  const given = rowAt(filling.answers, rows)?.[field.id] || [];
  const wanted = wantedRows(filling.scene, place, spotAt(filling.scene, place, rows));
  const problem = filling.problems.get([...rows.flat(), field.id].join("."));
  const add = () => edit(filling, (answers) =>
    void newRow(filling.scene.layout, answers, [...place.tables, field.id], rows, filling.newId(), filling.now));
  const remove = (number) => edit(filling, (answers) => void rowAt(answers, rows)[field.id].splice(number, 1));
  const most = field.maximum || 200;
  return html`
    <fieldset class="form-section"><legend>${labelOf(filling, field, rows)}</legend>
      ${given.map((row, number) => html`
        <section class="form-row" key=${row._id}>
          <header><b>${gettext("Row {n}", { n: number + 1 })}</b>
            ${(wanted === null || given.length > wanted) && html`<button type="button" class="form-remove"
              aria-label=${gettext("Remove row {n}", { n: number + 1 })} onClick=${() => remove(number)}>${gettext("Remove")}</button>`}
          </header>
          <${Fields} filling=${filling} fields=${field.fields} rows=${[...rows, [field.id, number]]} />
        </section>`)}
      ${problem && html`<em class="form-problem" role="alert">${problem}</em>`}
      ${(wanted === null ? given.length < most : given.length < wanted) && html`
        <button type="button" class="form-add" onClick=${add}>${wanted === null ? gettext("Add a row")
          : gettext("Add row {n} of {all}", { n: given.length + 1, all: wanted })}</button>`}
    </fieldset>`;
}

/** Change a copy of the answers. @param {Filling} filling @param {(answers: Held) => void} work */
export function edit(filling, work) {
  const answers = structuredClone(filling.answers);
  work(answers);
  filling.change(answers);
}
