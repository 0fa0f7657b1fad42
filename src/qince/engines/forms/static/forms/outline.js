// The fields in order: chosen by a click, moved by dragging or by Alt and an arrow key, added from the palette.
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { isHolder, move, newField, page, step, walk } from "qince/forms/store";

const kindName = new Map(page.kinds);
const words = (field, language) => field.label?.[language] || Object.values(field.label || {})[0] || field.name;

export function Outline({ definition, chosen, choose, change, language, faulty }) {
  const [held, hold] = useState("");
  const [over, hover] = useState("");
  const drop = (event, id) => {
    event.preventDefault();
    const into = event.target.closest("[data-into]");
    change((made) => void move(made, held, id, into ? "into" : "before"));
    hold("");
    hover("");
  };
  const keyed = (event, id) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    change((made) => step(made, id, event.key === "ArrowUp"));
    requestAnimationFrame(() => document.querySelector(`[data-outline="${id}"]`)?.focus());
  };
  const rows = [...walk(definition.fields)];
  return html`
    <ol class="fd-outline" aria-label=${gettext("Fields")}>
      ${rows.map(({ field, depth }) => html`
        <li key=${field.id} class="depth-${depth}${field.id === held ? " is-held" : ""}${field.id === over ? " is-over" : ""}" draggable="true"
          onDragStart=${() => hold(field.id)} onDragEnd=${() => (hold(""), hover(""))}
          onDragOver=${(event) => (event.preventDefault(), hover(field.id))} onDrop=${(event) => drop(event, field.id)}>
          <button type="button" data-outline=${field.id} aria-pressed=${field.id === chosen} onClick=${() => choose(field.id)}
            onKeyDown=${(event) => keyed(event, field.id)} title=${gettext("Alt and arrow keys move it")}>
            <span>${words(field, language)}</span><small>${kindName.get(field.kind)}${field.required ? ` · ${gettext("required")}` : ""}</small>
            ${faulty.has(field.id) && html`<b class="fd-fault" aria-label=${gettext("Needs mending")}>!</b>`}
          </button>
          ${isHolder(field) && held && held !== field.id && html`<span class="fd-into" data-into>${gettext("Drop into it")}</span>`}
        </li>`)}
    </ol>`;
}

export function Palette({ definition, change, choose, chosen, language }) {
  const add = (kind, label) => {
    let id = "";
    change((made) => {
      const field = newField(made, kind, label);
      id = field.id;
      const at = [...walk(made.fields)].find(({ field: each }) => each.id === chosen);
      if (at && isHolder(at.field) && !(kind === "table" && at.field.kind === "table")) at.field.fields.push(field);
      else if (at) at.fields.splice(at.at + 1, 0, field);
      else made.fields.push(field);
    });
    choose(id);
  };
  return html`
    <div class="fd-palette" role="group" aria-label=${gettext("Add a field")}>
      ${page.kinds.map(([kind, label]) => html`<button key=${kind} type="button" class="btn btn-sm" onClick=${() => add(kind, label)}>${label}</button>`)}
    </div>`;
}
