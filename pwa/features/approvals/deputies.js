/** Who decides in my place while I am away: named for a period, ended when I am back. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { moment } from "#kit/format";
import { Button, Card, Empty, Field, Notice, Pill, Row, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { useAct } from "#features/activation/act";
import { Colleagues } from "#features/approvals/colleagues";

export function DeputiesPage() {
  const [found, setFound] = useState(null);
  const [open, setOpen] = useState(false);
  const [act, busy, error] = useAct();
  const load = () => act(async () => setFound(await call("GET", "/deputies")));
  useEffect(() => void load(), [language.value]);
  const name = (wish) => act(async () => {
    setFound(await call("POST", "/deputies", wish));
    setOpen(false);
    toast(gettext("Your deputy is named"));
  });
  const end = (id) => act(async () => setFound(await call("DELETE", `/deputies/${id}`)));
  return html`
    <${Page} title=${gettext("Deputies")} up="/me/settings">
      ${error && !found && html`<${Empty} icon="cloud-off" title=${error}><${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//><//>`}
      ${error && found && html`<${Notice} tone="bad">${error}<//>`}
      ${!found && !error && html`<${Skeleton} lines=${4} />`}
      ${found && (open ? html`<${NewDeputy} kinds=${found.kinds} busy=${busy} onName=${name} onBack=${() => setOpen(false)} />`
        : html`<${Button} class="wide dashed" icon="plus" onClick=${() => setOpen(true)}>${gettext("Name a deputy")}<//>`)}
      ${found && !found.deputies.length && !open && html`<${Card}><${Empty} icon="users" title=${gettext("Away for some days? Name who decides in your place meanwhile.")} /><//>`}
      ${found?.deputies.length > 0 && html`<${Card} class="list">${found.deputies.map((each) => html`<${Line} key=${each.id} each=${each} busy=${busy} onEnd=${end} />`)}<//>`}
    <//>`;
}

const Line = ({ each, busy, onEnd }) => html`
  <${Row} icon="user" title=${each.name} detail=${[`${moment(each.starts_at)} – ${moment(each.ends_at)}`, each.kinds.join("、")].filter(Boolean).join(" · ")}>
    ${each.is_over ? html`<${Pill}>${gettext("Over")}<//>` : html`<${Button} busy=${busy} onClick=${() => onEnd(each.id)}>${gettext("End now")}<//>`}<//>`;

/** Whole days: from the first one's morning until the last one's night, as this phone counts them. */
function NewDeputy({ kinds, busy, onName, onBack }) {
  const [people, setPeople] = useState([]);
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [chosen, setChosen] = useState([]);
  const isReady = people.length && first && last && first <= last;
  const toggle = (code) => setChosen(chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code]);
  const send = () => onName({
    to: people[0][0], starts_at: new Date(`${first}T00:00`).toISOString(), ends_at: new Date(`${last}T23:59:59`).toISOString(), kinds: chosen,
  });
  return html`
    <${Card}>
      <${Colleagues} label=${gettext("Who decides in your place")} most=${1} value=${people} onChange=${setPeople} />
      <div class="pair">
        <${Field} label=${gettext("From")}><input type="date" value=${first} onChange=${(event) => setFirst(event.target.value)} /><//>
        <${Field} label=${gettext("Until")}><input type="date" min=${first} value=${last} onChange=${(event) => setLast(event.target.value)} /><//>
      </div>
      <p class="quiet">${gettext("Only for (none ticked: every kind of request)")}</p>
      ${kinds.map(([code, name]) => html`<label class="check" key=${code}><input type="checkbox" checked=${chosen.includes(code)} onChange=${() => toggle(code)} /><span>${name}</span></label>`)}
      <div class="pair"><${Button} onClick=${onBack}>${gettext("Back")}<//>
        <${Button} kind="primary" busy=${busy} disabled=${!isReady} onClick=${send}>${gettext("Name a deputy")}<//></div>
    <//>`;
}
