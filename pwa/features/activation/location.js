/** Whether and when the position may be read; asked apart from everything else, and changeable at any time. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { recall } from "#kit/db";
import { keepSession } from "#kit/session";
import { consentAct, decide, LOCATION } from "#kit/consents";
import { mayAsk } from "#kit/prompts";
import { Button, Skeleton } from "#parts/basic";
import { Dots, LanguageSwitch } from "#features/activation/frame";

/** @returns {[string, string, string, string][]} code, title, what happens, what is lost */
export const locationOptions = () => [
  ["never", gettext("Never"), gettext("Your position is not read. You say where you are in words."),
    gettext("Lost: the automatic check against the store or work place. Your acts are marked as manual; everything else works.")],
  ["at_the_act", gettext("Only at the act"),
    gettext("Read while a clock-in, check-in, photo or check-out page is open, and kept with that act."),
    gettext("Lost: nothing that this version does.")],
  ["background", gettext("Also in the background"),
    gettext("As above, and also during working hours for functions your organization names, such as the day's trail."),
    gettext("This web app cannot read your position while it is closed, so for now it is the same as the choice above.")],
];

/** @param {import("#kit/consents").ConsentAct["circumstances"]} value @param {string} before the choice so far, "" for none */
export async function chooseLocation(value, before = "") {
  const order = ["never", "at_the_act", "background"];
  const narrower = before && before !== "never" && order.indexOf(value) < order.indexOf(before);
  const act = value === "never" ? (before && before !== "never" ? "withdrawn" : "declined") : narrower ? "narrowed" : "granted";
  await decide([consentAct(LOCATION, act, (await recall("notice_hash")) || "", value)]);
}

export const LocationOptions = ({ value, onChange }) => html`
  <div class="options" role="radiogroup" aria-label=${gettext("When may your position be read?")}>
    ${locationOptions().map(([code, title, what, lost]) => html`
      <label key=${code} class="option"><input type="radio" name="location" value=${code} checked=${value === code}
        onChange=${() => onChange(code)} />
        <span><b>${title}</b><span>${what}</span><small>${lost}</small></span></label>`)}
  </div>`;

export function LocationPage() {
  const [value, setValue] = useState("");
  const [asks, setAsks] = useState(false);
  const done = () => keepSession({ locationAsked: true });
  const finish = async () => {
    await chooseLocation(value);
    await done();
  };
  // Declined a short while ago, on whichever device: the app goes on without, and Me, Privacy is there to change it.
  useEffect(() => void mayAsk("geolocation").then((may) => (may ? setAsks(true) : done())), []);
  if (!asks) return html`<main class="entry"><${Skeleton} lines=${6} /></main>`;
  return html`
    <main class="entry">
      <div class="entry-top"><${Dots} at=${3} of=${4} /><${LanguageSwitch} /></div>
      <h1>${gettext("When may your position be read?")}</h1>
      <p class="quiet">${gettext("Your position is sensitive. Choose freely; you can change it at any time under Me, Privacy.")}</p>
      <${LocationOptions} value=${value} onChange=${setValue} />
      <footer class="foot"><${Button} kind="primary" class="wide" disabled=${!value} onClick=${finish}>${gettext("Continue")}<//></footer>
    </main>`;
}
