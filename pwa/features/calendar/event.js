/** One occurrence: what it is, who comes; answering, changing, taking it out. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { longDay } from "#kit/format";
import { go } from "#kit/router";
import { useLive } from "#kit/live";
import { Button, Card, Choice, Empty, Pill, Skeleton } from "#parts/basic";
import { ask } from "#parts/dialog";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { answerEvent, removeEvent } from "#features/calendar/actions";
import { answerWords, hours, visibilities } from "#features/calendar/words";

/** Which of a series is meant: asked only where there are several. @returns {Promise<string>} "" for none */
export const whichOf = (event, title) => (event.rrule ? ask({
  title,
  choices: [["this", gettext("Only this one")], ["following", gettext("This and all that follow")], ["all", gettext("All of them")], ["", gettext("Cancel")]],
}) : Promise.resolve("all"));

export function EventPage({ id, at }) {
  const event = useLive(() => db.calendar_events.get(id).then((found) => found || null), [id]);
  const occurrence = event && (event.occurrences.find(({ original }) => original === at) || event.occurrences[0]);
  if (!occurrence) {
    return html`<${Page} title=${gettext("Event")} up="/calendar">${event === undefined ? html`<${Skeleton} lines=${4} />`
      : html`<${Card}><${Empty} icon="calendar-event" title=${gettext("This event is not there any more")} /><//>`}<//>`;
  }
  const place = occurrence.place ?? event.place;
  const notes = occurrence.notes ?? event.notes;
  return html`
    <${Page} title=${occurrence.title ?? event.title} subtitle=${longDay(occurrence.starts)} up="/calendar">
      <${Card}><dl class="facts">
        <div><dt>${gettext("Date and time")}</dt><dd>${hours(occurrence, occurrence.starts.slice(0, 10))}</dd></div>
        ${event.rule_words && html`<div><dt>${gettext("Repeats")}</dt><dd>${event.rule_words}</dd></div>`}
        ${place && html`<div><dt>${gettext("Place")}</dt><dd>${place}</dd></div>`}
        <div><dt>${gettext("Entered by")}</dt><dd>${event.owner}</dd></div>
        ${event.is_own && html`<div><dt>${gettext("Who sees it")}</dt><dd>${visibilities().find(([code]) => code === event.visibility)?.[1]}</dd></div>`}
      </dl>${notes && html`<p class="said">${notes}</p>`}<//>
      ${event.answer && html`<${Card}><${Choice} label=${gettext("Do you come?")} value=${event.answer} onChange=${(status) => answer(event, status)}
        options=${[["accepted", gettext("Accept")], ["tentative", gettext("Perhaps")], ["declined", gettext("Turn down")]]} /><//>`}
      ${event.guests.length > 0 && html`<h2 class="section">${gettext("Guests")}</h2><${Card} class="list counted">
        ${event.guests.map((guest) => html`<${Guest} key=${guest.id} guest=${guest} />`)}<//>`}
      ${event.is_own && html`
        <${Button} class="wide" kind="primary" icon="notes" onClick=${() => go(`/calendar/${id}/${encodeURIComponent(occurrence.original)}/edit`)}>${gettext("Change")}<//>
        <${Button} class="wide" icon="x" onClick=${() => remove(event, occurrence)}>${gettext("Remove")}<//>`}
    <//>`;
}

function Guest({ guest: { name, status } }) {
  const [tone, text] = answerWords(status);
  return html`<div class="row slim"><span class="row-text"><b>${name}</b></span><${Pill} tone=${tone}>${text}<//></div>`;
}

async function answer(event, status) {
  if (status === event.answer) return;
  await answerEvent(event, status);
  toast(gettext("Saved; it is sent as soon as there is signal"));
}

async function remove(event, occurrence) {
  const reach = event.rrule ? await whichOf(event, gettext("Remove which of them?")) : await ask({
    title: gettext("Remove this event?"), choices: [["all", gettext("Remove"), "danger"], ["", gettext("Keep it")]],
  });
  if (!reach) return;
  await removeEvent(event, occurrence, reach);
  go("/calendar", { replace: true });
}
