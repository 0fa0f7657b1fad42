/** One step of a visit. What is entered is kept as it is entered; "Done" makes it count. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { go } from "#kit/router";
import { useDraft } from "#kit/drafts";
import { useLive } from "#kit/live";
import { Button, Empty } from "#parts/basic";
import { Page } from "#parts/page";
import { proof, useHere } from "#parts/place";
import { toast } from "#parts/toast";
import { recordStep } from "#features/visits/actions";
import { Checklist, checklistAnswer } from "#features/visits/checklist";
import { Note, noteAnswer } from "#features/visits/note";
import { PhotoStep, photoAnswer } from "#features/visits/photo";

const KINDS = {
  photo: [PhotoStep, photoAnswer], checklist: [Checklist, checklistAnswer], note: [Note, noteAnswer],
};

export function StepPage({ id, step: stepId }) {
  const visit = useLive(() => db.fieldwork.get(id).then((row) => row || null), [id]);
  if (visit === undefined) return html`<${Page} title="" up="/" />`;
  const step = visit?.template.steps.find((each) => each.id === stepId);
  if (!step || visit.state !== "open" || !KINDS[step.kind]) return html`<${NotHere} id=${id} known=${step} />`;
  return html`<${OpenStep} key=${stepId} visit=${visit} step=${step} />`;
}

const NotHere = ({ id, known }) => html`
  <${Page} title=${gettext("Step")} up=${`/visits/${id}`}>
    <${Empty} icon="info-circle" title=${known ? gettext("This step can no longer be changed.")
      : gettext("This step is not known here. Refresh the app.")} /><//>`;

function OpenStep({ visit, step }) {
  const before = visit.steps[step.id];
  const [draft, change] = useDraft(`step:${visit.id}:${step.id}`, {
    answer: before?.answer || {}, photos: before?.photos || [], place: visit.manual_place,
  });
  const here = useHere(visit.customer, "visits");
  const [busy, setBusy] = useState(false);
  const up = `/visits/${visit.id}`;
  if (!draft) return html`<${Page} title=${step.title} up=${up} />`;
  const [Body, answerOf] = KINDS[step.kind];
  const result = answerOf(step, draft);
  const finish = async () => {
    setBusy(true);
    await recordStep(visit, step, result, proof(here, draft.place)).finally(() => setBusy(false));
    toast(gettext("Saved"));
    go(up, { replace: true });
  };
  return html`
    <${Page} title=${step.title} subtitle=${visit.customer.name} up=${up} foot=${html`
      ${result.why && html`<p class="why">${result.why}</p>`}
      <${Button} kind="primary" class="wide" icon="check" busy=${busy} disabled=${Boolean(result.why)} onClick=${finish}>
        ${gettext("Done")}<//>`}>
      <${Body} visit=${visit} step=${step} draft=${draft} change=${change} here=${here} />
    <//>`;
}
