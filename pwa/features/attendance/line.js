/** One press in a list: when, where, and whether it counts. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { metres, time } from "#kit/format";
import { Pill } from "#parts/basic";
import { Verdict } from "#parts/verdict";

export const PunchLine = ({ punch: { kind, punched_at, place, verdict, distance_m, unsent, is_field: isField, note, counting, answer } }) => html`
  <li><time>${time(punched_at)}</time>
    <span class="row-text"><b>${kind === "in" ? gettext("Clock in") : gettext("Clock out")}</b>
      <small>${[isField && gettext("In the field"), place, metres(distance_m), isField && note].filter(Boolean).join(" · ")}</small>
      ${answer && html`<small>${answer}</small>`}</span>
    <span class="tags end">${verdict && !isField && html`<${Verdict} verdict=${verdict} />`}
      ${counting === "waiting" && html`<${Pill} tone="wait">${gettext("Waits for your leader")}<//>`}
      ${counting === "refused" && html`<${Pill} tone="bad">${gettext("Does not count")}<//>`}
      ${unsent && html`<${Pill} icon="cloud-upload">${gettext("To upload")}<//>`}</span></li>`;
