import { html } from "#kit/html";
import { ICONS } from "#kit/icons";

/** A line icon; decoration only, the words beside it carry the meaning. @param {{name: keyof typeof ICONS, class?: string}} props */
export const Icon = ({ name, class: extra = "" }) => html`
  <svg class="icon ${extra}" viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[name]} /></svg>`;
