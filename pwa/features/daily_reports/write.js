/** Writing a report: filled in from records, each change by hand marked, kept at every change, sent when there is signal. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { db } from "#kit/db";
import { stamp } from "#kit/clock";
import { uuid7 } from "#kit/ids";
import { time, when } from "#kit/format";
import { go } from "#kit/router";
import { Button, Empty, Notice, Pill } from "#parts/basic";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { FormBody } from "#features/forms/body";
import { deviceFor } from "#features/forms/device";
import { isEmpty } from "#features/forms/engine/validate";
import { layOut, spoken } from "#features/forms/engine/layout";
import { problemsOf, sceneNow } from "#features/forms/filling";
import { fillAgain, keep, same, send } from "#features/daily_reports/actions";
import { markWords, period } from "#features/daily_reports/words";

export function WriteReportPage({ id }) {
  const [work, setWork] = useState(undefined);
  useEffect(() => void db.report_work.get(id).then((row) => setWork(row || null)), [id]);
  if (work === undefined) return html`<${Page} title="" up="/reports" />`;
  if (!work || work.state !== "draft") {
    return html`<${Page} title=${gettext("Report")} up="/reports"><${Empty} icon="notes" title=${gettext("This report is no longer a draft.")} /><//>`;
  }
  return html`<${Writing} key=${id} first=${work} />`;
}

function Writing({ first }) {
  const [work, setWork] = useState(first);
  const layout = useMemo(() => layOut(first.template.definition), [first.id]);
  const device = useMemo(() => deviceFor(first.id), [first.id]);
  const [answers, setAnswers] = useState(first.answers);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const now = stamp();
  const { languages } = first.template.definition;
  const tongue = languages.find((code) => code.toLowerCase().startsWith(language.value.slice(0, 2))) || languages[0];
  const judged = problemsOf(layout, answers, now, tongue);
  const change = (made) => {
    setAnswers(made);
    void keep(work.id, made);
  };
  const again = async () => {
    setAnswers(await fillAgain({ ...work, answers }));
    setWork(await db.report_work.get(work.id));
  };
  const finish = async () => {
    setChecked(true);
    if (judged.problems.size) return void requestAnimationFrame(() => document.querySelector(".form-problem")?.scrollIntoView({ block: "center" }));
    setBusy(true);
    await send(work, judged.answers).finally(() => setBusy(false));
    toast(gettext("Saved. It is sent as soon as there is signal."));
    go("/reports", { replace: true });
  };
  const filling = {
    scene: sceneNow(layout, answers, now, tongue), answers, change, language: tongue, now, device, waived: new Set(),
    problems: checked ? judged.problems : new Map(), newId: () => uuid7(),
  };
  return html`
    <${Page} title=${work.name} subtitle=${period(work.task)} up="/reports" foot=${html`
      ${checked && judged.problems.size > 0 && html`<p class="why" role="status">${gettext("{n} answers need mending.", { n: judged.problems.size })}</p>`}
      <${Button} kind="primary" class="wide" icon="check" busy=${busy} onClick=${finish}>${work.edition ? gettext("Send the change") : gettext("Send")}<//>`}>
      <${Due} task=${work.task} />
      ${!work.edition && html`<${Filled} work=${work} answers=${answers} layout=${layout} tongue=${tongue} onAgain=${again} />`}
      <${FormBody} filling=${filling} />
      <${Notice}>${gettext("Kept on this phone as you write.")}<//>
    <//>`;
}

const Due = ({ task }) => html`<p class="quiet">${Date.parse(task.late_until) < Date.now()
  ? gettext("The time for this report is over: it is kept, and counts as missing.")
  : gettext("Due {due}, taken as late until {late}", { due: when(task.due_at), late: when(task.late_until) })}</p>`;

/** Which fields came from records, and which of them are changed by now. */
function Filled({ work, answers, layout, tongue, onAgain }) {
  const ids = [...layout.places.keys()].filter((id) => id in work.filled);
  if (!Object.keys(work.template.autofill).length) return null;
  const label = (id) => spoken(layout.places.get(id).field.label, tongue, work.template.definition.languages[0]);
  const state = (id) => (isEmpty(answers[id]) || !same(answers[id], work.filled[id]) ? "edited" : "facts");
  return html`
    <section class="card report-filled" aria-label=${gettext("Filled in from records")}>
      <div class="spread"><b>${work.filled_by === "server" ? gettext("Filled in from records at {time}", { time: time(new Date(work.filled_at)) })
        : gettext("Filled in from this phone at {time}", { time: time(new Date(work.filled_at)) })}</b>
        <${Button} icon="refresh" onClick=${onAgain}>${gettext("Refresh")}<//></div>
      ${ids.length ? html`<ul>${ids.map((id) => {
        const [tone, text] = markWords(state(id));
        return html`<li key=${id}><span>${label(id)}</span><${Pill} tone=${tone}>${text}<//></li>`;
      })}</ul>` : html`<p class="quiet">${gettext("The records hold nothing for these days yet.")}</p>`}
    </section>`;
}
