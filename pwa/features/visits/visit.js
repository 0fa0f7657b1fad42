/** A visit going on, or as it was. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { go } from "#kit/router";
import { duration, metres, time } from "#kit/format";
import { useLive } from "#kit/live";
import { Button, Card, Empty, Pill, Row } from "#parts/basic";
import { Icon } from "#parts/icon";
import { Page } from "#parts/page";
import { Verdict } from "#parts/verdict";
import { missing, ownVisits, stepsOf } from "#features/visits/queries";
import { Thumbnail } from "#parts/stamped";
import { stepHint, stepIcon, unproductiveReasons } from "#features/visits/words";

export function VisitPage({ id }) {
  const visit = useLive(async () => (await ownVisits()).find((each) => each.id === id) || null, [id]);
  if (visit === undefined) return html`<${Page} title=${gettext("Visit")} up="/" />`;
  if (!visit) {
    return html`<${Page} title=${gettext("Visit")} up="/">
      <${Empty} icon="building-store" title=${gettext("This visit is no longer on the phone.")} /><//>`;
  }
  const open = visit.state === "open" && visit.local;
  return html`
    <${Page} title=${visit.customer?.name || gettext("Visit")} up="/" foot=${open && html`<${CheckOutFoot} visit=${visit} />`}>
      <${Arrival} visit=${visit} />
      ${visit.local && html`<h2 class="section">${gettext("Steps")}</h2><${Steps} visit=${visit} open=${open} />`}
      ${!open && html`<${Ending} visit=${visit} />`}
    <//>`;
}

const Arrival = ({ visit }) => html`
  <${Card}>
    <div class="spread"><span class="big-time"><small>${gettext("Checked in")}</small>${time(visit.checked_in_at)}</span>
      <span class="stack-end"><${Verdict} verdict=${visit.verdict_in} />
        <small>${visit.verdict_in === "manual" ? visit.manual_place : metres(visit.distance_in_m)}</small></span></div>
    ${visit.unsent && html`<p class="quiet"><${Icon} name="cloud-upload" /> ${gettext("Saved on this phone, to upload")}</p>`}
  <//>`;

const Steps = ({ visit, open }) => html`
  <ol class="steps">
    ${stepsOf(visit).map(({ step, done }, index) => html`
      <li key=${step.id} class=${done ? "done" : ""}>
        <a class="card row" href=${open ? `#/visits/${visit.id}/steps/${step.id}` : undefined}>
          <span class="ordinal">${done ? html`<${Icon} name="check" />` : index + 1}</span>
          <span class="row-text"><b>${step.title}</b><small>${stepHint(step, done)}</small></span>
          ${done?.photos.length ? html`<${Thumbnail} sha256=${done.photos[0].sha256} />`
            : html`<${Icon} name=${stepIcon(step.kind)} class="kind" />`}
        </a>
      </li>`)}
  </ol>`;

function CheckOutFoot({ visit }) {
  const left = missing(visit).length;
  return html`
    ${left > 0 && html`<p class="why">${gettext("Required steps left: {left}", { left })}</p>`}
    <${Button} kind="primary" class="wide" icon="logout-2" onClick=${() => go(`/visits/${visit.id}/check-out`)}>
      ${gettext("Check out")}<//>`;
}

function Ending({ visit }) {
  const reason = unproductiveReasons().find(([code]) => code === visit.unproductive_reason)?.[1];
  const seconds = (Date.parse(visit.checked_out_at) - Date.parse(visit.checked_in_at)) / 1000;
  return html`
    <h2 class="section">${gettext("Check-out")}</h2>
    <${Card}>
      ${visit.checked_out_at ? html`
        <div class="spread"><span class="big-time"><small>${gettext("Checked out")}</small>${time(visit.checked_out_at)}</span>
          <${Pill} icon="clock">${duration(seconds)}<//></div>`
        : html`<p class="quiet">${gettext("Not checked out yet")}</p>`}
      ${reason && html`<p><${Pill} tone="wait">${gettext("Unproductive")}<//> ${reason}</p>`}
      ${visit.summary && html`<p>${visit.summary}</p>`}
      ${!visit.local && html`<${Row} icon="photo" title=${gettext("Photos")} detail=${String(visit.photo_count ?? 0)} />`}
    <//>`;
}
