/** What a later release of the policy added to something I agreed to: agree, or keep the earlier scope. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { remember } from "#kit/db";
import { uuid7 } from "#kit/ids";
import { syncNow } from "#kit/sync";
import { Button, Card, Notice, Pill } from "#parts/basic";
import { toast } from "#parts/toast";
import { useAct } from "#features/activation/act";

/** Without signal nothing is asked: the text to decide on is the server's. */
export function AskedAnew() {
  const [found, setFound] = useState({ notice_hash: "", asked: [] });
  useEffect(() => void call("GET", "/asked-anew").then(setFound, () => {}), [language.value]);
  return found.asked.map((one) => html`<${Asked} key=${one.purpose} one=${one} hash=${found.notice_hash} onDone=${setFound} />`);
}

function Asked({ one, hash, onDone }) {
  const [act, busy, error] = useAct();
  const answer = (agrees) => act(async () => {
    const left = await call("POST", "/asked-anew", { id: uuid7(), purpose: one.purpose, agrees, notice_hash: hash });
    if (agrees) await remember("notice_hash", hash);
    toast(agrees ? gettext("Agreed. What is new is open now.") : gettext("You keep what was."));
    onDone(left);
    void syncNow();
  });
  return html`
    <${Card} class="purpose">
      <div class="spread"><b>${gettext("Asked anew: {title}", { title: one.title })}</b>
        ${one.is_kept ? html`<${Pill}>${gettext("Earlier scope kept")}<//>` : html`<${Pill} tone="wait">${gettext("Not answered")}<//>`}</div>
      <p>${gettext("Because release {number} of the policy brought more than you agreed to. It stays closed for you until you agree.", { number: one.release })}</p>
      ${one.because.map((each) => html`<p key=${each.title}><b>${each.title}</b> ${each.why} ${each.scope}
        <small>${gettext("If you refuse:")} ${each.if_refused}</small></p>`)}
      ${error && html`<${Notice} tone="bad">${error}<//>`}
      <div class=${one.is_kept ? "stack" : "pair even"}>
        ${!one.is_kept && html`<${Button} kind="door" busy=${busy} onClick=${() => answer(false)}>${gettext("Keep what was")}<//>`}
        <${Button} kind="door" busy=${busy} onClick=${() => answer(true)}>${gettext("Agree")}<//>
      </div>
    <//>`;
}
