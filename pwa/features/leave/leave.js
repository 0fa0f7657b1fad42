/** My leave: what is left of each type, and what I asked for. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { shortDay } from "#kit/format";
import { go } from "#kit/router";
import { useLive } from "#kit/live";
import { Button, Card, Empty, Pill, Row, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { leaveTypes, ownLeave } from "#features/leave/queries";
import { amount, number, stateWords } from "#features/leave/words";

export function LeavePage() {
  const types = useLive(leaveTypes, []);
  const rows = useLive(ownLeave, []);
  return html`
    <${Page} title=${gettext("Leave")} up="/punch"
      foot=${html`<${Button} class="wide" kind="primary" icon="plus" onClick=${() => go("/leave/new")}>${gettext("Ask for leave")}<//>`}>
      ${!types || !rows ? html`<${Skeleton} lines=${5} />` : html`
        <${Balances} types=${types.filter(({ has_balance }) => has_balance)} />
        <h2 class="section">${gettext("My requests")}</h2>
        ${rows.length ? html`<${Card} class="list">${rows.map((row) => html`<${RequestRow} key=${row.id} row=${row} />`)}<//>`
          : html`<${Card}><${Empty} icon="calendar-event" title=${gettext("Nothing asked for yet")} /><//>`}`}
    <//>`;
}

const Balances = ({ types }) => types.length > 0 && html`
  <section class="balances" aria-label=${gettext("What is left")}>
    ${types.map((type) => html`
      <div key=${type.id} class="card balance">
        <small>${type.name}</small><b>${number(type.balance ?? 0)}</b>
        <small>${type.unit === "hour" ? gettext("hours") : gettext("days")}</small>
        ${type.lapses_on && Number(type.lapsing) > 0 && html`<em>${gettext("{qty} until {day}", {
          qty: number(type.lapsing), day: shortDay(type.lapses_on) })}</em>`}
      </div>`)}
  </section>`;

export const span = ({ first_on, last_on }) =>
  (first_on === last_on ? shortDay(first_on) : `${shortDay(first_on)} – ${shortDay(last_on)}`);

function RequestRow({ row }) {
  const [tone, text] = stateWords(row.state);
  return html`
    <${Row} href=${`/leave/${row.id}`} icon="calendar-event" title=${row.type_name}
      detail=${[span(row), row.qty && amount(row.qty, row.unit)].filter(Boolean).join(" · ")}>
      <${Pill} tone=${tone}>${text}<//><//>`;
}
