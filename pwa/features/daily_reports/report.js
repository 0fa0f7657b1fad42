/** One report: what it says and where each answer is from, who has read it, what was said about it. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { when } from "#kit/format";
import { useLive } from "#kit/live";
import { go } from "#kit/router";
import { session } from "#kit/session";
import { Button, Card, Empty, Notice, Pill, Skeleton } from "#parts/basic";
import { ask } from "#parts/dialog";
import { Page } from "#parts/page";
import { change, comment, markRead, takeBack, withdraw } from "#features/daily_reports/actions";
import { markWords, period } from "#features/daily_reports/words";

const load = async (id) => {
  const [report, work, tasks] = await Promise.all([
    db.daily_reports.get(id), db.report_work.get(id), db.report_tasks.toArray(),
  ]);
  return { report, work, task: tasks.find(({ report_id }) => report_id === id) };
};

export function ReportPage({ id }) {
  const found = useLive(() => load(id), [id]);
  const report = found?.report;
  useEffect(() => void (report?.is_unread && markRead(report)), [report?.id, report?.edition]);
  if (!found) return html`<${Page} title="" up="/reports"><${Skeleton} lines=${5} /><//>`;
  if (!report) {
    return html`<${Page} title=${gettext("Report")} up="/reports"><${Empty} icon=${found.work ? "cloud-upload" : "notes"}
      title=${found.work ? gettext("Saved here, to be sent") : gettext("This report is not on this phone.")} /><//>`;
  }
  return html`
    <${Page} title=${report.is_own ? report.name : report.author} subtitle=${[!report.is_own && report.name, period(report)].filter(Boolean).join(" · ")} up="/reports">
      <p class="quiet">${gettext("Sent {when}", { when: when(report.sent_at) })}${report.edition > 1 && ` · ${gettext("changed {when}", { when: when(report.edited_at) })}`}</p>
      ${found.work && html`<${Notice} tone="wait" icon="cloud-upload">${found.work.state === "sent" ? gettext("Your change waits to be sent.") : gettext("You have begun to change this report.")}<//>`}
      <${Card} class="list">${report.lines.map((line, at) => html`<${Line} key=${at} line=${line} />`)}<//>
      ${report.is_own && html`<${OwnActs} ...${found} />`}
      <${Readers} readers=${report.readers} />
      <${Comments} report=${report} />
    <//>`;
}

function Line({ line: { label, text, depth, mark, said, is_photo: isPhoto } }) {
  const [tone, words] = markWords(mark) || [];
  return html`
    <div class="row report-line"><span class="row-text"><small>${"· ".repeat(depth)}${label}</small>
      ${text && html`<b>${isPhoto ? gettext("{n} photos", { n: text }) : text}</b>`}
      ${said && html`<small>${gettext("Records said: {said}", { said })}</small>`}</span>
      ${mark && mark !== "hand" && html`<${Pill} tone=${tone}>${words}<//>`}</div>`;
}

function OwnActs({ report, work, task }) {
  if (!task || report.withdrawing || Date.parse(task.late_until) + 60_000 <= Date.now()) return null;
  const edit = async () => {
    const id = await change(report, task);
    if (id) go(`/reports/write/${id}`);
  };
  const drop = async () => {
    const answer = await ask({
      title: gettext("Withdraw this report?"), text: gettext("It opens for nobody any more, and is owed as before."),
      choices: [["keep", gettext("Keep it")], ["withdraw", gettext("Withdraw"), "danger"]],
    });
    if (answer !== "withdraw") return;
    await withdraw(report);
    go("/reports", { replace: true });
  };
  return html`<div class="pair">
    <${Button} icon="notes" disabled=${work?.state === "sent"} onClick=${edit}>${gettext("Change")}<//>
    <${Button} icon="x" disabled=${Boolean(work)} onClick=${drop}>${gettext("Withdraw")}<//></div>`;
}

const Readers = ({ readers }) => readers.length > 0 && html`
  <h2 class="section">${gettext("Read by {read} of {all}", { read: readers.filter(({ read_at }) => read_at).length, all: readers.length })}</h2>
  <div class="tags">${readers.map((each) => html`<${Pill} key=${each.id} tone=${each.read_at ? "good" : ""} icon=${each.read_at ? "check" : undefined}>${each.name}<//>`)}</div>`;

function Comments({ report }) {
  return html`
    <h2 class="section">${gettext("Comments")}</h2>
    ${report.comments.length > 0 && html`<${Card} class="list">${report.comments.map((each) => html`
      <div key=${each.id} class="row report-line"><span class="row-text">
        <small>${each.author} · ${when(each.at)}${each.unsent ? ` · ${gettext("To upload")}` : ""}</small>
        ${each.is_taken_back || !each.text ? html`<em class="quiet">${gettext("Taken back")}</em>` : html`<span class="report-said">${each.text}</span>`}
        ${each.mentions.length > 0 && html`<small>${each.mentions.map(({ name }) => `@${name}`).join(" ")}</small>`}</span>
        ${each.is_own && !each.is_taken_back && !each.unsent && html`<button type="button" class="form-remove" onClick=${() => takeBack(report, each)}>${gettext("Take the comment back")}</button>`}
      </div>`)}<//>`}
    <${NewComment} report=${report} />`;
}

function NewComment({ report }) {
  const [text, setText] = useState("");
  const [mentions, setMentions] = useState([]);
  const me = session.value.me;
  const circle = [{ id: report.author_id, name: report.author }, ...report.readers].filter(({ id, name }) => id && name !== me.name);
  const toggle = (id) => setMentions(mentions.includes(id) ? mentions.filter((each) => each !== id) : [...mentions, id]);
  const say = async () => {
    await comment(report, text.trim(), mentions, me.name);
    setText("");
    setMentions([]);
  };
  return html`
    <${Card}>
      <textarea rows="2" maxlength="1000" aria-label=${gettext("Your comment")} placeholder=${gettext("Say something about it")}
        value=${text} onInput=${(event) => setText(event.target.value)} />
      ${circle.length > 0 && html`<div class="tags report-mention">${circle.map(({ id, name }) => html`
        <button key=${id} type="button" aria-pressed=${mentions.includes(id)} onClick=${() => toggle(id)}>@${name}</button>`)}</div>`}
      <${Button} class="wide" kind="primary" disabled=${!text.trim()} onClick=${say}>${gettext("Send the comment")}<//>
    <//>`;
}
