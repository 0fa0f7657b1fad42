/** My agenda: a week to choose the day from, and that day, or the week as a list. It opens without signal. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { day } from "#kit/clock";
import { longDay, shortDay } from "#kit/format";
import { go } from "#kit/router";
import { recall } from "#kit/db";
import { useLive } from "#kit/live";
import { Button, Card, Choice, Empty, Pill, Row, Skeleton } from "#parts/basic";
import { Icon } from "#parts/icon";
import { Page } from "#parts/page";
import { agendaOf, fetchLayers, invitations } from "#features/calendar/queries";
import { dayAfter, mondayOf } from "#features/calendar/walls";
import { hours } from "#features/calendar/words";

const week = (on) => Array.from({ length: 7 }, (_, step) => dayAfter(mondayOf(on), step));

export function CalendarPage() {
  const [on, setOn] = useState(day());
  const [view, setView] = useState("day");
  const [hidden, setHidden] = useState(new Set());
  useEffect(() => void fetchLayers(), []);
  const days = useLive(() => agendaOf(week(on), hidden), [on, [...hidden].join()]);
  const asked = useLive(invitations, []) || [];
  const titles = useLive(async () => (await recall("calendar_layers"))?.titles || {}, []) || {};
  const toggle = (code) => setHidden((before) => {
    const after = new Set(before);
    if (!after.delete(code)) after.add(code);
    return after;
  });
  return html`
    <${Page} title=${gettext("Calendar")} subtitle=${longDay(`${on}T12:00:00`)} up="/me"
      foot=${html`<${Button} class="wide" kind="primary" icon="plus" onClick=${() => go(`/calendar/new/${on}`)}>${gettext("New event")}<//>`}>
      ${asked.length > 0 && html`<h2 class="section">${gettext("Invitations")}</h2><${Card} class="list">
        ${asked.map((event) => html`<${Row} key=${event.id} href=${link({ event, occurrence: event.occurrences[0] })} icon="mail" title=${event.title}
          detail=${[event.owner, shortDay(event.occurrences[0].starts)].join(" · ")}><${Pill} tone="wait">${gettext("Answer")}<//><//>`)}<//>`}
      <${Week} days=${days || []} on=${on} choose=${setOn} />
      <${Choice} label=${gettext("View")} value=${view} onChange=${setView} options=${[["day", gettext("One day")], ["week", gettext("Whole week")]]} />
      <${Layers} titles=${titles} hidden=${hidden} toggle=${toggle} />
      ${!days ? html`<${Skeleton} lines=${4} />` : days.filter((each) => (view === "week" ? each.entries.length || each.mark : each.on === on))
        .map((each) => html`<${Day} key=${each.on} day=${each} named=${view === "week"} />`)}
    <//>`;
}

const Week = ({ days, on, choose }) => html`
  <div class="week-strip" role="group" aria-label=${gettext("Week")}>
    <button type="button" class="turn" aria-label=${gettext("The week before")} onClick=${() => choose(dayAfter(on, -7))}><${Icon} name="chevron-left" /></button>
    ${days.map(({ on: each, mark, entries }) => html`
      <button key=${each} type="button" class=${`date ${each === day() ? "now" : ""}`} aria-pressed=${each === on} aria-label=${shortDay(`${each}T12:00:00`)} onClick=${() => choose(each)}>
        <small>${weekday(each)}</small><b>${Number(each.slice(8))}</b>
        <i class=${mark ? `mark ${mark.kind}` : entries.some(({ layer }) => layer === "events") ? "dot" : ""}>${mark ? markWord(mark) : ""}</i>
      </button>`)}
    <button type="button" class="turn" aria-label=${gettext("The week after")} onClick=${() => choose(dayAfter(on, 7))}><${Icon} name="chevron-right" /></button>
  </div>`;

const weekday = (on) => shortDay(`${on}T12:00:00`).replace(/^.*周|[\s,]*\d.*$/g, "");
const markWord = ({ kind }) => (kind === "rest" ? gettext("off") : gettext("work"));

const Layers = ({ titles, hidden, toggle }) => html`
  <div class="layers">${[["events", gettext("Events")], ...Object.entries(titles)].map(([code, title]) => html`
    <button key=${code} type="button" class="pill" aria-pressed=${!hidden.has(code)} onClick=${() => toggle(code)}>${title}</button>`)}</div>`;

function Day({ day: { on, mark, entries }, named }) {
  return html`
    ${(named || mark) && html`<h2 class="section">${named && shortDay(`${on}T12:00:00`)} ${mark && html`<${Pill} tone=${mark.kind === "rest" ? "good" : "bad"}>${mark.title}<//>`}</h2>`}
    ${entries.length ? html`<${Card} class="list agenda">${entries.map((each) => html`<${Line} key=${each.key} entry=${each} on=${on} />`)}<//>`
      : html`<${Card}><${Empty} icon="calendar-event" title=${gettext("Nothing on this day")} /><//>`}`;
}

export const link = ({ event, occurrence }) => `/calendar/${event.id}/${encodeURIComponent(occurrence.original)}`;

function Line({ entry, on }) {
  const { title, event, layer, tone } = entry;
  const place = entry.occurrence?.place ?? event?.place;
  const inside = html`<span class=${`bar ${tone}`}></span><span class="row-text"><b>${title}</b>
      <small>${[hours(entry, on), place, event && !event.is_own && event.owner].filter(Boolean).join(" · ")}</small></span>
    ${event?.unsent && html`<${Pill}>${gettext("To upload")}<//>`}
    ${event && event.visibility !== "public" && event.is_own && html`<${Icon} name="lock" />`}
    ${event?.answer === "tentative" && html`<${Pill} tone="wait">${gettext("Perhaps")}<//>`}`;
  return event ? html`<a class="row" href=${`#${link(entry)}`}>${inside}<${Icon} name="chevron-right" class="go" /></a>`
    : html`<div class=${`row is-${layer}`}>${inside}</div>`;
}
