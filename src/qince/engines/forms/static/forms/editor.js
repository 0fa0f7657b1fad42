// One field: words in every language, rules, options, and what it is about.
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { find, page, walk } from "qince/forms/store";

const value = (event) => event.target.value;
const Line = ({ label, hint, children }) => html`<label class="fd-line"><span class="form-label">${label}</span>${children}${hint && html`<small class="form-hint">${hint}</small>`}</label>`;
const Words = ({ label, text = {}, language, set, area }) => html`
  <${Line} label=${`${label} (${language})`}>${area
    ? html`<textarea class="form-control" rows="2" value=${text[language] || ""} onInput=${(event) => set(said(text, language, value(event)))}></textarea>`
    : html`<input class="form-control" value=${text[language] || ""} onInput=${(event) => set(said(text, language, value(event)))} />`}<//>`;

function said(text, language, words) {
  const made = { ...text, [language]: words };
  if (!words) delete made[language];
  return made;
}

export function Editor({ definition, chosen, change, choose, language, problems }) {
  const found = find(definition, chosen);
  if (!found) return html`<${FormItself} definition=${definition} change=${change} language=${language} />`;
  const { field } = found;
  const set = (name, content) => change((made) => {
    const own = find(made, chosen).field;
    if (content === "" || content === undefined || content === false) delete own[name];
    else own[name] = content;
  });
  const silent = field.kind === "section" || field.kind === "note";
  const asks = !silent && field.kind !== "table" && field.kind !== "formula";
  const kind = page.kinds.find(([code]) => code === field.kind)?.[1];
  return html`
    <div class="fd-editor" data-editing=${field.id}>
      <header><strong>${kind}</strong><span class="q-hint">${field.id}</span></header>
      ${problems.map(({ message }) => html`<p class="fd-problem" role="alert">${message}</p>`)}
      <${Words} label=${gettext("Label")} text=${field.label} language=${language} area=${field.kind === "note"} set=${(text) => set("label", text)} />
      ${!silent && field.kind !== "table" && field.kind !== "formula" && html`<${Words} label=${gettext("Hint")} text=${field.hint} language=${language} set=${(text) => set("hint", text)} />`}
      <${Line} label=${gettext("Name in formulas")}><input class="form-control" value=${field.name} onChange=${(event) => rename(change, definition, chosen, value(event).trim())} /><//>
      ${asks && html`<label class="form-check"><input class="form-check-input" type="checkbox" checked=${Boolean(field.required)} onChange=${(event) => set("required", event.target.checked ? "true()" : "")} /> ${gettext("An answer is needed")}</label>`}
      ${asks && field.required && field.required !== "true()" && html`<${Rule} label=${gettext("Needed if")} name="required" field=${field} set=${set} />`}
      ${(field.kind === "choice" || field.kind === "choices") && html`<${Options} definition=${definition} field=${field} change=${change} language=${language} set=${set} />`}
      ${field.kind === "formula" && html`<${Rule} label=${gettext("Formula")} name="formula" field=${field} set=${set} hint="\${count} * \${price}" />`}
      ${field.kind === "table" && html`<${Rule} label=${gettext("Number of rows")} name="repeat_count" field=${field} set=${set} hint=${gettext("Empty: as many as wanted")} />`}
      <details open=${Boolean(field.visible_if || field.constraint || field.default || field.choice_filter)}><summary>${gettext("Rules")}</summary>
        <${Rule} label=${gettext("Shown if")} name="visible_if" field=${field} set=${set} hint="\${count} > 10" />
        ${asks && html`<${Rule} label=${gettext("Allowed if")} name="constraint" field=${field} set=${set} hint=". >= 0 and . <= 100" />
          <${Words} label=${gettext("What to say otherwise")} text=${field.constraint_message} language=${language} set=${(text) => set("constraint_message", text)} />
          <${Rule} label=${gettext("Filled in from the start")} name="default" field=${field} set=${set} hint="today()" />
          <label class="form-check"><input class="form-check-input" type="checkbox" checked=${Boolean(field.read_only)} onChange=${(event) => set("read_only", event.target.checked)} /> ${gettext("Cannot be changed")}</label>`}
      </details>
      ${!silent && field.kind !== "table" && html`<${Privacy} field=${field} set=${set} />`}
      <footer><button type="button" class="btn btn-sm" onClick=${() => copy(change, choose, chosen)}>${gettext("Copy")}</button>
        <button type="button" class="btn btn-sm text-red" onClick=${() => remove(change, choose, chosen)}>${gettext("Remove")}</button></footer>
    </div>`;
}

const Rule = ({ label, name, field, set, hint }) => html`
  <${Line} label=${label} hint=${hint}><input class="form-control fd-code" value=${field[name] || ""} onInput=${(event) => set(name, value(event).trim())} spellcheck="false" autocapitalize="off" /><//>`;

function FormItself({ definition, change, language }) {
  return html`
    <div class="fd-editor"><header><strong>${gettext("The form itself")}</strong></header>
      <${Words} label=${gettext("Title")} text=${definition.title} language=${language} set=${(text) => change((made) => void (made.title = text))} />
      <p class="q-hint">${gettext("Choose a field on the left to edit it, or add one.")}</p></div>`;
}

