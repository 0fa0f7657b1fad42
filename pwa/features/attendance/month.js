/** The own month: a calendar with results, and the figures to confirm. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { day } from "#kit/clock";
import { duration } from "#kit/format";
import { useLive } from "#kit/live";
import { Button, Card, Empty, Field, Notice, Pill, Row } from "#parts/basic";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { monthDays, ownMonths, statusWords } from "#features/attendance/days";
import { answerMonth } from "#features/attendance/requests";

export function MonthPage() {
  const [month, setMonth] = useState(day().slice(0, 7));
  const days = useLive(() => monthDays(month), [month]);
  const reports = useLive(ownMonths, []) || [];
  return html`
    <${Page} title=${gettext("My attendance")} up="/punch">
      <div class="spread month-turn">
        <${Button} kind="quiet" icon="chevron-left" onClick=${() => setMonth(turned(month, -1))}>${gettext("Before")}<//>
        <b>${month}</b>
        <${Button} kind="quiet" icon="chevron-right" onClick=${() => setMonth(turned(month, 1))}>${gettext("After")}<//>
      </div>
      ${days && (days.size ? html`<${Calendar} month=${month} days=${days} />`
        : html`<${Empty} icon="checklist" title=${gettext("No results in this month")} />`)}
      ${reports.filter((each) => each.month === month || each.state === "asked").map((each) => html`<${Report} key=${each.id} report=${each} />`)}
      <${Row} href="/punch/requests" icon="notes" title=${gettext("My requests")} detail=${gettext("Corrections, overtime, outings")} />
    <//>`;
}

function turned(month, step) {
  const [year, number] = month.split("-").map(Number);
  const first = new Date(year, number - 1 + step, 1);
  return day(first).slice(0, 7);
}

function Calendar({ month, days }) {
  const [year, number] = month.split("-").map(Number);
  const blanks = (new Date(year, number - 1, 1).getDay() + 6) % 7;
  const count = new Date(year, number, 0).getDate();
  const dates = Array.from({ length: count }, (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`);
  return html`
    <section class="card"><div class="month-grid" role="list">
      ${Array.from({ length: blanks }, (_, index) => html`<i key=${`blank${index}`} />`)}
      ${dates.map((on) => html`<${Cell} key=${on} on=${on} held=${days.get(on)} />`)}
    </div></section>`;
}

function Cell({ on, held }) {
  const [words, tone] = held ? statusWords(held.status) : ["", ""];
  const said = words || held?.shift || "";
  return html`
    <a role="listitem" class=${`month-cell ${tone} ${on === day() ? "today" : ""}`} href="#/punch/days/${on}" aria-label=${`${on} ${said}`}>
      <b>${Number(on.slice(8))}</b><small>${said}</small></a>`;
}

const FIGURES = () => [
  ["due_days", gettext("Days due")], ["attended_days", gettext("Days attended")], ["late_times", gettext("Times late")],
  ["early_times", gettext("Times left early")], ["lack_times", gettext("Missing presses")], ["absent_days", gettext("Days absent")],
];
const STATES = () => ({
  asked: [gettext("Please confirm"), "wait"], confirmed: [gettext("Confirmed"), "good"],
  disputed: [gettext("Disputed"), "bad"], locked: [gettext("Locked"), ""], open: ["", ""],
});

function Report({ report }) {
  const [objection, setObjection] = useState("");
  const [objects, setObjects] = useState(false);
  const answer = async (words) => {
    await answerMonth(report, words);
    setObjects(false);
    toast(words ? gettext("Your objection is on its way") : gettext("Confirmed"));
  };
  const [words, tone] = STATES()[report.state] || ["", ""];
  const { totals, adjusted = {} } = report;
  const figure = (name) => html`${adjusted[name] ?? totals[name] ?? 0}${name in adjusted && adjusted[name] !== (totals[name] ?? 0)
    && html` <small>${gettext("(locked: {n})", { n: totals[name] ?? 0 })}</small>`}`;
  return html`
    <${Card}>
      <div class="spread"><b>${gettext("Month {month}", { month: report.month })}</b><${Pill} tone=${tone}>${words}<//></div>
      <dl class="totals">${FIGURES().map(([name, label]) => html`<div key=${name}><dt>${label}</dt><dd>${figure(name)}</dd></div>`)}
        <div><dt>${gettext("Worked")}</dt><dd>${duration((adjusted.worked ?? totals.worked ?? 0) * 60)}</dd></div></dl>
      ${report.objection && html`<${Notice} tone="wait">${report.objection}<//>`}
      ${report.state === "asked" && !objects && html`<div class="spread">
        <${Button} kind="quiet" onClick=${() => setObjects(true)}>${gettext("Something is wrong")}<//>
        <${Button} kind="primary" icon="check" onClick=${() => answer("")}>${gettext("Confirm")}<//></div>`}
      ${objects && html`<${Field} label=${gettext("What is wrong?")}><textarea rows="3" maxlength="300" value=${objection} onInput=${(event) => setObjection(event.target.value)} /><//>
        <${Button} class="wide" kind="primary" disabled=${!objection.trim()} onClick=${() => answer(objection.trim())}>${gettext("Send")}<//>`}
    <//>`;
}
