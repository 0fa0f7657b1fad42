import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { time } from "#kit/format";
import { Pill } from "#parts/basic";
import { Icon } from "#parts/icon";
import { Verdict } from "#parts/verdict";

/** One store of the route. */
export const Stop = ({ stop: { customer, visit, state }, number, next }) => html`
  <li class=${`stop ${state} ${next ? "next" : ""}`}>
    <a class="card row" href=${visit ? `#/visits/${visit.id}` : `#/stores/${customer.id}`}>
      <span class="ordinal">${state === "done" ? html`<${Icon} name="check" />` : number}</span>
      <span class="row-text"><b>${customer.name}</b><small>${customer.address}</small>
        <span class="tags"><${State} state=${state} visit=${visit} next=${next} /></span></span>
      ${visit && html`<time>${time(visit.checked_in_at)}</time>`}
      <${Icon} name="chevron-right" class="go" />
    </a>
  </li>`;

function State({ state, visit, next }) {
  if (state === "open") return html`<${Pill} tone="info">${gettext("In progress")}<//>`;
  if (state === "missed") return html`<${Pill} tone="bad">${gettext("Missed")}<//>`;
  if (!visit) return next && html`<${Pill} tone="info">${gettext("Next")}<//>`;
  return html`
    ${visit.unproductive_reason ? html`<${Pill} tone="wait">${gettext("Unproductive")}<//>`
      : visit.verdict_in && html`<${Verdict} verdict=${visit.verdict_in} />`}
    ${visit.unsent && html`<${Pill} icon="cloud-upload">${gettext("To upload")}<//>`}`;
}

/** A visit on its own, in a list. */
export const VisitRow = ({ visit }) => html`
  <a class="card row" href="#/visits/${visit.id}">
    <span class="row-text"><b>${visit.customer?.name || gettext("A store that is no longer yours")}</b>
      <span class="tags">${visit.state === "open" && html`<${Pill} tone="info">${gettext("In progress")}<//>`}
        ${visit.verdict_in && html`<${Verdict} verdict=${visit.verdict_in} />`}
        ${visit.unsent && html`<${Pill} icon="cloud-upload">${gettext("To upload")}<//>`}</span></span>
    <time>${time(visit.checked_in_at)}</time>
    <${Icon} name="chevron-right" class="go" />
  </a>`;
