/** An edit that came too late: what the server has now, beside what was changed here. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { moment, shortDay } from "#kit/format";
import { changedTo } from "#kit/outbox";

const LINES = 4;

export const isOvertaken = (operation) => changedTo(operation) !== undefined;

/** @param {{operation: import("#kit/outbox").Operation}} props */
export function Meanwhile({ operation: { type, result } }) {
  const current = result?.current;
  const lines = current ? (WORDS[type.split(".")[0]]?.(current) || []) : [];
  return html`
    <div class="meanwhile"><b>${gettext("What is there now")}</b>
    ${lines.length ? html`<ul>${lines.slice(0, LINES).map((line) => html`<li key=${line}>${line}</li>`)}</ul>`
      : html`<p class="quiet">${gettext("It is no longer on this phone.")}</p>`}</div>`;
}

const told = ({ lines = [] }) => lines.map(({ label, text }) => `${label}: ${text}`);
const WORDS = {
  forms: told,
  daily_reports: told,
  calendar: ({ title, place, starts }) => [title, `${shortDay(starts)} ${starts.slice(11, 16)}`, place].filter(Boolean),
  attendance: ({ starts_at, ends_at, reason }) => [[starts_at, ends_at].filter(Boolean).map(moment).join(" – "), reason].filter(Boolean),
  leave: ({ type_name, first_on, last_on }) => [type_name, first_on === last_on ? shortDay(first_on) : `${shortDay(first_on)} – ${shortDay(last_on)}`],
};
