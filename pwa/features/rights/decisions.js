/** What a machine decided about me, in plain words; explaining, refusing, appealing. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { moment } from "#kit/format";
import { go } from "#kit/router";
import { Button, Card, Empty, Field, Notice, Pill, Row } from "#parts/basic";
import { useAct } from "#features/activation/act";
import { Loaded } from "#features/rights/loading";

export const DecisionsPage = () => html`
  <${Loaded} title=${gettext("Machine decisions about me")} show=${({ decisions }) => (decisions.length ? html`<${Card} class="list">${decisions.map((one) => html`
    <${Row} key=${one.id} href=${`/me/rights/decision/${one.code}/${one.id}`} icon="help" title=${one.about} detail=${`${one.title} · ${moment(one.at)}`}><${Pill}>${one.result}<//><//>`)}<//>`
    : html`<${Empty} icon="check" title=${gettext("No machine has decided about you")} />`)} />`;

export const DecisionPage = ({ code, id }) => html`
  <${Loaded} title=${gettext("How it was decided")} up="/me/rights/decisions" from=${`/rights/decisions/${code}/${id}`}
    show=${(told) => html`<${Told} told=${told} code=${code} id=${id} />`} />`;

function Told({ told, code, id }) {
  const [details, setDetails] = useState("");
  const [act, busy, error] = useAct();
  const send = (kind) => () => act(async () => {
    const made = await call("POST", "/rights/cases", { id: crypto.randomUUID(), kind, details, decision: code, decision_id: id });
    go(`/me/rights/case/${made.id}`);
  });
  return html`
    <${Card}>
      <div class="spread"><b>${told.about}</b><${Pill}>${told.result}<//></div>
      ${told.review && html`<p><${Pill} tone="wait">${told.review.words}<//> ${told.review.text}</p>`}
      <p>${told.logic}</p>
      <dl class="facts">${told.inputs.map(([label, value]) => html`<div key=${label}><dt>${label}</dt><dd>${value}</dd></div>`)}
        <div><dt>${gettext("Version of the rule")}</dt><dd>${told.version}</dd></div></dl>
      <p>${told.consequence}</p>
      ${told.protected && html`<p class="quiet">${gettext("Left out:")} ${told.protected}</p>`}
    <//>
    <${Card}>
      <${Field} label=${gettext("In your words")} error=${error}><textarea rows="3" maxlength="4000" value=${details} onInput=${(event) => setDetails(event.target.value)} /><//>
      <${Button} class="wide" busy=${busy} onClick=${send("explain")}>${gettext("Have it explained by a person")}<//>
      <${Button} class="wide" kind="primary" busy=${busy} onClick=${send("object")}>${gettext("Refuse it: a person shall decide")}<//>
      <${Notice}>${gettext("If you refuse it, the result rests until a person has decided. You can appeal against that too; then somebody else decides.")}<//>
    <//>`;
}
