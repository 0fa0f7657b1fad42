/** One request: what is asked, what I can do about it, the way so far and what is still to come. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { when } from "#kit/format";
import { Button, Card, Empty, Notice, Pill, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";
import { Decide } from "#features/approvals/decide";
import { TONES } from "#features/approvals/tones";

export function RequestPage({ id }) {
  const [one, setOne] = useState(null);
  const [act, busy, error] = useAct();
  const load = () => act(async () => setOne(await call("GET", `/approvals/${id}`)));
  useEffect(() => void load(), [id, language.value]);
  return html`
    <${Page} title=${one?.kind || gettext("Request")} up="/approvals">
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//><//>`}
      ${!one && !error && html`<${Skeleton} lines=${6} />`}
      ${one && html`<${Shown} one=${one} onChange=${setOne} reload=${load} />`}
    <//>`;
}

const Shown = ({ one, onChange, reload }) => html`
  <${Card}>
    <div class="spread"><b>${one.applicant}</b><${Pill} tone=${TONES[one.state]}>${one.state_words}<//></div>
    ${one.title && html`<p>${one.title}</p>`}
    <p class="quiet">${one.number} · ${when(one.at)}</p>
    <dl class="facts">${one.summary.map(([label, value]) => html`<div key=${label}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
  <//>
  <${Decide} key=${one.task || one.state} one=${one} onChange=${onChange} reload=${reload} />
  ${one.remarks.length > 0 && html`<${Card}><b>${gettext("Remarks")}</b>
    ${one.remarks.map((each) => html`<p key=${each.at}><b>${each.name}</b> <small>${when(each.at)}</small><br />${each.text}</p>`)}<//>`}
  <${Card}><b>${gettext("The way")}</b><ol class="way">${[...one.way, ...one.coming].map((step, index) => html`<${Step} key=${index} step=${step} />`)}</ol><//>`;

const Step = ({ step }) => html`
  <li class="is-${step.state}">
    <b>${step.name}</b>${(step.mode || step.why) && html` <small>${[step.mode, step.why].filter(Boolean).join(" · ")}</small>`}
    ${step.parts.map((part) => html`<div class="spread" key=${part.name + part.at}>
      <span>${part.name}${part.for_name && html` <small>${gettext("for {name}", { name: part.for_name })}</small>`}
        ${part.at && html` <small>${when(part.at)}</small>`}${part.place && html` <small>${part.place}</small>`}${part.comment && html`<br /><span class="quiet">${part.comment}</span>`}</span>
      <${Pill} tone=${TONES[part.state]}>${part.words}<//></div>`)}
    ${step.people.length > 0 && html`<small>${step.people.join("、")}</small>`}
  </li>`;
