/** The address book: down the tree of departments, or by name. Asked of the server; nothing of it stays on the phone. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { Button, Card, Empty, Row, Skeleton } from "#parts/basic";
import { Icon } from "#parts/icon";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";

const PAUSE_MS = 250;

/** @param {{department?: string}} props the department that is open; none: the top */
export function AddressBookPage({ department = "" }) {
  const [words, setWords] = useState("");
  const [found, setFound] = useState(null);
  const [act, busy, error] = useAct();
  const wait = useRef(0);
  const asked = useRef("");
  const load = (typed) => act(async () => {
    asked.current = typed;
    const query = typed ? `?q=${encodeURIComponent(typed)}` : department ? `?department=${department}` : "";
    const answer = await call("GET", `/colleagues${query}`);
    if (asked.current === typed) setFound(answer); // an earlier answer that comes late is not the one wanted
  });
  useEffect(() => void load(words.trim()), [department, language.value]);
  const type = (text) => {
    setWords(text);
    clearTimeout(wait.current);
    wait.current = setTimeout(() => void load(text.trim()), PAUSE_MS);
  };
  const here = found?.way[found.way.length - 1];
  return html`
    <${Page} title=${here?.name || gettext("Colleagues")} up=${upFrom(found, department)}>
      <label class="search"><${Icon} name="search" />
        <input type="search" value=${words} onInput=${(event) => type(event.target.value)}
          placeholder=${gettext("Name, position or number")} aria-label=${gettext("Find a colleague")} /></label>
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${() => load(words.trim())}>${gettext("Try again")}<//><//>`}
      ${!found && !error && html`<${Skeleton} lines=${6} />`}
      ${found && !error && html`<${Found} found=${found} words=${words} />`}
    <//>`;
}

function upFrom(found, department) {
  if (!department) return "/me";
  const above = found?.way[found.way.length - 2];
  return above ? `/colleagues/in/${above.id}` : "/colleagues";
}

function Found({ found, words }) {
  if (!found.departments.length && !found.people.length) {
    return html`<${Empty} icon="users" title=${words ? gettext("Nobody matches.") : gettext("Nobody here whom you may see")} />`;
  }
  return html`
    ${found.departments.length > 0 && html`<${Card} class="list">${found.departments.map(({ id, name }) => html`
      <${Row} key=${id} href=${`/colleagues/in/${id}`} icon="briefcase" title=${name} />`)}<//>`}
    ${found.people.length > 0 && html`<${Card} class="list">${found.people.map(({ id, name, position }) => html`
      <${Row} key=${id} href=${`/colleagues/${id}`} icon="user" title=${name} detail=${position} />`)}<//>`}
    ${found.more && html`<p class="quiet">${gettext("Type more to narrow the list.")}</p>`}`;
}
