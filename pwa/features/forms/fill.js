/** Filling in a form: kept at every change, checked by the same rules as on the server, sent when there is signal. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { db } from "#kit/db";
import { stamp } from "#kit/clock";
import { uuid7 } from "#kit/ids";
import { useLive } from "#kit/live";
import { go } from "#kit/router";
import { Button, Empty, Notice } from "#parts/basic";
import { ask } from "#parts/dialog";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { Department } from "#features/approvals/ahead";
import { discard, keep, keepDepartment, send } from "#features/forms/actions";
import { FormBody } from "#features/forms/body";
import { deviceFor } from "#features/forms/device";
import { layOut } from "#features/forms/engine/layout";
import { problemsOf, sceneNow, tellsOfOthers } from "#features/forms/filling";

export function FillPage({ id }) {
  const [work, setWork] = useState(undefined);
  useEffect(() => void db.form_work.get(id).then((row) => setWork(row || null)), [id]);
  if (work === undefined) return html`<${Page} title="" up="/forms" />`;
  if (!work || work.state !== "draft") {
    return html`<${Page} title=${gettext("Form")} up="/forms"><${Empty} icon="checklist" title=${gettext("This form is no longer a draft.")} /><//>`;
  }
  return html`<${Filling} key=${id} work=${work} />`;
}

/** Fields that need the separate consent, where it was not given: they stay empty. */
async function closedFields(layout) {
  const consent = await db.purposes.get("form_sensitive");
  if (consent?.state === "granted") return new Set();
  return new Set([...layout.places.values()].filter(({ field }) =>
    field.kind !== "location" && (field.privacy?.is_sensitive || field.kind === "signature")).map(({ field }) => field.id));
}

function Filling({ work }) {
  const layout = useMemo(() => layOut(work.definition), [work.id]);
  const waived = useLive(() => closedFields(layout), [work.id]);
  const [answers, setAnswers] = useState(work.answers);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [department, setDepartment] = useState(work.department || "");
  const [sure, setSure] = useState(false);
  const device = useMemo(() => deviceFor(work.id), [work.id]);
  const now = stamp();
  const spoken = work.definition.languages.find((code) => code.toLowerCase().startsWith(language.value.slice(0, 2))) || work.definition.languages[0];
  if (!waived) return html`<${Page} title=${work.name} up="/forms" />`;
  const judged = problemsOf(layout, answers, now, spoken, waived);
  const isAsked = !work.is_attested && tellsOfOthers(layout, judged.answers);
  const change = (made) => {
    setAnswers(made);
    void keep(work.id, made);
  };
  const finish = async () => {
    setChecked(true);
    if (judged.problems.size) return void requestAnimationFrame(() => document.querySelector(".form-problem")?.scrollIntoView({ block: "center" }));
    if (isAsked && !sure) return;
    setBusy(true);
    await send(work, judged.answers, department, isAsked).finally(() => setBusy(false));
    toast(gettext("Saved. It is sent as soon as there is signal."));
    go("/forms", { replace: true });
  };
  const drop = async () => {
    const answer = await ask({
      title: gettext("Discard this draft?"), text: gettext("What you filled in is deleted from this phone."),
      choices: [["keep", gettext("Keep it")], ["discard", gettext("Discard"), "danger"]],
    });
    if (answer !== "discard") return;
    await discard(work.id);
    go("/forms", { replace: true });
  };
  const filling = {
    scene: sceneNow(layout, answers, now, spoken), answers, change, language: spoken, now, device, waived,
    problems: checked ? judged.problems : new Map(), newId: () => uuid7(),
  };
  return html`
    <${Page} title=${work.name} subtitle=${work.task?.name} up="/forms" foot=${html`
      ${checked && judged.problems.size > 0 && html`<p class="why" role="status">${gettext("{n} answers need mending.", { n: judged.problems.size })}</p>`}
      <${Button} kind="primary" class="wide" icon="check" busy=${busy} onClick=${finish}>${gettext("Send")}<//>`}>
      <${FormBody} filling=${filling} />
      ${work.by_flow && html`<${Department} again=${Boolean(work.edits)} value=${department} onChange=${(id) => (setDepartment(id), void keepDepartment(work.id, id))} />`}
      ${isAsked && html`<label class="check"><input type="checkbox" checked=${sure} onChange=${(event) => setSure(event.target.checked)} />
        <span>${gettext("The people whose information I give here know of it and have agreed, or I may give it without that by law.")}</span></label>
        ${checked && !sure && html`<p class="form-problem" role="status">${gettext("Confirm this first: the people it is about must know of it.")}</p>`}`}
      <${Notice}>${gettext("Kept on this phone as you fill it in.")}<//>
      <${Button} kind="quiet" icon="trash" onClick=${drop}>${gettext("Discard the draft")}<//>
    <//>`;
}