/** The name in every expression that speaks of it, too. */
function rename(change, definition, id, name) {
  if (!/^[A-Za-z_][A-Za-z0-9_.-]{0,59}$/.test(name)) return;
  const old = find(definition, id).field.name;
  const pattern = new RegExp(`\\$\\{\\s*${old.replace(/[.*+?^$()|[\]\\]/g, "\\$&")}\\s*\\}`, "g");
  change((made) => {
    find(made, id).field.name = name;
    for (const { field } of walk(made.fields)) {
      for (const key of ["required", "visible_if", "constraint", "default", "formula", "choice_filter", "repeat_count"]) {
        if (field[key]) field[key] = field[key].replace(pattern, `\${${name}}`);
      }
    }
  });
}

function remove(change, choose, id) {
  change((made) => {
    const { fields, at } = find(made, id);
    fields.splice(at, 1);
  });
  choose("");
}

function copy(change, choose, id) {
  const fresh = () => `f${[...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  let made = "";
  change((definition) => {
    const { field, fields, at } = find(definition, id);
    const twin = structuredClone(field);
    for (const { field: each } of walk([twin])) {
      each.id = fresh();
      each.name = `${each.name}_copy`.slice(0, 60);
    }
    made = twin.id;
    fields.splice(at + 1, 0, twin);
  });
  choose(made);
}

function Options({ definition, field, change, language, set }) {
  const options = definition.lists?.[field.choices] || [];
  const edit = (work) => change((made) => {
    const list = structuredClone(made.lists?.[field.choices] || []);
    work(list);
    made.lists = { ...made.lists, [field.choices]: list };
  });
  return html`
    <fieldset class="fd-options"><legend>${gettext("Options")}</legend>
      ${options.map((option, at) => html`
        <div key=${at}><input class="form-control" aria-label=${gettext("Words")} value=${option.label?.[language] || ""} onInput=${(event) => edit((list) => void (list[at].label = said(list[at].label, language, value(event))))} />
          <input class="form-control fd-code" aria-label=${gettext("Value")} value=${option.value} onChange=${(event) => value(event).trim() && edit((list) => void (list[at].value = value(event).trim().replace(/\s+/g, "_")))} />
          <button type="button" class="btn btn-sm btn-icon" aria-label=${gettext("Remove")} onClick=${() => edit((list) => void list.splice(at, 1))}>×</button></div>`)}
      <button type="button" class="btn btn-sm" onClick=${() => edit((list) => void list.push({ value: nextValue(list), label: {} }))}>${gettext("Add an option")}</button>
      <${Line} label=${gettext("Several at once: one in a line")}><textarea class="form-control" rows="2" onChange=${(event) => (pasted(edit, value(event), language), (event.target.value = ""))}></textarea><//>
      <${Rule} label=${gettext("Offer only those for which")} name="choice_filter" field=${field} set=${set} hint="province = \${province}" />
    </fieldset>`;
}

function nextValue(list) {
  let number = list.length + 1;
  while (list.some((each) => each.value === String(number))) number += 1;
  return String(number);
}

const pasted = (edit, text, language) => edit((list) => {
  for (const line of text.split("\n").map((each) => each.trim()).filter(Boolean)) list.push({ value: nextValue(list), label: { [language]: line } });
});

function Privacy({ field, set }) {
  const said_ = field.privacy || {};
  const always = field.kind === "location" || field.kind === "signature";
  const put = (part) => {
    const made = { ...said_, ...part };
    if (always) Object.assign(made, { is_personal: true, is_sensitive: true });
    if (made.is_personal === false) return set("privacy", { is_personal: false });
    if (made.is_sensitive) made.purpose = field.kind === "location" ? "location" : "form_sensitive";
    else if (made.purpose !== "basic") made.purpose = made.is_personal ? "basic" : "";
    return set("privacy", made);
  };
  return html`
    <fieldset class="fd-privacy"><legend>${gettext("What the answer is about")}</legend>
      <div class="fd-either" role="radiogroup" aria-label=${gettext("About a person?")}>
        <label><input type="radio" name="personal" checked=${said_.is_personal === false} disabled=${always} onChange=${() => put({ is_personal: false })} /> ${gettext("About no person")}</label>
        <label><input type="radio" name="personal" checked=${said_.is_personal === true} onChange=${() => put({ is_personal: true })} /> ${gettext("About a person")}</label>
      </div>
      ${said_.is_personal && html`
        <${Line} label=${gettext("Category")}><select class="form-select" onChange=${(event) => put({ category: value(event) })}><option value="" selected=${!said_.category}>${gettext("Choose")}</option>${page.categories.map(([code, label]) => html`<option key=${code} value=${code} selected=${code === said_.category}>${label}</option>`)}</select><//>
        <label class="form-check"><input class="form-check-input" type="checkbox" checked=${Boolean(said_.is_sensitive)} disabled=${always} onChange=${(event) => put({ is_sensitive: event.target.checked })} /> ${gettext("Sensitive: asked only of those who agree separately")}</label>
        <label class="form-check"><input class="form-check-input" type="checkbox" checked=${Boolean(said_.is_of_others)} onChange=${(event) => put({ is_of_others: event.target.checked })} /> ${gettext("About somebody else than who fills it in, who then affirms to be allowed to give it")}</label>
        <p class="q-hint">${gettext("Purpose: {purpose}", { purpose: page.purposes.find(([code]) => code === said_.purpose)?.[1] || "–" })}</p>
        ${said_.is_sensitive && html`<${Line} label=${gettext("Why it is needed; people read this")}><input class="form-control" value=${said_.reason || ""} onInput=${(event) => put({ reason: value(event) })} /><//>`}`}
    </fieldset>`;
}
