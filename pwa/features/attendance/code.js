/** The code shown at the work place: as good as a photo. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { Card, Field, Notice } from "#parts/basic";

/** @param {{code: string, onChange: (code: string) => void}} props */
export const CodeCard = ({ code, onChange }) => html`
  <${Card}><${Field} label=${gettext("Or the code of the place")} hint=${gettext("Six digits, shown on a screen at the work place.")}>
    <input value=${code} inputmode="numeric" autocomplete="off" maxlength="7" placeholder="000 000" onInput=${(event) => onChange(event.target.value)} /><//>
    ${!code.trim() && html`<${Notice}>${gettext("Without either it counts once your leader has confirmed it, at the time you press.")}<//>`}<//>`;
