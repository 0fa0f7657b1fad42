/** Forms: what is due, what was begun, what one may fill in, what one has sent. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { when } from "#kit/format";
import { useLive } from "#kit/live";
import { go } from "#kit/router";
import { Card, Empty, Pill, Row, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { begin } from "#features/forms/actions";

async function everything() {
  const [forms, tasks, work, sent] = await Promise.all([
    db.forms.toArray(), db.form_tasks.toArray(), db.form_work.toArray(), db.form_submissions.toArray(),
  ]);
  return {
    forms: forms.sort((a, b) => a.name.localeCompare(b.name, "zh")),
    due: tasks.filter(({ is_done }) => !is_done).sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at)),
    drafts: work.filter(({ state }) => state === "draft").sort((a, b) => b.at - a.at),
    sending: work.filter(({ state }) => state === "sent"),
    sent: sent.filter(({ id }) => !work.some((each) => each.id === id && each.state === "sent"))
      .sort((a, b) => Date.parse(b.filled_at) - Date.parse(a.filled_at)),
  };
}

export function FormsPage() {
  const all = useLive(everything, []);
  return html`<${Page} title=${gettext("Forms")} up="/me">${all ? html`<${Lists} ...${all} />` : html`<${Skeleton} lines=${4} />`}<//>`;
}

function Lists({ forms, due, drafts, sending, sent }) {
  const fill = async (form, task = null) => form && go(`/forms/fill/${await begin(form, task)}`);
  const form = (id) => forms.find((each) => each.id === id);
  const open = forms.filter(({ is_open_to_all }) => is_open_to_all);
  if (![forms, due, drafts, sending, sent].some((list) => list.length)) {
    return html`<${Empty} icon="checklist" title=${gettext("No forms yet")}><p>${gettext("Forms you are asked to fill in appear here.")}</p><//>`;
  }
  return html`
    <${Part} title=${gettext("Due")} rows=${due}>${(task) => html`
      <${Row} key=${task.id} icon="checklist" tone=${isLate(task) ? "bad" : ""} title=${task.name}
        detail=${gettext("Due {when}", { when: when(task.due_at) })} onClick=${() => fill(form(task.form_id), task)}>
        ${isLate(task) && html`<${Pill} tone="bad">${gettext("Late")}<//>`}<//>`}<//>
    <${Part} title=${gettext("Begun")} rows=${drafts}>${(work) => html`
      <${Row} key=${work.id} icon="notes" href=${`/forms/fill/${work.id}`} title=${work.name} detail=${when(new Date(work.at).toISOString())}>
        <${Pill} tone="wait">${gettext("Draft")}<//><//>`}<//>
    <${Part} title=${gettext("Fill in")} rows=${open}>${(each) => html`
      <${Row} key=${each.id} icon="plus" title=${each.name} onClick=${() => fill(each)} />`}<//>
    <${Part} title=${gettext("On its way")} rows=${sending}>${(work) => html`
      <${Row} key=${work.id} icon="cloud-upload" href="/pending" title=${work.name}><${Pill}>${gettext("Saved here")}<//><//>`}<//>
    <${Part} title=${gettext("Sent")} rows=${sent}>${(each) => html`
      <${Row} key=${each.id} icon="check" href=${`/forms/sent/${each.id}`} title=${each.form_name} detail=${when(each.filled_at)}>
        <${Status} status=${each.status} /><//>`}<//>`;
}

const isLate = ({ due_at }) => Date.parse(due_at) < Date.now();

const Part = ({ title, rows, children }) => rows.length > 0 && html`
  <h2 class="section">${title}</h2><${Card} class="list">${rows.map((row) => children(row))}<//>`;

export function Status({ status }) {
  if (status === "accepted") return html`<${Pill} tone="good">${gettext("Accepted")}<//>`;
  if (status === "returned") return html`<${Pill} tone="wait">${gettext("Returned")}<//>`;
  if (status === "withdrawn") return html`<${Pill}>${gettext("Withdrawn")}<//>`;
  return status === "rejected" ? html`<${Pill} tone="bad">${gettext("Rejected")}<//>` : html`<${Pill}>${gettext("Sent")}<//>`;
}
