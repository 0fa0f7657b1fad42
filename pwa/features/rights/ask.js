/** Asking for something about my data: one short form for every kind, and feedback. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { recall } from "#kit/db";
import { go } from "#kit/router";
import { Button, Card, Field, Notice } from "#parts/basic";
import { toast } from "#parts/toast";
import { useAct } from "#features/activation/act";
import { Loaded } from "#features/rights/loading";

/** `id`: the kind that was chosen on the page before. */
export const AskPage = ({ id: kind }) => html`
  <${Loaded} title=${gettext("New request")} show=${(found) => html`<${Ask} kind=${kind} found=${found} />`} />`;

const NOTES = {
  delete: () => gettext("Work records belong to your organization: its administrator is asked first, for at most seven days. Then the privacy officer decides. Business totals stay, without your name."),
  cancel: () => gettext("Your administrator is asked first, for at most seven days. Then the privacy officer decides. Afterwards you cannot sign in any more."),
  copy: () => gettext("You get everything declared about you as a readable page, JSON and files."),
};

function Ask({ kind, found }) {
  const [values, setValues] = useState({ details: "", ground: "", ground_text: "", is_operator_data: false });
  const [diagnostics, setDiagnostics] = useState(false);
  const [id] = useState(() => crypto.randomUUID());
  const [act, busy, error] = useAct();
  const set = (name) => (event) => setValues({ ...values, [name]: event.target.type === "checkbox" ? event.target.checked : event.target.value });
  const send = () => act(async () => {
    const made = await call("POST", "/rights/cases", { id, kind, ...values });
    if (diagnostics) {
      const hash = (await recall("notice_hash")) || "";
      await call("POST", `/rights/cases/${made.id}/diagnostics`, { ...device(), notice_hash: hash });
    }
    toast(gettext("Your request has the number {number}", { number: made.number }));
    go(`/me/rights/case/${made.id}`, { replace: true });
  });
  const title = found.kinds.find(([code]) => code === kind)?.[1] || "";
  return html`
    <${Card}>
      <b>${title}</b>
      ${NOTES[kind] && html`<${Notice}>${NOTES[kind]()}<//>`}
      ${kind === "delete" && html`
        <${Field} label=${gettext("Ground")}><select value=${values.ground} onChange=${set("ground")}>
          <option value="">—</option>${found.grounds.map(([code, words]) => html`<option key=${code} value=${code}>${words}</option>`)}</select><//>
        ${values.ground && html`<${Field} label=${gettext("Ground, explained")}><input maxlength="500" value=${values.ground_text} onInput=${set("ground_text")} /><//>`}
        <label class="check"><input type="checkbox" checked=${values.is_operator_data} onChange=${set("is_operator_data")} />
          <span>${gettext("Only what the operator keeps of me: agreements and devices")}</span></label>`}
      <${Field} label=${gettext("In your words")}><textarea rows="5" maxlength="4000" value=${values.details} onInput=${set("details")} /><//>
      ${kind === "support" && html`<label class="check"><input type="checkbox" checked=${diagnostics} onChange=${(event) => setDiagnostics(event.target.checked)} />
        <span>${gettext("Hand over device model, system and settings for this request only; they are removed when it is closed")}</span></label>`}
      ${error && html`<${Notice} tone="bad">${error}<//>`}
      <${Button} class="wide" kind="primary" busy=${busy} onClick=${send}>${gettext("Send")}<//>
    <//>`;
}

/** Only what the browser says of itself anyway; asked for by the person, for one case. */
const device = () => ({
  model: (navigator.userAgent.match(/\(([^)]*)\)/) || ["", ""])[1].slice(0, 80),
  system: navigator.platform.slice(0, 80),
  settings: { language: navigator.language, screen: `${screen.width}×${screen.height}` },
});

export function FeedbackPage() {
  const [details, setDetails] = useState("");
  const [contact, setContact] = useState(false);
  const [id] = useState(() => crypto.randomUUID());
  const [act, busy, error] = useAct();
  const [number, setNumber] = useState("");
  const send = () => act(async () => setNumber((await call("POST", "/feedback", { id, details, with_contact: contact })).number));
  return html`<${Loaded} title=${gettext("Feedback")} up="/me/about" from="/support" show=${() => html`
    ${number ? html`<${Notice} tone="good" icon="check">${gettext("Thank you. Number: {number}", { number })}<//>` : html`<${Card}>
      <${Field} label=${gettext("What do you want to tell us?")} error=${error}><textarea rows="5" maxlength="4000" value=${details} onInput=${(event) => setDetails(event.target.value)} /><//>
      <label class="check"><input type="checkbox" checked=${contact} onChange=${(event) => setContact(event.target.checked)} />
        <span>${gettext("Answer me: send my name with it. Otherwise it is anonymous.")}</span></label>
      <${Button} class="wide" kind="primary" busy=${busy} disabled=${!details.trim()} onClick=${send}>${gettext("Send")}<//><//>`}`} />`;
}
