/** Reports: what I owe, what came to me, what I sent. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { day } from "#kit/clock";
import { time, when } from "#kit/format";
import { useLive } from "#kit/live";
import { go } from "#kit/router";
import { Button, Card, Choice, Empty, Notice, Pill, Row, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { begin } from "#features/daily_reports/actions";
import { period, stateOf, stateWords } from "#features/daily_reports/words";

async function everything() {
  const [tasks, work, reports] = await Promise.all([
    db.report_tasks.toArray(), db.report_work.toArray(), db.daily_reports.toArray(),
  ]);
  const newest = (a, b) => b.period_on.localeCompare(a.period_on) || a.name.localeCompare(b.name, "zh");
  return {
    tasks: tasks.filter(({ period_on }) => period_on <= day()).sort(newest),
    work: new Map(work.map((each) => [each.task_id, each])),
    own: reports.filter(({ is_own }) => is_own).sort(newest),
    received: reports.filter(({ is_own }) => !is_own)
      .sort((a, b) => Number(b.is_unread) - Number(a.is_unread) || Date.parse(b.sent_at) - Date.parse(a.sent_at)),
  };
}

export function ReportsPage() {
  const all = useLive(everything, []);
  const [list, choose] = useState("");
  if (!all) return html`<${Page} title=${gettext("Work reports")} up="/me"><${Skeleton} lines=${5} /><//>`;
  const unread = all.received.filter(({ is_unread }) => is_unread).length;
  const shown = list || (all.tasks.length || !all.received.length ? "write" : "received");
  const lists = [
    ["write", gettext("To write")],
    ["received", unread ? gettext("Received ({n})", { n: unread }) : gettext("Received")],
    ["own", gettext("Mine")],
  ];
  const Shown = { write: Tasks, received: Received, own: Own }[shown];
  return html`
    <${Page} title=${gettext("Work reports")} up="/me">
      <${Choice} label=${gettext("Which reports")} options=${lists} value=${shown} onChange=${choose} />
      <${Shown} ...${all} />
    <//>`;
}

const NOTHING_ASKED = ["weekday", "day_off", "holiday"];

function Tasks({ tasks, work }) {
  const open = tasks.filter((task) => !task.sent_at && !task.reason);
  const rest = tasks.filter((task) => task.sent_at || (task.reason && !NOTHING_ASKED.includes(task.reason))).slice(0, 10);
  if (!tasks.length) {
    return html`<${Empty} icon="notes" title=${gettext("No reports to write")}>
      <p>${gettext("What your organization asks you to report appears here.")}</p><//>`;
  }
  return html`
    ${open.length ? html`<${Card} class="list">${open.map((task) => html`<${Task} key=${task.id} task=${task} begun=${work.has(task.id)} />`)}<//>`
      : html`<${Notice} tone="good" icon="check">${gettext("All reported.")}<//>`}
    ${rest.length > 0 && html`<h2 class="section">${gettext("Done lately")}</h2>
      <${Card} class="list">${rest.map((task) => html`<${Task} key=${task.id} task=${task} />`)}<//>`}`;
}

function Task({ task, begun = false }) {
  const state = stateOf(task);
  const [tone, text] = stateWords(state);
  const write = async () => {
    const id = await begin(task).catch((error) => void toast(error.message));
    if (id) go(`/reports/write/${id}`);
    else if (id === "") toast(gettext("This template is not on the phone yet. Try again with signal."));
  };
  const open = () => (task.report_id ? go(`/reports/${task.report_id}`) : void write());
  const at = (moment) => moment && (day(new Date(moment)) === task.ends_on ? time(new Date(moment)) : when(moment));
  const detail = [period(task), task.reason_words || at(task.sent_at) || gettext("due {when}", { when: at(task.due_at) })];
  return html`
    <${Row} icon="notes" tone=${state === "missing" ? "bad" : ""} title=${task.name} detail=${detail.join(" · ")}
      onClick=${task.reason && !task.sent_at ? undefined : open}>
      <${Pill} tone=${begun ? "wait" : tone}>${begun ? gettext("Draft") : text}<//><//>`;
}

const SHOWN = 40;

function Received({ received }) {
  const [most, show] = useState(SHOWN);
  if (!received.length) return html`<${Empty} icon="notes" title=${gettext("No reports received")} />`;
  return html`
  <${Card} class="list">${received.slice(0, most).map((each) => html`
    <${Row} key=${each.id} href=${`/reports/${each.id}`} icon="user" title=${each.author}
      detail=${[each.name, period(each), when(each.sent_at)].join(" · ")}>
      ${each.is_unread && html`<${Pill} tone="good">${each.edition > 1 ? gettext("Changed") : gettext("New")}<//>`}
      ${each.comments.length > 0 && html`<${Pill} icon="message">${each.comments.length}<//>`}<//>`)}<//>
  ${received.length > most && html`<${Button} class="wide" onClick=${() => show(most + SHOWN)}>${gettext("Earlier reports")}<//>`}`;
}

const Own = ({ own }) => (own.length ? html`
  <${Card} class="list">${own.map((each) => html`
    <${Row} key=${each.id} href=${`/reports/${each.id}`} icon="notes" title=${each.name} detail=${[period(each), when(each.sent_at)].join(" · ")}>
      ${each.comments.length > 0 && html`<${Pill} icon="message">${each.comments.length}<//>`}<//>`)}<//>`
  : html`<${Empty} icon="notes" title=${gettext("Nothing reported yet")} />`);
