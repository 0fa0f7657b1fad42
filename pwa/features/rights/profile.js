/** My personal information: all of it optional, each with who sees it; what the organization keeps becomes a request. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call, request } from "#kit/api";
import { Button, Card, Field, Notice, Row } from "#parts/basic";
import { toast } from "#parts/toast";
import { useAct } from "#features/activation/act";
import { Loaded } from "#features/rights/loading";

export const ProfilePage = () => html`
  <${Loaded} title=${gettext("My personal information")} up="/me" from="/profile"
    show=${(found, load) => html`<${Kept} kept=${found.locked} load=${load} />${found.offers_picture && html`<${Picture} found=${found} load=${load} />`}<${Own} found=${found} load=${load} />`} />`;

function Kept({ kept, load }) {
  const [mobile, setMobile] = useState(null);
  return html`
    <${Card} class="list">
      <${Row} icon="user" title=${kept.name} detail=${[kept.position, kept.number].filter(Boolean).join(" · ")} />
      <${Row} icon="phone" title=${gettext("Mobile")} detail=${kept.mobile} onClick=${() => setMobile("")} />
      <${Row} href="/me/rights/new/correct" icon="notes" title=${gettext("Ask for a correction")}
        detail=${gettext("Name, number, department are kept by the organization")} />
    <//>
    ${mobile !== null && html`<${NewMobile} load=${load} />`}`;
}

function NewMobile() {
  const [values, setValues] = useState({ mobile: "", code: "" });
  const [sent, setSent] = useState(false);
  const [act, busy, error] = useAct();
  const set = (name) => (event) => setValues({ ...values, [name]: event.target.value });
  const send = () => act(async () => {
    const answer = await call("POST", "/profile/mobile", sent ? values : { mobile: values.mobile });
    if (answer.sent) setSent(true);
    else toast(gettext("Changed. Sign in with the new number."));
  });
  return html`
    <${Card}>
      <${Field} label=${gettext("New mobile")} error=${error}><input type="tel" inputmode="tel" value=${values.mobile} disabled=${sent} onInput=${set("mobile")} /><//>
      ${sent && html`<${Field} label=${gettext("Code")}><input inputmode="numeric" maxlength="6" value=${values.code} onInput=${set("code")} /><//>`}
      <${Button} class="wide" busy=${busy} onClick=${send}>${sent ? gettext("Confirm") : gettext("Send a code")}<//>
    <//>`;
}

function Picture({ found, load }) {
  const [act, busy, error] = useAct();
  const take = (event) => act(async () => {
    const bytes = await event.target.files[0].arrayBuffer();
    await request("PUT", "/profile/picture", { bytes, headers: { "Content-Type": "application/octet-stream" } });
  }).then(load);
  const clear = () => act(() => call("DELETE", "/profile/picture")).then(load);
  return html`
    <${Card}>
      <${Field} label=${gettext("Picture")} error=${error}><input type="file" accept="image/jpeg,image/png,image/webp" onChange=${take} /><//>
      ${found.has_picture && html`<${Button} busy=${busy} onClick=${clear}>${gettext("Remove the picture")}<//>`}
      <${SeenBy} name="picture" held=${found.picture_visibility} found=${found} load=${load} />
    <//>`;
}

function SeenBy({ name, held, found, load }) {
  const [act] = useAct();
  const choose = (event) => act(() => call("PUT", "/profile", { visibility: { [name]: event.target.value } })).then(load);
  return html`<label class="seen"><span>${gettext("Seen by")}</span><select value=${held} onChange=${choose}>
    ${found.visibilities.map(([code, words]) => html`<option key=${code} value=${code}>${words}</option>`)}</select></label>`;
}

function Own({ found, load }) {
  const [values, setValues] = useState({});
  const [act, busy, error] = useAct();
  const set = (name) => (event) => setValues({ ...values, [name]: event.target.value });
  const save = () => act(async () => {
    await call("PUT", "/profile", { values });
    setValues({});
    toast(gettext("Changed"));
  }).then(load);
  return html`
    <${Notice}>${gettext("All of it is up to you. An empty field is gone for everybody.")}<//>
    <${Card}>
      ${found.fields.map((each) => html`
        <div key=${each.name} class="told"><${Field} label=${each.label}><${Entry} each=${each} value=${values[each.name] ?? each.value} onInput=${set(each.name)} /><//>
          <${SeenBy} name=${each.name} held=${each.visibility} found=${found} load=${load} /></div>`)}
      ${error && html`<${Notice} tone="bad">${error}<//>`}
      <${Button} class="wide" kind="primary" busy=${busy} disabled=${!Object.keys(values).length} onClick=${save}>${gettext("Save")}<//>
    <//>`;
}

function Entry({ each, value, onInput }) {
  if (each.choices.length) {
    return html`<select value=${value} onChange=${onInput}><option value="">—</option>${each.choices.map(([code, words]) => html`<option key=${code} value=${code}>${words}</option>`)}</select>`;
  }
  return html`<input type=${each.name === "birthday" ? "date" : "text"} maxlength=${each.max_length} value=${value} onInput=${onInput} />`;
}
