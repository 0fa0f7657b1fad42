/** The day: how far along, what is next, and the way to a store that is not on the route. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { day } from "#kit/clock";
import { longDay } from "#kit/format";
import { useLive } from "#kit/live";
import { go } from "#kit/router";
import { recall } from "#kit/db";
import { Button, Card, Empty, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { dayPlan } from "#features/visits/queries";
import { DueForms } from "#features/forms/due";
import { Stop, VisitRow } from "#features/today/stop";

export function TodayPage() {
  const today = day();
  const plan = useLive(() => dayPlan(today), [today]);
  const fetched = useLive(() => recall("pulled_at"), []);
  return html`
    <${Page} title=${gettext("Today")} subtitle=${longDay(new Date())}>
      ${!plan || (!fetched && !plan.stops.length) ? html`<${Skeleton} lines=${5} />` : html`<${DueForms} /><${Day} ...${plan} />`}
    <//>`;
}

const Day = ({ stops, others, open }) => html`
  ${stops.length > 0 && html`<${Progress} stops=${stops} />`}
  ${open && html`<${OpenVisit} visit=${open} />`}
  ${stops.length ? html`<${Route} stops=${stops} />` : html`<${NoRoute} />`}
  ${others.length > 0 && html`
    <h2 class="section">${gettext("Not on the route")}</h2>
    ${others.map((visit) => html`<${VisitRow} key=${visit.id} visit=${visit} />`)}`}
  ${stops.length > 0 && html`
    <${Button} class="wide dashed" icon="search" onClick=${() => go("/stores")}>${gettext("Visit another store")}<//>`}`;

function Progress({ stops }) {
  const done = stops.filter(({ state }) => state === "done").length;
  return html`
    <section class="hero">
      <div class="spread"><b>${gettext("Today's route")}</b>
        <span>${gettext("{done} of {all} stores", { done, all: stops.length })}</span></div>
      <progress max=${stops.length} value=${done} aria-label=${gettext("Today's route")}></progress>
      <small>${done === stops.length ? gettext("All done. Well travelled!")
        : gettext("{left} to go", { left: stops.length - done })}</small>
    </section>`;
}

const OpenVisit = ({ visit }) => html`
  <a class="card row current" href="#/visits/${visit.id}">
    <span class="pulse"></span>
    <span class="row-text"><small>${gettext("You are at")}</small><b>${visit.customer.name}</b></span>
    <span class="button primary">${gettext("Continue")}</span>
  </a>`;

function Route({ stops }) {
  const busy = stops.some(({ state }) => state === "open");
  const next = !busy && stops.find(({ state }) => state === "planned");
  return html`<ol class="route">
    ${stops.map((stop, index) => html`<${Stop} key=${stop.plan.id} stop=${stop} number=${index + 1} next=${stop === next} />`)}
  </ol>`;
}

const NoRoute = () => html`
  <${Card}><${Empty} icon="route" title=${gettext("No route for today")}>
    <p>${gettext("You can still visit any of your stores.")}</p>
    <${Button} kind="primary" icon="search" onClick=${() => go("/stores")}>${gettext("Find a store")}<//>
  <//><//>`;
