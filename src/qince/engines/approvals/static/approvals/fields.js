// Fields of the panel. Each takes `value` and calls `set` with the new one.
import { h } from "preact";
import { useEffect, useRef } from "preact/hooks";
import htm from "htm";
import { asked, combobox } from "qince/choose";

const html = htm.bind(h);

export function Text({ label, value, set, type = "text", ...more }) {
  const read = (event) => set(type === "number" ? (event.target.value === "" ? undefined : Number(event.target.value)) : event.target.value);
  return html`<label class="flow-field"><span>${label}</span><input class="form-control" type=${type} value=${value ?? ""} onInput=${read} ...${more} /></label>`;
}

export function Select({ label, value, set, options }) {
  return html`<label class="flow-field"><span>${label}</span><select class="form-select" value=${value} onChange=${(event) => set(event.target.value)}>
    ${options.map(([code, text]) => html`<option value=${code} selected=${code === value}>${text}</option>`)}
  </select></label>`;
}

export function Ticks({ label, value, set, options }) {
  const toggle = (code, on) => set(on ? [...value, code] : value.filter((each) => each !== code));
  return html`<fieldset class="flow-field"><legend>${label}</legend>${options.map(([code, text]) => html`<label class="form-check">
    <input class="form-check-input" type="checkbox" checked=${value.includes(code)} onChange=${(event) => toggle(code, event.target.checked)} /><span>${text}</span></label>`)}</fieldset>`;
}

/** People by typing: names found on the server, chosen ones as chips. */
export function People({ desk, label, value, set }) {
  const box = useRef(/** @type {HTMLInputElement | null} */ (null));
  const now = useRef({ value, set });
  now.current = { value, set };
  useEffect(() => combobox(box.current, {
    ask: (text, signal) => asked(desk.urls.people, text, now.current.value, signal),
    pick: ({ id, label: name }) => {
      desk.people[id] = name;
      if (!now.current.value.includes(id)) now.current.set([...now.current.value, id]);
    },
    drop: () => now.current.value.length && now.current.set(now.current.value.slice(0, -1)),
  }), []);
  return html`<div class="flow-field"><span>${label}</span>
    <div class="flow-chips">${value.map((id) => html`<span class="flow-chip">${desk.people[id] ?? "?"}<button type="button" aria-label=${desk.words.delete} onClick=${() => set(value.filter((each) => each !== id))}>×</button></span>`)}</div>
    <div><input ref=${box} class="form-control" type="text" autocomplete="off" placeholder=${desk.words.search} aria-label=${label} /></div>
  </div>`;
}
