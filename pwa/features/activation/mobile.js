import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { Button, Field } from "#parts/basic";
import { askForCode, entry } from "#features/activation/flow";
import { useAct } from "#features/activation/act";

/** A number without a country is a Chinese one. */
const full = (text) => {
  const digits = text.replace(/[^\d+]/g, "");
  return digits.startsWith("+") ? digits : `+86${digits}`;
};

export function MobileStep() {
  const [text, setText] = useState(entry.value.mobile.replace(/^\+86/, ""));
  const [act, busy, error] = useAct();
  const submit = (event) => {
    event.preventDefault();
    void act(() => askForCode(full(text)));
  };
  return html`
    <form class="stack" onSubmit=${submit}>
      <h1>${gettext("Your mobile number")}</h1>
      <p class="quiet">${gettext("The number your organization knows you by. It is used to sign you in and for nothing else here.")}</p>
      <${Field} label=${gettext("Mobile number")} error=${error}>
        <span class="with-prefix"><b>+86</b><input type="tel" inputmode="tel" autocomplete="tel" autofocus required
          value=${text} onInput=${(event) => setText(event.target.value)} /></span><//>
      <${Button} type="submit" kind="primary" class="wide" busy=${busy} disabled=${text.replace(/\D/g, "").length < 6}>
        ${gettext("Send me a code")}<//>
    </form>`;
}
