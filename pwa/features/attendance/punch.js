/** One huge button: when, where, and whether that is in range; felt when it is done. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { longDay, metres, seconds } from "#kit/format";
import { useDraft } from "#kit/drafts";
import { recorded } from "#kit/fence";
import { useLive } from "#kit/live";
import { Card, Choice, Notice, Row } from "#parts/basic";
import { Icon } from "#parts/icon";
import { Page } from "#parts/page";
import { HereCard, proof, SaidPlace, useHere, whyWait } from "#parts/place";
import { verdictWords } from "#parts/verdict";
import { toast } from "#parts/toast";
import { punch } from "#features/attendance/actions";
import { CodeCard } from "#features/attendance/code";
import { dayOf, dueWords } from "#features/attendance/days";
import { FaceCard } from "#features/attendance/face-card";
import { NO_RULES, Pictures } from "#features/attendance/pictures";
import { PunchLine } from "#features/attendance/line";
import { nearest, nextKind, ofDay, ownPunches } from "#features/attendance/queries";

export function PunchPage() {
  const places = useLive(() => db.work_places.toArray(), []);
  const punches = useLive(ownPunches, []);
  const [draft, change] = useDraft("punch", { place: "", note: "", photos: [], face: null, code: "" });
  const rules = useLive(async () => ({ ...NO_RULES, ...(await dayOf()) }), []) || NO_RULES;
  const [chosenKind, setKind] = useState("");
  const [place, setPlace] = useState(null);
  const here = useHere(place, "attendance");
  useEffect(() => places && setPlace(nearest(places, here.fix)), [places, here.fix]);
  const todays = ofDay(punches || []);
  const kind = chosenKind || nextKind(todays);
  const submit = async () => {
    await punch({
      kind, placeId: place?.id || null, verdict: here.fix ? recorded(here.verdict) : "manual", distance_m: here.distance_m,
      note: draft.note.trim(), evidence: proof(here, draft.place), photos: draft.photos, face: draft.face, code: draft.code.trim(),
      waits: rules.photo === "required" && !draft.photos.length && !draft.code.trim(),
    });
    setKind("");
    change({ place: "", photos: [], face: null, code: "" });
    toast(kind === "in" ? gettext("Clocked in") : gettext("Clocked out"));
  };
  return html`
    <${Page} title=${gettext("Attendance")} subtitle=${longDay(new Date())}>
      <${Choice} label=${gettext("In or out")} value=${kind} onChange=${setKind}
        options=${[["in", gettext("Clock in")], ["out", gettext("Clock out")]]} />
      <${Due} />
      ${draft && html`<${BigButton} kind=${kind} here=${here} draft=${draft} place=${place} onPunch=${submit} />`}
      <${Card}><p class="place-name"><${Icon} name="briefcase" /> ${place?.name || gettext("No work place set")}</p>
        <${HereCard} here=${here} />
        ${draft && html`<${SaidPlace} here=${here} value=${draft.place} onChange=${(said) => change({ place: said })} />`}<//>
      ${draft && rules.photo !== "off" && html`<${Card}>
        <p class="spread"><b>${gettext("Photo")}</b><small class="quiet">${rules.photo === "required" ? gettext("Expected") : gettext("If you like")}</small></p>
        <${Pictures} photos=${draft.photos} onChange=${(photos) => change({ photos })} here=${here} place=${draft.place}
          label=${place?.name || ""} held="punch" /><//>`}
      ${draft && rules.photo === "required" && !draft.photos.length && html`
        <${CodeCard} code=${draft.code} onChange=${(code) => change({ code })} />
        <${FaceCard} face=${draft.face} onChange=${(face) => change({ face })} />`}
      ${here.verdict === "outside" && html`<${Notice} tone="wait" icon="alert-triangle">
        ${gettext("You are outside the work place. You can still clock; it is marked as outside.")}<//>`}
      <${Card} class="list">
        ${rules.field !== "off" && html`<${Row} href="/punch/field" icon="map-pin" title=${gettext("Check-in in the field")}
          detail=${gettext("Away from any work place, with a note and a photo")} />`}
        <${Row} href="/leave" icon="calendar-event" title=${gettext("Leave")} detail=${gettext("Balances, requests, asking for leave")} /><//>
      <${History} punches=${todays} />
    <//>`;
}

/** What is due today, and the way to the own month. */
function Due() {
  const today = useLive(async () => (await dayOf()) || null, []);
  if (!today) return null;
  const detail = today.due.length ? dueWords(today) : today.state === "off" ? gettext("Rest") : gettext("Free hours");
  return html`<${Row} href="/punch/month" icon="checklist" title=${today.shift || gettext("My attendance")} detail=${detail} />`;
}

function BigButton({ kind, here, draft, onPunch }) {
  const [busy, setBusy] = useState(false);
  const why = whyWait(here, draft.place);
  const [tone] = here.fix ? verdictWords(here.verdict) : [""];
  const press = async () => {
    setBusy(true);
    await onPunch().finally(() => setBusy(false));
  };
  return html`
    <button type="button" class=${`punch ${tone || "plain"}`} disabled=${busy || Boolean(why)} onClick=${press}>
      <b>${kind === "in" ? gettext("Clock in") : gettext("Clock out")}</b>
      <${Clock} />
      <span>${why || verdictLine(here)}</span>
    </button>`;
}

const verdictLine = (here) =>
  here.fix ? `${verdictWords(here.verdict)[2]} · ${metres(here.distance_m)}` : gettext("Manual place");

function Clock() {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return html`<time>${seconds(now)}</time>`;
}

const History = ({ punches }) => html`
  <h2 class="section">${gettext("Today's records")}</h2>
  ${punches.length ? html`<ol class="timeline">${punches.map((each) => html`<${PunchLine} key=${each.id} punch=${each} />`)}</ol>`
    : html`<p class="quiet">${gettext("Nothing yet today.")}</p>`}`;
