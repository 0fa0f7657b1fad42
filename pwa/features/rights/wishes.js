/** What I decide beforehand: my data after my death, and what may be pushed to me. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { moment } from "#kit/format";
import { Button, Card, Choice, Field, Notice } from "#parts/basic";
import { toast } from "#parts/toast";
import { useAct } from "#features/activation/act";
import { Loaded } from "#features/rights/loading";

export const LegacyPage = () => html`
  <${Loaded} title=${gettext("Digital legacy")} show=${(found, load) => html`<${Legacy} key=${found.legacy?.made_at} found=${found} load=${load} />`} />`;

function Legacy({ found, load }) {
  const [values, setValues] = useState(found.legacy || { wish: "", trusted_name: "", trusted_contact: "", note: "", is_on_paper: false });
  const [act, busy, error] = useAct();
  const set = (name) => (event) => setValues({ ...values, [name]: event.target.value });
  const put = (wish) => act(async () => {
    const { note, is_on_paper } = values;
    const named = wish === "give" ? { trusted_name: values.trusted_name, trusted_contact: values.trusted_contact, attested: Boolean(values.attested) } : {};
    await call("PUT", "/rights/legacy", { wish, note, is_on_paper, ...named });
    toast(gettext("Changed"));
  }).then(load);
  return html`
    <${Notice}>${gettext("Say what shall become of your data after your death. Without it close relatives may ask for what the law gives them. You can change or take it back at any time.")}<//>
    ${found.legacy && html`<p class="quiet">${gettext("Decided {when}", { when: moment(found.legacy.made_at) })}</p>`}
    <${Card}>
      <${Field} label=${gettext("After my death")}><select value=${values.wish} onChange=${set("wish")}>
        <option value="">—</option>${found.wishes.map(([code, words]) => html`<option key=${code} value=${code}>${words}</option>`)}</select><//>
      ${values.wish === "give" && html`
        <${Field} label=${gettext("Person named")}><input maxlength="60" value=${values.trusted_name} onInput=${set("trusted_name")} /><//>
        <${Field} label=${gettext("How to reach them")}><input maxlength="120" value=${values.trusted_contact} onInput=${set("trusted_contact")} /><//>
        <label class="tick"><input type="checkbox" checked=${Boolean(values.attested)} onChange=${(event) => setValues({ ...values, attested: event.target.checked })} />
          <span>${gettext("The person named here knows that I name them, and has agreed to it.")}</span></label>`}
      <${Field} label=${gettext("Further wishes")} error=${error}><textarea rows="3" maxlength="1000" value=${values.note} onInput=${set("note")} /><//>
      <${Button} class="wide" kind="primary" busy=${busy} disabled=${!values.wish} onClick=${() => put(values.wish)}>${gettext("Save")}<//>
      ${found.legacy && html`<${Button} class="wide" busy=${busy} onClick=${() => put("")}>${gettext("Take back")}<//>`}
    <//>`;
}

export const PushedPage = () => html`
  <${Loaded} title=${gettext("Pushed information")} show=${(found, load) => html`<${Pushed} found=${found} load=${load} />`} />`;

function Pushed({ found, load }) {
  const [act, , error] = useAct();
  const choose = (pushed) => act(() => call("PUT", "/rights/pushed", { pushed })).then(load);
  return html`
    <${Notice}>${gettext("Messages about your work always come. This is about everything else.")}<//>
    <${Choice} label=${gettext("Pushed information")} value=${found.pushed} onChange=${choose} options=${found.pushed_choices} />
    ${error && html`<${Notice} tone="bad">${error}<//>`}`;
}
