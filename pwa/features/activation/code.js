import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { Button, Field } from "#parts/basic";
import { askForCode, entry, giveCode } from "#features/activation/flow";
import { useAct } from "#features/activation/act";

const LENGTH = 6;
const WAIT_S = 60;

export function CodeStep() {
  const [code, setCode] = useState("");
  const [act, busy, error] = useAct();
  const [wait, restart] = useCountdown(WAIT_S);
  const type = (text) => {
    const digits = text.replace(/\D/g, "").slice(0, LENGTH);
    setCode(digits);
    if (digits.length === LENGTH) void act(() => giveCode(digits));
  };
  const again = () => act(async () => restart((await askForCode(entry.value.mobile)) || WAIT_S));
  return html`
    <div class="stack">
      <h1>${gettext("Enter the code")}</h1>
      <p class="quiet">${gettext("We sent it to {mobile}.", { mobile: entry.value.mobile })}</p>
      <${Field} label=${gettext("Code")} error=${error}>
        <input class="code" inputmode="numeric" autocomplete="one-time-code" autofocus value=${code}
          onInput=${(event) => type(event.target.value)} /><//>
      <${Button} kind="primary" class="wide" busy=${busy} disabled=${code.length < LENGTH}
        onClick=${() => act(() => giveCode(code))}>${gettext("Continue")}<//>
      <div class="pair">
        <${Button} kind="quiet" onClick=${() => (entry.value = { ...entry.value, mobile: "" })}>${gettext("Change number")}<//>
        <${Button} kind="quiet" disabled=${wait > 0} onClick=${again}>
          ${wait ? gettext("New code in {wait} s", { wait }) : gettext("Send a new code")}<//>
      </div>
    </div>`;
}

function useCountdown(from) {
  const [left, setLeft] = useState(from);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}
