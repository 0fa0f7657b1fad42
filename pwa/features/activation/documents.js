/** A legal text made readable: sections that open, sensitive lines marked, purposes at the top. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { Pill } from "#parts/basic";

export function Documents({ notice, kind }) {
  const shown = notice.documents.find((each) => each.kind === kind) || notice.documents[0];
  return html`
    <article class="legal" tabindex="0">
      <p class="quiet">${gettext("Version {version}, {date}", { version: notice.version, date: notice.released_on })}</p>
      ${shown.kind === "privacy" && html`<${Purposes} purposes=${notice.purposes} />`}
      ${shown.sections.map(({ anchor, title, paragraphs }) => html`
        <section key=${anchor}><h2>${title}</h2>
          ${paragraphs.map((each, i) => html`<${Paragraph} key=${i} ...${each} />`)}
        </section>`)}
    </article>`;
}

function Paragraph({ text, sensitive, style, rows }) {
  if (style === "table") return html`<${Table} caption=${text} rows=${rows} />`;
  if (style === "heading") return html`<h3>${text}</h3>`;
  return html`<p class=${style}>${sensitive ? html`<strong class="sensitive">${text}</strong>` : text}</p>`;
}

/** On a narrow screen each row is a small list: heading and value. */
const Table = ({ caption, rows: [head, ...rows] }) => html`
  <section class="legal-table" aria-label=${caption}><h3>${caption}</h3>
    ${rows.map(({ cells, sensitive }, i) => html`
      <dl key=${i} class=${sensitive ? "sensitive" : ""}>${cells.map((cell, at) => cell && html`
        <div key=${at}><dt>${head.cells[at]}</dt><dd>${cell}</dd></div>`)}</dl>`)}
  </section>`;

const Purposes = ({ purposes }) => html`
  <section><h2>${gettext("What your data is used for")}</h2>
    ${purposes.map(({ code, title, explanation, if_refused, kind }) => html`
      <div class="purpose" key=${code}><b>${title}</b> <${KindPill} kind=${kind} />
        <p>${explanation}</p>${if_refused && html`<p class="quiet">${gettext("If you refuse:")} ${if_refused}</p>`}</div>`)}
  </section>`;

export const KindPill = ({ kind }) => {
  if (kind === "sensitive") return html`<${Pill} tone="bad">${gettext("Sensitive")}<//>`;
  return html`<${Pill} tone=${kind === "basic" ? "info" : ""}>${kind === "basic" ? gettext("Necessary") : gettext("Your choice")}<//>`;
};
