/** The way in, one question a page: notice, mobile number, code, organization. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { go } from "#kit/router";
import { session } from "#kit/session";
import { Button, Empty, Field, Notice } from "#parts/basic";
import { ask } from "#parts/dialog";
import { Dots, LanguageSwitch } from "#features/activation/frame";
import { agreement, enter, entry, started, stopHere } from "#features/activation/flow";
import { NoticePage } from "#features/activation/notice";
import { MobileStep } from "#features/activation/mobile";
import { CodeStep } from "#features/activation/code";
import { useAct } from "#features/activation/act";

export function ActivationPage() {
  const [ready, setReady] = useState(false);
  useEffect(() => void started.then(() => setReady(true)), []);
  if (!ready) return null;
  const { mobile, ticket, organizations, authenticator, unconfirmed } = entry.value;
  // Someone signed out here has agreed before; the server asks again if the notice has changed since.
  if (!agreement.value && !session.value) return html`<${NoticePage} />`;
  if (unconfirmed) return html`<${Frame} step=${3}><${Unconfirmed} /><//>`;
  if (ticket && (organizations.length !== 1 || authenticator)) return html`<${Frame} step=${3}><${Organizations} list=${organizations} asks=${authenticator} /><//>`;
  if (mobile) return html`<${Frame} step=${2}><${CodeStep} /><//>`;
  return html`<${Frame} step=${1}><${MobileStep} /><//>`;
}

const Frame = ({ step, children }) => html`
  <main class="entry">
    <div class="entry-top">${session.value ? html`<${BackToWork} />` : html`<${Dots} at=${step} of=${4} />`}<${LanguageSwitch} /></div>
    ${session.value && html`<${Notice}>${gettext("Sign in as {name} to send what is kept on this phone.", { name: session.value.me.name })}<//>`}
    ${children}
    ${!session.value && html`<${Stop} />`}
  </main>`;

/** The conditions are not met, or the person has changed their mind: nothing stays behind. */
function Stop() {
  const [act, busy, error] = useAct();
  const stop = async () => {
    const answer = await ask({
      title: gettext("Stop here?"), text: gettext("Your number, the code and this phone are forgotten. Your administrator sees that you stopped; their own entry about you stays."),
      choices: [["stay", gettext("Go on")], ["stop", gettext("Stop here"), "danger"]],
    });
    if (answer === "stop") await act(stopHere);
  };
  return html`
    ${error && html`<${Notice} tone="bad">${error}<//>`}
    <${Button} kind="quiet" class="wide" busy=${busy} onClick=${stop}>${gettext("Stop here")}<//>`;
}

const BackToWork = () => html`<${Button} kind="quiet" icon="chevron-left" onClick=${() => go("/")}>${gettext("Back")}<//>`;

function Organizations({ list, asks }) {
  const [act, busy, error] = useAct();
  const [code, setCode] = useState("");
  if (!list.length) {
    return html`<${Empty} icon="briefcase" title=${gettext("No organization knows this number")}>
      <p>${gettext("Ask your administrator to add your mobile number, then try again.")}</p><//>`;
  }
  return html`
    <h1>${gettext("Which organization?")}</h1>
    ${error && html`<${Notice} tone="bad" icon="alert-triangle">${error}<//>`}
    ${asks && html`<${Field} label=${gettext("Code of your authenticator app")}>
      <input class="code" inputmode="numeric" autocomplete="off" maxlength="8" value=${code}
        onInput=${(event) => setCode(event.target.value)} /><//>`}
    <div class="stack">${list.map(({ id, name }) => html`
      <${Button} key=${id} class="wide" icon="briefcase" busy=${busy} disabled=${asks && code.length < 6}
        onClick=${() => act(() => enter(id, code))}>${name}<//>`)}</div>`;
}

/** A code of the authenticator app serves once, so it is asked for again. */
async function again() {
  const { authenticator, unconfirmed } = entry.value;
  if (authenticator) entry.value = { ...entry.value, unconfirmed: null };
  else await enter(unconfirmed);
}

function Unconfirmed() {
  const [act, busy, error] = useAct();
  return html`
    <${Empty} icon="device-mobile" title=${gettext("Confirm this phone")}>
      <p>${gettext("This phone is new to your account. Confirm it on the phone you used before, or ask your administrator.")}</p>
      ${error && html`<${Notice} tone="bad" icon="alert-triangle">${error}<//>`}
      <${Button} kind="primary" busy=${busy} onClick=${() => act(again)}>${gettext("Check again")}<//>
    <//>`;
}
