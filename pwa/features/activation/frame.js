import { html } from "#kit/html";
import { gettext, language, chooseLanguage } from "#kit/i18n";

export const Dots = ({ at, of }) => html`
  <span class="dots" role="img" aria-label=${gettext("Step {at} of {of}", { at: at + 1, of })}>
    ${Array.from({ length: of }, (_, i) => html`<i key=${i} class=${i <= at ? "on" : ""} />`)}</span>`;

/** In the language one would switch to, for those who cannot read this one. */
export const LanguageSwitch = () => html`
  <button type="button" class="language" onClick=${() => chooseLanguage(language.value === "en" ? "zh-hans" : "en")}>
    ${language.value === "en" ? "简体中文" : "English"}</button>`;
