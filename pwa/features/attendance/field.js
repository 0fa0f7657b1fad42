/** Clocking in or out away from any work place: where, what for, and a photo of it. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { go } from "#kit/router";
import { useDraft } from "#kit/drafts";
import { useLive } from "#kit/live";
import { wellFormed } from "#kit/canonical";
import { Button, Card, Choice, Field, Notice } from "#parts/basic";
import { Page } from "#parts/page";
import { HereCard, proof, SaidPlace, useHere, whyWait } from "#parts/place";
import { toast } from "#parts/toast";
import { punch } from "#features/attendance/actions";
import { dayOf } from "#features/attendance/days";
import { NO_RULES, Pictures } from "#features/attendance/pictures";
import { nextKind, ofDay, ownPunches } from "#features/attendance/queries";

const DRAFT = "punch:field";

export function FieldPage() {
  const punches = useLive(ownPunches, []);
  const rules = useLive(async () => ({ ...NO_RULES, ...(await dayOf()) }), []);
  const here = useHere(null, "attendance");
  const [draft, change] = useDraft(DRAFT, { kind: "", place: "", note: "", photos: [] });
  const [busy, setBusy] = useState(false);
  if (!draft || !rules || !punches) return html`<${Page} title=${gettext("Check-in in the field")} up="/punch" />`;
  const kind = draft.kind || nextKind(ofDay(punches));
  const note = wellFormed(draft.note).trim();
  const isMissing = rules.field_photo === "required" && !draft.photos.length;
  const waits = rules.field === "approval" || isMissing;
  const why = whyWait(here, draft.place) || (note ? "" : gettext("Say what you do here"));
  const send = async () => {
    setBusy(true);
    await punch({
      kind, placeId: null, verdict: here.fix ? "" : "manual", distance_m: null, note, evidence: proof(here, draft.place),
      isField: true, photos: draft.photos, waits, draft: DRAFT,
    }).finally(() => setBusy(false));
    toast(waits ? gettext("Saved; your leader confirms it") : gettext("Saved"));
    go("/punch", { replace: true });
  };
  return html`
    <${Page} title=${gettext("Check-in in the field")} up="/punch" foot=${html`
      ${why && html`<p class="why">${why}</p>`}
      <${Button} kind="primary" class="wide" icon="map-pin" busy=${busy} disabled=${Boolean(why)} onClick=${send}>
        ${kind === "in" ? gettext("Clock in here") : gettext("Clock out here")}<//>`}>
      <${Choice} label=${gettext("In or out")} value=${kind} onChange=${(next) => change({ kind: next })}
        options=${[["in", gettext("Clock in")], ["out", gettext("Clock out")]]} />
      <${Card}><${HereCard} here=${here} />
        <${SaidPlace} here=${here} value=${draft.place} onChange=${(place) => change({ place })} /><//>
      <${Card}><${Field} label=${gettext("What do you do here?")} hint=${gettext("Your leader reads it beside the check-in.")}>
        <textarea rows="2" maxlength="200" value=${draft.note} onInput=${(event) => change({ note: event.target.value })} /><//><//>
      ${rules.field_photo !== "off" && html`<${Card}>
        <p class="spread"><b>${gettext("Photo")}</b><small class="quiet">${rules.field_photo === "required" ? gettext("Expected") : gettext("If you like")}</small></p>
        <${Pictures} photos=${draft.photos} onChange=${(photos) => change({ photos })} here=${here} place=${draft.place}
          label=${note || gettext("Check-in in the field")} held=${DRAFT} /><//>`}
      ${waits && html`<${Notice} tone="wait">${rules.field === "approval"
        ? gettext("It counts at the time you press, once your leader has confirmed it.")
        : gettext("Without a photo it counts once your leader has confirmed it, at the time you press.")}<//>`}
    <//>`;
}
