/** Arriving at a store. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { go } from "#kit/router";
import { useDraft } from "#kit/drafts";
import { useLive } from "#kit/live";
import { Button, Card, Field, Notice, Row } from "#parts/basic";
import { Page } from "#parts/page";
import { HereCard, proof, SaidPlace, useHere, whyWait } from "#parts/place";
import { toast } from "#parts/toast";
import { checkIn, VisitOpen } from "#features/visits/actions";

/** An organization that has not set up steps still visits its stores. */
const NO_STEPS = { id: null, name: "", steps: [] };

export function CheckInPage({ customer: id, plan }) {
  const customer = useLive(() => db.customers.get(id), [id]);
  const templates = useLive(() => db.visit_templates.toArray(), []);
  const here = useHere(customer, "visits");
  const [draft, change] = useDraft(`check-in:${id}`, { reason: "", place: "", template: "" });
  const [busy, setBusy] = useState(false);
  if (!customer || !templates || !draft) return html`<${Page} title=${gettext("Check in")} up="/" />`;
  const template = templates.find((each) => each.id === draft.template) || templates[0] || NO_STEPS;
  const why = whyWait(here, draft.place) || whyNot(here, draft);
  const submit = async () => {
    setBusy(true);
    const act = { customer, planId: plan === "-" ? null : plan, template, reason: draft.reason.trim() };
    await arrive({ ...act, here, place: draft.place }).finally(() => setBusy(false));
  };
  return html`
    <${Page} title=${gettext("Check in")} up=${`/stores/${id}`} foot=${html`
      ${why && html`<p class="why">${why}</p>`}
      <${Button} kind="primary" class="wide" icon="login-2" busy=${busy} disabled=${Boolean(why)} onClick=${submit}>
        ${gettext("Check in")}<//>`}>
      <${Card} class=${`here ${here.verdict}`}>
        <${Row} icon="building-store" title=${customer.name} detail=${customer.address} />
        <${HereCard} here=${here} />
        <${SaidPlace} here=${here} value=${draft.place} onChange=${(place) => change({ place })} />
      <//>
      <${Extras} here=${here} draft=${draft} change=${change} templates=${templates} template=${template} />
    <//>`;
}

/** @param {Held} act what `checkIn` asks for, and where the person is */
async function arrive({ here, place, ...act }) {
  try {
    const id = await checkIn(/** @type {any} */ ({ ...act, evidence: proof(here, place), verdict: here.verdict, distance_m: here.distance_m }));
    toast(gettext("Checked in"));
    go(`/visits/${id}`, { replace: true });
  } catch (error) {
    if (!(error instanceof VisitOpen)) throw error;
    go(`/visits/${error.visit}`, { replace: true });
  }
}

/** @returns {string} what being outside still asks for, in words; "" when nothing */
function whyNot(here, draft) {
  if (here.verdict === "outside" && here.rules?.outside_policy === "block") {
    return gettext("Your organization does not allow checking in from outside. Move closer to the store.");
  }
  return here.verdict === "outside" && !draft.reason.trim() ? gettext("You are outside. Say why before checking in.") : "";
}

const Extras = ({ here, draft, change, templates, template }) => html`
  ${here.verdict === "outside" && here.rules?.outside_policy !== "block" && html`<${Card}>
    <${Field} label=${gettext("Why are you outside?")} hint=${gettext("Your manager sees this reason beside the visit.")}>
      <textarea rows="2" maxlength="200" value=${draft.reason}
        onInput=${(e) => change({ reason: e.target.value })}></textarea><//><//>`}
  ${here.verdict === "uncertain" && html`<${Notice}>
    ${gettext("The position is not exact enough to be sure. You can check in; it is marked as uncertain.")}<//>`}
  ${templates.length > 1 && html`<${Card}>
    <${Field} label=${gettext("Kind of visit")}>
      <select value=${template.id} onChange=${(e) => change({ template: e.target.value })}>
        ${templates.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}
      </select><//><//>`}`;
