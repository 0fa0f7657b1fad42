/** A considerable change of the policy, before the next start: agree, or keep what was agreed to before. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { remember } from "#kit/db";
import { uuid7 } from "#kit/ids";
import { keepSession } from "#kit/session";
import { go } from "#kit/router";
import { Button, Empty, Skeleton } from "#parts/basic";
import { LanguageSwitch } from "#features/activation/frame";
import { useAct } from "#features/activation/act";

export function ChangePage({ release }) {
  const [change, setChange] = useState(undefined);
  const [act, busy, error] = useAct();
  const settle = () => keepSession({ answeredRelease: release });
  const load = () => act(async () => {
    const found = (await call("GET", "/policy-change")).change;
    if (found) setChange(found);
    else await settle();
  });
  useEffect(() => void load(), [language.value]);
  const answer = (agrees) => act(async () => {
    await call("POST", "/policy-change", { id: uuid7(), agrees, notice_hash: change.notice_hash });
    if (agrees) await remember("notice_hash", change.notice_hash);
    await settle();
  });
  return html`
    <main class="entry notice-page">
      <div class="entry-top"><span></span><${LanguageSwitch} /></div>
      <h1>${gettext("The privacy policy has changed")}</h1>
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//>
        <${Button} kind="quiet" onClick=${() => keepSession({ laterUntil: Date.now() + LATER_MS })}>${gettext("Decide later, with signal")}<//><//>`}
      ${!change && !error && html`<${Skeleton} lines=${8} />`}
      ${change && html`<${Text} change=${change} /><${Doors} change=${change} busy=${busy} onAnswer=${answer} />`}
    </main>`;
}

/** Without signal nobody is kept from work by a page that cannot be read. */
const LATER_MS = 3_600_000;

const Text = ({ change }) => html`
  <article class="legal" tabindex="0">
    <p class="quiet">${gettext("Release {number}, in force since {date}", { number: change.number, date: change.effective_on })}</p>
    ${change.notes && html`<p>${change.notes}</p>`}
    <section><h2>${gettext("Why it is a considerable change")}</h2>
      ${change.reasons.map((text, i) => html`<p class="item" key=${i}>${text}</p>`)}</section>
    ${change.parts.map(({ title, changes }, i) => html`
      <section key=${i}><h2>${title}</h2>${changes.map((each, at) => html`<${Difference} key=${at} ...${each} />`)}</section>`)}
    <p class="quiet">${change.needs_consent
      ? gettext("If you do not agree, you keep what you agreed to before: nothing you have is lost, and what is new stays closed for you.")
      : gettext("Nothing is asked of you beyond what you agreed to; please take note.")}</p>
  </article>`;

const Difference = ({ old, new: now }) => html`
  <p class="difference">${old && html`<del>${old}</del>`} ${now && html`<ins>${now}</ins>`}</p>`;

const Doors = ({ change, busy, onAnswer }) => html`
  <footer class="foot">
    <div class="pair even">
      <${Button} kind="door" busy=${busy} onClick=${() => onAnswer(false)}>
        ${change.needs_consent ? gettext("Keep what was") : gettext("I do not agree")}<//>
      <${Button} kind="door" busy=${busy} onClick=${() => onAnswer(true)}>${gettext("Agree")}<//>
    </div>
    <${Button} kind="quiet" class="wide" onClick=${() => keepSession({ laterUntil: Date.now() + LATER_MS }).then(() => go("/me/privacy"))}>
      ${gettext("I would rather leave: my data and my consents")}<//>
  </footer>`;
