/** Every purpose with where I stand on it, and the same ease to take back as to give. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db, recall } from "#kit/db";
import { moment } from "#kit/format";
import { useLive } from "#kit/live";
import { consentAct, decide, LOCATION } from "#kit/consents";
import { Button, Card, Empty, Notice, Pill, Row } from "#parts/basic";
import { ask } from "#parts/dialog";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { AskedAnew } from "#features/me/anew";
import { KindPill } from "#features/activation/documents";
import { chooseLocation, LocationOptions } from "#features/activation/location";

const REQUIRED = ["basic", "capacity"];
const ORDER = ["sensitive", "additional", "basic"];

/** What can be changed comes first. */
const ordered = async () =>
  (await db.purposes.toArray()).sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));

export function PrivacyPage() {
  const purposes = useLive(ordered, []);
  return html`
    <${Page} title=${gettext("Privacy")} up="/me/settings">
      <${Notice} icon="shield-lock">${gettext("Taking back works at once, here and on the server. Records made before stay lawful and stay.")}<//>
      <${AskedAnew} />
      <${MyData} />
      ${purposes && !purposes.length && html`<${Empty} icon="shield-lock" title=${gettext("Comes with the next sync")} />`}
      ${purposes?.filter(({ title }) => title).map((purpose) => html`<${Purpose} key=${purpose.id} purpose=${purpose} />`)}
      <${Card} class="list"><${Row} href="/me/privacy/partners" icon="users" title=${gettext("Partners and apps")}
        detail=${gettext("Who may get something about me, each asked apart")} />
        <${Row} href="/me/privacy/shared" icon="cloud-upload" title=${gettext("What was shared about me")} /><//>
      <${Card} class="list"><${Row} href="/me/notice" icon="notes" title=${gettext("Read the privacy notice")} /><//>
    <//>`;
}

const MyData = () => html`
  <${Card} class="list">
    <${Row} href="/me/rights" icon="message" title=${gettext("My cases")} detail=${gettext("What I asked for, and how far it is")} />
    <${Row} href="/me/rights/data" icon="eye" title=${gettext("My data")} detail=${gettext("See, correct, complete, copy")} />
    <${Row} href="/me/rights/copies" icon="database" title=${gettext("Copies of my data")} />
    <${Row} href="/me/rights/new/delete" icon="trash" title=${gettext("Delete data")} />
    <${Row} href="/me/rights/new/cancel" icon="user-off" title=${gettext("Cancel the account")} />
    <${Row} href="/me/rights/decisions" icon="help" title=${gettext("Machine decisions about me")}
      detail=${gettext("Explain, refuse, appeal")} />
    <${Row} href="/me/rights/told" icon="users" title=${gettext("Who was told, and who looked")} />
    <${Row} href="/me/rights/legacy" icon="notes" title=${gettext("Digital legacy")} />
    <${Row} href="/me/rights/pushed" icon="bell" title=${gettext("Pushed information")} />
  <//>`;

const Purpose = ({ purpose }) => html`
  <${Card} class="purpose">
    <div class="spread"><b>${purpose.title}</b><${Stand} purpose=${purpose} /></div>
    <p><${KindPill} kind=${purpose.kind} /></p>
    <p>${purpose.explanation}</p>
    ${purpose.if_refused && html`<p class="quiet">${gettext("If you refuse:")} ${purpose.if_refused}</p>`}
    ${purpose.at && html`<p class="quiet">${gettext("Decided {when}", { when: moment(purpose.at) })}</p>`}
    ${purpose.id === LOCATION ? html`<${Location} purpose=${purpose} />`
      : !REQUIRED.includes(purpose.id) && html`<${Switch} purpose=${purpose} />`}
  <//>`;

function Stand({ purpose: { state } }) {
  if (isGranted({ state })) return html`<${Pill} tone="good" icon="check">${gettext("Agreed")}<//>`;
  if (state === "withdrawn") return html`<${Pill} tone="wait">${gettext("Taken back")}<//>`;
  return html`<${Pill}>${state === "declined" ? gettext("Declined") : gettext("Not asked")}<//>`;
}

const isGranted = ({ state }) => state === "granted" || state === "narrowed";

function Location({ purpose }) {
  const value = isGranted(purpose) ? purpose.circumstances || "at_the_act" : "never";
  const change = async (next) => {
    await chooseLocation(next, value);
    toast(gettext("Changed"));
  };
  return html`<${LocationOptions} value=${value} onChange=${change} />`;
}

function Switch({ purpose }) {
  const granted = isGranted(purpose);
  const change = async () => {
    if (!granted && (await confirmed(purpose)) !== "agree") return;
    await decide([consentAct(purpose.id, granted ? "withdrawn" : "granted", (await recall("notice_hash")) || "")]);
    toast(gettext("Changed"));
  };
  return html`<${Button} class="wide" onClick=${change}>${granted ? gettext("Take back") : gettext("Agree")}<//>`;
}

const confirmed = ({ title, explanation }) => ask({
  title, text: explanation, choices: [["no", gettext("Decline")], ["agree", gettext("Agree")]],
});
