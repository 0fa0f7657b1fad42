// Fields of the panel. Each takes `value` and calls `set` with the new one.
import { h } from "preact";
import { useRef, useState } from "preact/hooks";
import htm from "htm";

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
  const [found, show] = useState([]);
  const [typed, type] = useState("");
  const wait = useRef(0);
  const search = (text) => {
    type(text);
    clearTimeout(wait.current);
    wait.current = setTimeout(async () => {
      if (!text.trim()) return show([]);
      const answer = await fetch(`${desk.urls.people}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
      show(answer.ok ? (await answer.json()).people : []);
    }, 200);
  };
  const add = ([id, name]) => {
    desk.people[id] = name;
    type("");
    show([]);
    if (!value.includes(id)) set([...value, id]);
  };
  return html`<div class="flow-field"><span>${label}</span>
    <div class="flow-chips">${value.map((id) => html`<span class="flow-chip">${desk.people[id] ?? "?"}<button type="button" aria-label=${desk.words.delete} onClick=${() => set(value.filter((each) => each !== id))}>×</button></span>`)}</div>
    <input class="form-control" type="search" placeholder=${desk.words.search} aria-label=${desk.words.search} value=${typed} onInput=${(event) => search(event.target.value)} />
    ${found.length > 0 && html`<div class="flow-found" role="listbox">${found.map((each) => html`<button type="button" role="option" onClick=${() => add(each)}><strong>${each[1]}</strong><span>${each[2]}</span></button>`)}</div>`}
  </div>`;
}
