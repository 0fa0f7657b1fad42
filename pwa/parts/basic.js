/** The small parts every page is made of. */
import { html } from "#kit/html";
import { Icon } from "#parts/icon";

/** @param {{icon?: string, kind?: "primary"|"plain"|"danger"|"quiet", busy?: boolean} & Held} props */
export const Button = ({ icon, kind = "plain", busy = false, children, class: extra = "", disabled, ...rest }) => html`
  <button type="button" class="button ${kind} ${extra}" disabled=${disabled || busy} aria-busy=${busy} ...${rest}>
    ${icon && html`<${Icon} name=${icon} />`}<span>${children}</span>
  </button>`;

export const Card = ({ children, class: extra = "" }) => html`<section class="card ${extra}">${children}</section>`;

/** A line that leads somewhere when `href` is given. */
export const Row = ({ href, icon, tone = "", title, detail, children, onClick }) => {
  const inside = html`
    ${icon && html`<span class="row-icon ${tone}"><${Icon} name=${icon} /></span>`}
    <span class="row-text"><b>${title}</b>${detail && html`<small>${detail}</small>`}</span>
    ${children}
    ${(href || onClick) && html`<${Icon} name="chevron-right" class="go" />`}`;
  if (href) return html`<a class="row" href="#${href}">${inside}</a>`;
  return onClick ? html`<button type="button" class="row" onClick=${onClick}>${inside}</button>`
    : html`<div class="row">${inside}</div>`;
};

/** Nothing here, and what to do about it. */
export const Empty = ({ icon, title, children }) => html`
  <div class="empty"><span class="empty-icon"><${Icon} name=${icon} /></span><h2>${title}</h2>${children}</div>`;

export const Pill = ({ tone = "", icon, children }) => html`
  <span class="pill ${tone}">${icon && html`<${Icon} name=${icon} />`}${children}</span>`;

/** Grey shapes where content will be. */
export const Skeleton = ({ lines = 3 }) => html`
  <div class="skeleton" aria-hidden="true">${Array.from({ length: lines }, (_, i) => html`<i key=${i} />`)}</div>`;

export const Notice = ({ tone = "info", icon = "info-circle", children }) => html`
  <div class="notice ${tone}"><${Icon} name=${icon} /><div>${children}</div></div>`;

/** One of a few, side by side. @param {{options: [string, string][], value: string, onChange: (v: string) => void, label?: string, class?: string}} props */
export const Choice = ({ options, value, onChange, label, class: extra = "" }) => html`
  <div class="choice ${extra}" role="radiogroup" aria-label=${label}>
    ${options.map(([id, text]) => html`
      <button key=${id} type="button" role="radio" aria-checked=${id === value} class=${id}
        onClick=${() => onChange(id)}>${text}</button>`)}
  </div>`;

export const Field = ({ label, hint, error, children }) => html`
  <label class="field"><span>${label}</span>${children}
    ${error ? html`<em role="alert">${error}</em>` : hint && html`<small>${hint}</small>`}</label>`;
