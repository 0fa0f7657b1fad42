/** Colleagues found by typing part of the name, or offered (`among`); what was chosen is `[id, name]`. */
import { useRef, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { Button, Field } from "#parts/basic";

export function Colleagues({ label, most, value, onChange, among = [] }) {
  const [found, show] = useState([]);
  const wait = useRef(0);
  const search = (text) => {
    clearTimeout(wait.current);
    wait.current = setTimeout(async () => {
      const answer = text.trim() ? await call("GET", `/approvals/colleagues?q=${encodeURIComponent(text.trim())}`).catch(() => null) : null;
      show(answer?.people ?? []);
    }, 250);
  };
  const add = ([id, name]) => {
    show([]);
    onChange([...value.filter(([known]) => known !== id), [id, name]].slice(-most));
  };
  const listed = among.length ? among.filter(([id]) => !value.some(([known]) => known === id)) : found;
  return html`
    ${among.length ? html`<p class="quiet">${label}</p>` : html`<${Field} label=${label}>
      <input type="search" placeholder=${gettext("Type a name")} onInput=${(event) => search(event.target.value)} /><//>`}
    ${listed.map((each) => html`<${Button} key=${each[0]} class="wide" onClick=${() => add(each)}>${each[1]}${each[2] && ` · ${each[2]}`}<//>`)}
    ${value.map(([id, name]) => html`<${Button} key=${id} kind="primary" icon="x" onClick=${() => onChange(value.filter(([known]) => known !== id))}>${name}<//>`)}`;
}
