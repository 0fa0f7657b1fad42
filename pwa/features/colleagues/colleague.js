/** One colleague: how to reach them, as far as one's role and they themselves show it. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { Button, Card, Empty, Skeleton } from "#parts/basic";
import { Icon } from "#parts/icon";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";

export function ColleaguePage({ id }) {
  const [one, setOne] = useState(null);
  const [act, busy, error] = useAct();
  const load = () => act(async () => setOne(await call("GET", `/colleagues/${id}`)));
  useEffect(() => void load(), [id, language.value]);
  return html`
    <${Page} title=${one?.name || gettext("Colleague")} up="/colleagues">
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//><//>`}
      ${!one && !error && html`<${Skeleton} lines=${5} />`}
      ${one && html`<${Shown} one=${one} />`}
    <//>`;
}

function Shown({ one }) {
  const facts = [
    [gettext("Mobile"), one.mobile], [gettext("E-mail"), one.email], [gettext("Employee number"), one.number],
    [gettext("Departments"), one.departments.join("、")], [gettext("Leader"), one.leader], ...one.told,
  ].filter(([, value]) => value);
  return html`
    <${Card} class="profile">
      <span class="avatar">${[...one.name][0]}</span>
      <span class="row-text"><b>${one.name}</b><small>${one.position}</small></span>
    <//>
    ${(one.is_dialable || one.email) && html`<div class="pair">
      ${one.is_dialable && html`<a class="button primary" href=${`tel:${one.mobile.replace(/\s/g, "")}`}><${Icon} name="phone" /><span>${gettext("Call")}</span></a>`}
      ${one.email && html`<a class="button plain" href=${`mailto:${one.email}`}><${Icon} name="mail" /><span>${gettext("Write")}</span></a>`}</div>`}
    <${Card}><dl class="facts">${facts.map(([label, value]) => html`<div key=${label}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl><//>`;
}
