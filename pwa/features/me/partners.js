/** Each recipient asks for itself: who it is, what it would get, its own terms; agreeing to one opens no other. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { consentAct } from "#kit/consents";
import { moment } from "#kit/format";
import { Button, Card, Empty, Notice, Pill, Skeleton } from "#parts/basic";
import { ask } from "#parts/dialog";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { useAct } from "#features/activation/act";

export function PartnersPage() {
  const [partners, setPartners] = useState(null);
  const [act, busy, error] = useAct();
  const load = () => act(async () => setPartners((await call("GET", "/partners")).partners));
  useEffect(() => void load(), [language.value]);
  const decide = (partner, question, kind) => act(async () => {
    await call("POST", "/consents", consentAct(question.code, kind, kind === "granted" ? partner.text_hash : ""));
    toast(gettext("Changed"));
  }).then(load);
  const unbind = (partner) => act(() => call("DELETE", `/partners/${partner.id}/binding`)).then(load);
  return html`
    <${Page} title=${gettext("Partners and apps")} up="/me/privacy">
      <${Notice} icon="shield-lock">${gettext("Nothing goes to any of them before you agree here. Declining one changes nothing with the others.")}<//>
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//><//>`}
      ${!partners && !error && html`<${Skeleton} lines=${6} />`}
      ${partners && !partners.length && html`<${Empty} icon="users" title=${gettext("Your organization shares with nobody")} />`}
      ${partners?.map((partner) => html`<${Partner} key=${partner.id} partner=${partner} busy=${busy} onDecide=${decide} onUnbind=${unbind} />`)}
    <//>`;
}

const Partner = ({ partner, busy, onDecide, onUnbind }) => {
  const { text, questions, binding } = partner;
  return html`
    <${Card} class="purpose">
      <div class="spread"><b>${text.company}</b><${Pill} tone="wait">${text.kind}<//></div>
      <p class="quiet">${text.third_party}</p>
      <p>${questions[0].why}</p>
      <p>${gettext("It would get:")} ${text.data.map(({ name, sensitive }, i) => html`${i ? gettext(", ") : ""}${sensitive ? html`<b>${name}</b>` : name}`)}</p>
      ${text.receives.length > 0 && html`<p>${gettext("It would tell us:")} ${text.receives.join(gettext(", "))}</p>`}
      <p class="quiet">${gettext("Country: {country}", { country: text.country })}</p>
      <${Links} text=${text} />
      ${questions.map((question) => html`<${Question} key=${question.code} question=${question} busy=${busy}
        onDecide=${(kind) => onDecide(partner, question, kind)} />`)}
      ${binding && html`<p>${gettext("Bound account: {name}", { name: binding.account_name || binding.nickname || "" })}</p>
        <${Button} class="wide" busy=${busy} onClick=${() => onUnbind(partner)}>${gettext("Unbind and erase it")}<//>`}
    <//>`;
};

const Links = ({ text }) => html`
  <p>${[[gettext("Its features"), text.features], [`${gettext("Its terms")} ${text.terms.version}`, text.terms.url], [gettext("Its privacy rules"), text.privacy]]
    .filter(([, url]) => url).map(([label, url], i) => html`${i ? " · " : ""}<a href=${url} target="_blank" rel="noreferrer noopener">${label}</a>`)}</p>`;

function Question({ question, busy, onDecide }) {
  const granted = question.state === "granted";
  const change = async () => {
    if (granted) return onDecide("withdrawn");
    const answer = await ask({
      title: question.title, text: [question.explanation, question.if_refused].filter(Boolean).join(" "),
      choices: [["declined", gettext("Decline")], ["granted", gettext("Agree")]],
    });
    if (answer) await onDecide(answer);
  };
  return html`
    <p>${question.kind === "sensitive" ? html`<b>${question.title}</b>` : question.title}</p>
    <p><${Stand} question=${question} /></p>
    <${Button} class="wide" busy=${busy} onClick=${change}>${granted ? gettext("Take back") : gettext("Read and decide")}<//>`;
}

function Stand({ question: { state, at } }) {
  if (state === "granted") return html`<${Pill} tone="good" icon="check">${gettext("Agreed")} ${at && moment(at)}<//>`;
  if (state === "withdrawn") return html`<${Pill} tone="wait">${gettext("Taken back")}<//>`;
  return html`<${Pill}>${state === "declined" ? gettext("Declined") : gettext("Not asked")}<//>`;
}
