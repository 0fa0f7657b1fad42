/** Colleagues found by typing part of the name; what was chosen is `[id, name]`. */
import { useRef, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { Button, Field } from "#parts/basic";

export function Colleagues({ label, most, value, onChange }) {
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
  return html`
    <${Field} label=${label}>
      <input type="search" placeholder=${gettext("Type a name")} onInput=${(event) => search(event.target.value)} /><//>
    ${found.map((each) => html`<${Button} key=${each[0]} class="wide" onClick=${() => add(each)}>${each[1]}${each[2] && ` · ${each[2]}`}<//>`)}
    ${value.map(([id, name]) => html`<${Button} key=${id} onClick=${() => onChange(value.filter(([known]) => known !== id))}>${name}<//>`)}`;
}
