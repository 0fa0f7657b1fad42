// The designer as a whole: bar, outline, editor, preview.
import { render } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { Editor } from "qince/forms/editor";
import { Outline, Palette } from "qince/forms/outline";
import { Preview } from "qince/forms/preview";
import { Keeper, page, publish } from "qince/forms/store";

const STATES = {
  kept: () => gettext("Saved"), changed: () => gettext("Not saved yet"), keeping: () => gettext("Saving…"), failed: () => gettext("Not saved"),
};
const start = { lists: {}, fields: [], ...page.definition };

function Designer() {
  const [definition, setDefinition] = useState(start);
  const [chosen, choose] = useState(start.fields[0]?.id || "");
  const [language, setLanguage] = useState(start.languages.find((code) => code.startsWith(page.language)) || start.languages[0]);
  const [told, tell] = useState({ state: "kept", problems: page.problems });
  const past = useRef([]);
  const keeper = useMemo(() => new Keeper((news) => tell((old) => ({ ...old, message: "", ...news }))), []);
  const latest = useRef(definition);
  const put = (made) => {
    latest.current = made;
    setDefinition(made);
    keeper.later(made);
  };
  const change = (work) => {
    const made = structuredClone(latest.current);
    work(made);
    past.current = [...past.current.slice(-49), latest.current];
    put(made);
  };
  const undo = () => past.current.length && put(past.current.pop());
  const faulty = new Set(told.problems.map(({ field }) => field));
  const mine = told.problems.filter(({ field }) => field === chosen);
  return html`
    <div class="fd-bar">
      <${Languages} definition=${definition} language=${language} choose=${setLanguage} change=${change} />
      <span class="fd-state is-${told.state}" role="status">${told.message || STATES[told.state]()}</span>
      <button type="button" class="btn" disabled=${!past.current.length} onClick=${undo}>${gettext("Undo")}</button>
      <${Publish} keeper=${keeper} problems=${told.problems} choose=${choose} tell=${tell} />
    </div>
    <div class="fd-columns">
      <section class="card fd-left" aria-label=${gettext("Fields")}>
        <button type="button" class="fd-whole" aria-pressed=${!chosen} onClick=${() => choose("")}>${gettext("The form itself")}</button>
        <${Outline} definition=${definition} chosen=${chosen} choose=${choose} change=${change} language=${language} faulty=${faulty} />
        <h3>${gettext("Add a field")}</h3>
        <${Palette} definition=${definition} change=${change} choose=${choose} chosen=${chosen} language=${language} />
      </section>
      <section class="card fd-middle" aria-label=${gettext("Field")}>
        <${Editor} key=${chosen} definition=${definition} chosen=${chosen} change=${change} choose=${choose} language=${language} problems=${mine} />
      </section>
      <section class="fd-right" aria-label=${gettext("On the phone")}><${Preview} key=${language} definition=${definition} language=${language} /></section>
    </div>`;
}

function Languages({ definition, language, choose, change }) {
  const offered = ["zh-Hans", "en", "fr", "es"].filter((code) => !definition.languages.includes(code));
  const add = (code) => {
    change((made) => void made.languages.push(code));
    choose(code);
  };
  return html`<span class="fd-languages"><label>${gettext("Language")} <select class="form-select" value=${language} onChange=${(event) => (event.target.value.startsWith("+") ? add(event.target.value.slice(1)) : choose(event.target.value))}>
    ${definition.languages.map((code) => html`<option key=${code} value=${code} selected=${code === language}>${code}</option>`)}
    ${offered.map((code) => html`<option key=${code} value=${`+${code}`}>${gettext("Add: {code}", { code })}</option>`)}</select></label></span>`;
}

function Publish({ keeper, problems, choose, tell }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const go = async () => {
    if (!(await keeper.now())) return;
    try {
      await publish(reason);
      location.assign(page.done);
    } catch (error) {
      tell((old) => ({ ...old, message: error.message, problems: error.said.problems || old.problems }));
    }
  };
  return html`
    <button type="button" class="btn btn-primary" aria-expanded=${open} onClick=${() => setOpen(!open)}>${gettext("Publish")}</button>
    ${open && html`
      <div class="fd-publish card" role="dialog" aria-label=${gettext("Publish")}>
        ${problems.length ? html`<p>${gettext("Before it can be published:")}</p><ul>${problems.map((each) => html`
          <li><button type="button" onClick=${() => choose(each.field)}><strong>${each.where || gettext("The form itself")}</strong> ${each.message}</button></li>`)}</ul>`
          : html`<label class="fd-line"><span class="form-label">${gettext("What has changed, in a few words")}</span><input class="form-control" maxlength="200" value=${reason} onInput=${(event) => setReason(event.target.value)} /></label>
            <p class="q-hint">${gettext("Who has begun on an earlier version finishes on it.")}</p>`}
        <button type="button" class="btn btn-primary" data-publish disabled=${Boolean(problems.length)} onClick=${go}>${gettext("Publish now")}</button>
      </div>`}`;
}

const root = document.getElementById("designer");
root.replaceChildren();
render(html`<${Designer} />`, root);
