/** A store: where it is, whom to talk to, what happened here lately, and the way into a visit. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { day } from "#kit/clock";
import { shortDay } from "#kit/format";
import { useLive } from "#kit/live";
import { go } from "#kit/router";
import { Button, Card, Empty, Notice, Pill, Row } from "#parts/basic";
import { Icon } from "#parts/icon";
import { Page } from "#parts/page";
import { Verdict } from "#parts/verdict";
import { dayPlan, ownVisits } from "#features/visits/queries";

/** @returns {Promise<Held>} all the page shows; `plan` is today's planned visit that is not done yet */
async function storeAndVisits(id) {
  const [customer, { stops, open }, visits] = await Promise.all([db.customers.get(id), dayPlan(day()), ownVisits()]);
  const stop = stops.find((each) => each.customer.id === id && each.state === "planned");
  return { customer, open, plan: stop?.plan, visits: visits.filter((visit) => visit.customer_id === id).slice(0, 5) };
}

export function StorePage({ id }) {
  const data = useLive(() => storeAndVisits(id), [id]);
  if (!data) return html`<${Page} title="" up="/" />`;
  if (!data.customer) {
    return html`<${Page} title=${gettext("Store")} up="/">
      <${Empty} icon="building-store" title=${gettext("This store is no longer assigned to you.")} /><//>`;
  }
  return html`
    <${Page} title=${data.customer.name} up="/" foot=${html`<${Start} ...${data} />`}>
      <${Facts} customer=${data.customer} planned=${Boolean(data.plan)} />
      <h2 class="section">${gettext("My recent visits")}</h2>
      <${Recent} visits=${data.visits} />
    <//>`;
}

function Start({ customer, plan, open }) {
  if (open) {
    return html`<p class="why">${gettext("You are still at {store}. Check out there first.", { store: open.customer.name })}</p>
      <${Button} class="wide" kind="primary" onClick=${() => go(`/visits/${open.id}`)}>${gettext("Continue that visit")}<//>`;
  }
  return html`<${Button} class="wide" kind="primary" icon="login-2"
    onClick=${() => go(`/check-in/${customer.id}/${plan?.id || "-"}`)}>
    ${plan ? gettext("Start the planned visit") : gettext("Start an unplanned visit")}<//>`;
}

const Facts = ({ customer, planned }) => html`
  <${Card}>
    <span class="tags">${planned && html`<${Pill} tone="info" icon="route">${gettext("On today's route")}<//>`}
      ${[customer.code, customer.channel, customer.tier].filter(Boolean).map((text) => html`<${Pill} key=${text}>${text}<//>`)}</span>
    <${Row} icon="map-pin" title=${customer.address || gettext("No address")}
      detail=${gettext("Check-in within {radius} m", { radius: customer.radius_m })}>
      ${customer.lat != null && html`<a class="icon-button" aria-label=${gettext("Open in the map app")}
        href=${`geo:${customer.lat},${customer.lng}?q=${customer.lat},${customer.lng}`}><${Icon} name="route" /></a>`}<//>
    ${customer.contact_name && html`<${Row} icon="user" title=${customer.contact_name} detail=${customer.contact_phone}>
      ${customer.contact_phone && html`<a class="icon-button" aria-label=${gettext("Call")}
        href=${`tel:${customer.contact_phone}`}><${Icon} name="phone" /></a>`}<//>`}
    ${customer.lat == null && html`<${Notice}>${gettext("This store has no position yet; check-ins are marked as uncertain.")}<//>`}
  <//>`;

const Recent = ({ visits }) => (visits.length
  ? html`<${Card} class="list">${visits.map((visit) => html`
      <${Row} key=${visit.id} href=${`/visits/${visit.id}`} icon="clock" title=${shortDay(visit.checked_in_at)}
        detail=${visit.summary}><${Verdict} verdict=${visit.verdict_in} /><//>`)}<//>`
  : html`<p class="quiet">${gettext("No visit in the last two weeks.")}</p>`);
