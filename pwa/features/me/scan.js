/** A sign-in page on a computer asks to be let in: look at it, then confirm or refuse here. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { when } from "#kit/format";
import { Button, Card, Field, Notice } from "#parts/basic";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";

/** `code`: from the address that the camera opened; without it the person types it. */
export function ScanPage({ code = "" }) {
  const [typed, setTyped] = useState(code);
  const [page, setPage] = useState(null);
  const [done, setDone] = useState("");
  const [act, busy, error] = useAct();
  const look = () => act(async () => setPage(await call("POST", "/scans/look", { code: typed })));
  const answer = (confirms) => act(async () => {
    await call("POST", "/scans/answer", { code: typed, confirms });
    setDone(confirms ? gettext("Confirmed. Go on at the computer.") : gettext("Refused. Nobody was signed in."));
  });
  useEffect(() => void (code && look()), [code]);
  if (done) return html`<${Frame}><${Notice} tone="good" icon="check">${done}<//><//>`;
  return html`
    <${Frame}>
      ${page ? html`<${Question} page=${page} busy=${busy} onAnswer=${answer} />` : html`
        <${Card}>
          <p>${gettext("On the computer choose “Scan with the phone app” and scan the code with this phone's camera, or type it here.")}</p>
          <${Field} label=${gettext("Code on the screen")}>
            <input autocapitalize="characters" autocomplete="off" maxlength="14" value=${typed} onInput=${(event) => setTyped(event.target.value)} /><//>
          <${Button} class="wide" kind="primary" busy=${busy} disabled=${typed.replace(/[\s-]/g, "").length < 10} onClick=${look}>${gettext("Continue")}<//>
        <//>`}
      ${error && html`<${Notice} tone="bad">${error}<//>`}
    <//>`;
}

const Frame = ({ children }) => html`<${Page} title=${gettext("Sign in on a computer")} up="/me/settings">${children}<//>`;

const Question = ({ page, busy, onAnswer }) => html`
  <${Card}>
    <b>${gettext("Sign in there as you?")}</b>
    <p>${page.browser || gettext("A browser")} · ${when(page.asked_at)}</p>
    <${Notice} tone="wait" icon="alert-triangle">${gettext("Confirm only if the code stands on a screen in front of you. Whoever shows it can act in your name afterwards.")}<//>
    <div class="pair even">
      <${Button} kind="door" busy=${busy} onClick=${() => onAnswer(false)}>${gettext("Refuse")}<//>
      <${Button} kind="door" busy=${busy} onClick=${() => onAnswer(true)}>${gettext("Sign in there")}<//>
    </div>
  <//>`;
