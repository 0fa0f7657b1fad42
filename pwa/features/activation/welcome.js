/** The way in, one question a page: notice, mobile number, code, organization. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { session } from "#kit/session";
import { Button, Empty, Notice } from "#parts/basic";
import { Dots, LanguageSwitch } from "#features/activation/frame";
import { agreement, enter, entry } from "#features/activation/flow";
import { NoticePage } from "#features/activation/notice";
import { MobileStep } from "#features/activation/mobile";
import { CodeStep } from "#features/activation/code";
import { useAct } from "#features/activation/act";

export function ActivationPage() {
  const { mobile, ticket, organizations, unconfirmed } = entry.value;
  // Someone signed out here has agreed before; the server asks again if the notice has changed since.
  if (!agreement.value && !session.value) return html`<${NoticePage} />`;
  if (unconfirmed) return html`<${Frame} step=${3}><${Unconfirmed} /><//>`;
  if (ticket && organizations.length !== 1) return html`<${Frame} step=${3}><${Organizations} list=${organizations} /><//>`;
  if (mobile) return html`<${Frame} step=${2}><${CodeStep} /><//>`;
  return html`<${Frame} step=${1}><${MobileStep} /><//>`;
}

const Frame = ({ step, children }) => html`
  <main class="entry">
    <div class="entry-top"><${Dots} at=${step} of=${4} /><${LanguageSwitch} /></div>
    ${children}
  </main>`;

function Organizations({ list }) {
  const [act, busy, error] = useAct();
  if (!list.length) {
    return html`<${Empty} icon="briefcase" title=${gettext("No organization knows this number")}>
      <p>${gettext("Ask your administrator to add your mobile number, then try again.")}</p><//>`;
  }
  return html`
    <h1>${gettext("Which organization?")}</h1>
    ${error && html`<${Notice} tone="bad" icon="alert-triangle">${error}<//>`}
    <div class="stack">${list.map(({ id, name }) => html`
      <${Button} key=${id} class="wide" icon="briefcase" busy=${busy} onClick=${() => act(() => enter(id))}>${name}<//>`)}</div>`;
}

function Unconfirmed() {
  const [act, busy, error] = useAct();
  return html`
    <${Empty} icon="device-mobile" title=${gettext("Confirm this phone")}>
      <p>${gettext("This phone is new to your account. Confirm it on the phone you used before, or ask your administrator.")}</p>
      ${error && html`<${Notice} tone="bad" icon="alert-triangle">${error}<//>`}
      <${Button} kind="primary" busy=${busy} onClick=${() => act(() => enter(entry.value.unconfirmed))}>${gettext("Check again")}<//>
    <//>`;
}
