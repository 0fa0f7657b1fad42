/** What can be asked about my data, and who was told of it or looked at it. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { moment } from "#kit/format";
import { Card, Notice, Row } from "#parts/basic";
import { Loaded } from "#features/rights/loading";

const ICONS = { query: "eye", correct: "notes", supplement: "checklist", copy: "database", delete: "trash", cancel: "user-off", support: "phone" };

/** What one does oneself, without asking anybody. */
const PAGES = { copy: "/me/rights/copies" };

export const DataPage = () => html`
  <${Loaded} title=${gettext("My data")} show=${({ kinds }) => html`
    <${Notice}>${gettext("Each request gets a number and is answered within fifteen days. Being signed in is the proof of who you are.")}<//>
    <${Card} class="list">${kinds.map(([code, words]) => html`
      <${Row} key=${code} href=${PAGES[code] || `/me/rights/new/${code}`} icon=${ICONS[code] || "notes"} title=${words} />`)}<//>
    <${Card} class="list"><${Row} href="/me/records" icon="eye" title=${gettext("What my manager sees")} /><//>`} />`;

export const ToldPage = () => html`
  <${Loaded} title=${gettext("Who was told, and who looked")} show=${({ disclosures, onlookers }) => html`
    <h2 class="section">${gettext("Given to others")}</h2><${Lines} lines=${disclosures} />
    <h2 class="section">${gettext("Who looked at my data")}</h2><${Lines} lines=${onlookers} />`} />`;

const Lines = ({ lines }) => (lines.length ? html`<${Card} class="list">${lines.map((line, at) => html`
  <${Row} key=${at} icon="eye" title=${line.who} detail=${[moment(line.at), line.what, line.why].filter(Boolean).join(" · ")} />`)}<//>`
  : html`<${Notice}>${gettext("Nothing is recorded.")}<//>`);
