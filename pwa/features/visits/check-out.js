/** Leaving a store. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { go } from "#kit/router";
import { duration, listed } from "#kit/format";
import { useDraft } from "#kit/drafts";
import { useLive } from "#kit/live";
import { Button, Card, Field, Notice, Row } from "#parts/basic";
import { Page } from "#parts/page";
import { HereCard, proof, SaidPlace, useHere, whyWait } from "#parts/place";
import { toast } from "#parts/toast";
import { checkOut } from "#features/visits/actions";
import { missing, stepsOf } from "#features/visits/queries";
import { stepIcon, unproductiveReasons } from "#features/visits/words";

export function CheckOutPage({ id }) {
  const visit = useLive(() => db.fieldwork.get(id), [id]);
  const [draft, change] = useDraft(`check-out:${id}`, { summary: "", reason: "", place: null });
  const here = useHere(visit?.customer, "visits");
  const [busy, setBusy] = useState(false);
  const up = `/visits/${id}`;
  if (!visit || !draft) return html`<${Page} title=${gettext("Check out")} up=${up} />`;
  const left = missing(visit);
  const place = draft.place ?? visit.manual_place;
  const why = left.length > 0 && !draft.reason ? gettext("Do the required steps, or say why they were not possible.")
    : whyWait(here, place);
  const leave = async () => {
    setBusy(true);
    await checkOut(visit, {
      summary: draft.summary.trim(), unproductiveReason: draft.reason, verdict: here.verdict,
      evidence: proof(here, place),
    }).finally(() => setBusy(false));
    toast(gettext("Checked out"));
    go("/", { replace: true });
  };
  return html`
    <${Page} title=${gettext("Check out")} subtitle=${visit.customer.name} up=${up} foot=${html`
      ${why && html`<p class="why">${why}</p>`}
      <${Button} kind="primary" class="wide" icon="logout-2" busy=${busy} disabled=${Boolean(why)} onClick=${leave}>
        ${gettext("Check out")}<//>`}>
      <${Card} class=${`here ${here.verdict}`}>
        <${Row} icon="clock" title=${gettext("Time at the store")}
          detail=${duration((Date.now() - Date.parse(visit.checked_in_at)) / 1000)} />
        <${HereCard} here=${here} />
        <${SaidPlace} here=${here} value=${place} onChange=${(said) => change({ place: said })} />
      <//>
      ${left.length > 0 && html`<${Notice} tone="wait" icon="alert-triangle">
        ${gettext("Not done:")} ${listed(left.map(({ step }) => step.title))}<//>`}
      <${Card} class="list">${stepsOf(visit).map(({ step, done }) => html`
        <${Row} key=${step.id} icon=${done ? "check" : stepIcon(step.kind)} tone=${done ? "good" : ""} title=${step.title} />`)}<//>
      <${Words} draft=${draft} change=${change} />
    <//>`;
}

const Words = ({ draft, change }) => html`
  <${Card}>
    <${Field} label=${gettext("Result of the visit")}>
      <select value=${draft.reason} onChange=${(event) => change({ reason: event.target.value })}>
        <option value="">${gettext("Done as intended")}</option>
        ${unproductiveReasons().map(([code, text]) => html`<option key=${code} value=${code}>${text}</option>`)}
      </select><//>
    <${Field} label=${gettext("Summary")} hint=${gettext("Optional")}>
      <textarea rows="3" maxlength="1000" value=${draft.summary}
        onInput=${(event) => change({ summary: event.target.value })}></textarea><//>
  <//>`;
