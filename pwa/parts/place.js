/** Where am I in relation to a place: live distance, accuracy and verdict, or the way without a position. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { metres } from "#kit/format";
import { isApproximate, usePosition } from "#kit/geo";
import { judge } from "#kit/fence";
import { evidence } from "#kit/evidence";
import { useLive } from "#kit/live";
import { locationChoice } from "#kit/consents";
import { settings } from "#kit/settings";
import { noteRefusal, usePermission } from "#kit/permissions";
import { mayAsk } from "#kit/prompts";
import { Button, Field } from "#parts/basic";
import { Verdict } from "#parts/verdict";

const PATIENCE_MS = 8000;

/**
 * The state of "here": `unused` the organization asks for no position; `off` the person chose never; `ask` the phone
 * would now ask; `denied` the device refuses.
 * @param {{lat: number, lng: number, radius_m: number} | null | undefined} place
 * @param {"attendance"|"visits"} purpose which of the organization's settings holds
 */
export function useHere(place, purpose) {
  const choice = useLive(locationChoice);
  const rules = useLive(settings);
  const device = usePermission("geolocation");
  const [agreed, setAgreed] = useState(false);
  const [rested, setRested] = useState(false);
  const unused = rules?.[`location_${purpose}`] === "off";
  const allowed = rules && !unused && choice && choice !== "never" && device && device !== "denied";
  const reading = Boolean(allowed && (device === "granted" || agreed));
  const would = Boolean(allowed && !reading); // the question would stand here by itself
  useEffect(() => void (would && mayAsk("geolocation").then((may) => setRested(!may))), [would]);
  const { fix, problem } = usePosition(reading);
  const slow = useSlow(reading && !fix);
  useEffect(() => {
    if (agreed && problem === "refused" && reading) void noteRefusal("geolocation", true);
  }, [problem]);
  const state = unused ? "unused" : choice === "never" ? "off" : device === "denied" || (reading && problem === "refused") ? "denied"
    : !choice || !device ? "starting" : !reading ? (rested ? "resting" : "ask") : fix ? "found" : problem;
  const judged = fix && place && rules ? judge(fix, place, rules.fence) : { verdict: fix ? "" : "manual", distance_m: null };
  return {
    ...judged, state, fix, rules, slow,
    allow: () => (setAgreed(true), noteRefusal("geolocation", false)),
    decline: () => (setRested(true), noteRefusal("geolocation", true)),
  };
}

/** Whether finding the position takes so long that saying the place should be offered. */
function useSlow(waiting) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    const timer = waiting && setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return slow;
}

/** The card with the live figures. @param {{here: ReturnType<typeof useHere>}} props */
export function HereCard({ here }) {
  if (here.state === "ask" || here.state === "resting") return html`<${AskForPosition} here=${here} />`;
  if (here.state !== "found") return html`<p class="here-note">${stateWords(here.state)}</p>`;
  if (here.distance_m === null && !here.verdict) { // there is no place to compare with
    return html`<p class="here-note">${gettext("Your position goes with it, ±{accuracy}.", { accuracy: metres(here.fix.accuracy_m) })}</p>`;
  }
  return html`
    <dl class="figures">
      <div><dt>${gettext("Distance")}</dt><dd>${metres(here.distance_m) || "–"}</dd></div>
      <div><dt>${gettext("Accuracy")}</dt><dd>±${metres(here.fix.accuracy_m)}</dd></div>
      <div><dt>${gettext("Position")}</dt><dd>${here.verdict ? html`<${Verdict} verdict=${here.verdict} />` : "–"}</dd></div>
    </dl>
    ${isApproximate(here.fix) && html`<p class="here-note">
      ${gettext("Only an approximate position is allowed on this phone. What you do is marked so; you can also say where you are.")}</p>`}
    ${here.verdict === "unusable" && !isApproximate(here.fix) && html`<p class="here-note">
      ${gettext("The position is too vague. Step outside or wait a moment; if it stays so, say where you are.")}</p>`}`;
}

/** Said in our own words before the system asks, with its purpose. */
const AskForPosition = ({ here }) => html`
  <div class="asking">
    <p>${gettext("With your position this act is checked against the place. It is read only while this page is open.")}</p>
    <div class="pair">
      <${Button} onClick=${here.decline} disabled=${here.state === "resting"}>${gettext("Not now")}<//>
      <${Button} icon="current-location" onClick=${here.allow}>${gettext("Use my position")}<//>
    </div>
  </div>`;

const stateWords = (state) => ({
  starting: gettext("One moment…"),
  searching: gettext("Finding your position…"),
  unavailable: gettext("No position can be found right now. You can say where you are instead."),
  denied: gettext("This phone does not give Qince its position. You can say where you are instead, or allow it in the phone's settings."),
  unused: gettext("Your organization does not use positions here. Say where you are; it is marked as manual."),
  off: gettext("You chose not to share your position. Say where you are instead; it is marked as manual."),
}[state]);

/** Without a usable position an act is still possible, by saying the place. */
export const maySay = ({ state, verdict, slow }) =>
  ["unused", "off", "denied", "unavailable", "ask", "resting"].includes(state) || slow || verdict === "unusable";

/** @param {string} said the place in words @returns {string} why the act must wait; "" when it can be done */
export function whyWait(here, said) {
  if (here.state === "starting") return gettext("One moment…");
  if (maySay(here)) return said.trim() ? "" : here.fix ? gettext("Waiting for a usable position") : gettext("Say where you are");
  return here.fix ? "" : gettext("Finding your position…");
}

/** The evidence of an act done here and now. */
export const proof = (here, said) => evidence(here.fix, maySay(here) ? said : "");

/** Shown only while it may be used. */
export const SaidPlace = ({ here, value, onChange }) => maySay(here) && html`
  <${Field} label=${gettext("Where are you?")} hint=${gettext("Kept with this act and marked as manual.")}>
    <input value=${value} maxlength="200" onInput=${(event) => onChange(event.target.value)}
      placeholder=${gettext("For example: at the entrance on Zhongshan Road")} /><//>`;
