/** Finding a store among one's own: it works on what the phone holds. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, ngettext } from "#kit/i18n";
import { db } from "#kit/db";
import { useLive } from "#kit/live";
import { Card, Empty, Row, Skeleton } from "#parts/basic";
import { Icon } from "#parts/icon";
import { Page } from "#parts/page";

const SHOWN = 50;

export function StoresPage() {
  const [words, setWords] = useState("");
  const customers = useLive(() => db.customers.toArray(), []);
  const found = customers && matching(customers, words);
  return html`
    <${Page} title=${gettext("Stores")} up="/">
      <label class="search"><${Icon} name="search" />
        <input type="search" autofocus value=${words} onInput=${(event) => setWords(event.target.value)}
          placeholder=${gettext("Name, address or code")} aria-label=${gettext("Find a store")} /></label>
      ${!found ? html`<${Skeleton} lines=${6} />` : html`<${Found} found=${found} words=${words} />`}
    <//>`;
}

/** Every word must occur somewhere; names that begin with the words come first. */
function matching(customers, words) {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const text = ({ name, address, code }) => `${name} ${address} ${code}`.toLowerCase();
  const first = wanted[0] || "";
  const rank = ({ name }) => (name.toLowerCase().startsWith(first) ? 0 : 1);
  return customers.filter((customer) => wanted.every((word) => text(customer).includes(word)))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "zh"));
}

function Found({ found, words }) {
  if (!found.length) {
    return html`<${Empty} icon="building-store"
      title=${words ? gettext("No store matches.") : gettext("No stores on this phone yet")}>
      <p>${words ? gettext("Try fewer words.") : gettext("Your stores come when there is signal.")}</p><//>`;
  }
  return html`
    <p class="quiet">${ngettext("{n} store", "{n} stores", found.length)}</p>
    <${Card} class="list">${found.slice(0, SHOWN).map((customer) => html`
      <${Row} key=${customer.id} href=${`/stores/${customer.id}`} icon="building-store" title=${customer.name}
        detail=${[customer.code, customer.address].filter(Boolean).join(" · ")} />`)}<//>
    ${found.length > SHOWN && html`<p class="quiet">${gettext("Type more to narrow the list.")}</p>`}`;
}
