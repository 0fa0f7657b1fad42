/** Before a request is handed in: for which department it is, and who would decide on it, as long as there is signal. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { db } from "#kit/db";
import { useLive } from "#kit/live";
import { Field } from "#parts/basic";

const ownDepartments = async () => (await db.me.toCollection().first())?.departments || [];

/** Asked only of those who are in several departments; the main one stands first. `again`: a request that came back keeps its own.
 * @param {{value: string, onChange: (id: string) => void, again?: boolean}} props */
export function Department({ value, onChange, again = false }) {
  const own = useLive(ownDepartments, []) || [];
  if (own.length < 2) return null;
  return html`
    <${Field} label=${gettext("For the department")}>
      <select value=${value || (again ? "" : own[0].id)} onChange=${(event) => onChange(event.target.value)}>
        ${again && html`<option value="">${gettext("As before")}</option>`}
        ${own.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}</select><//>`;
}

/** The way that a request would take: asked a moment after the last change; without signal there is none. @param {string} path @param {Held | null} body */
export function useWay(path, body) {
  const [way, setWay] = useState([]);
  const asked = body ? JSON.stringify(body) : "";
  useEffect(() => {
    let here = true;
    if (!asked) return void setWay([]);
    const timer = setTimeout(() => call("POST", path, JSON.parse(asked)).then((answer) => here && setWay(answer.way), () => here && setWay([])), 350);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [path, asked]);
  return way;
}

/** For inside a card. @param {{way: Held[]}} props */
export const Ahead = ({ way }) => way.length > 0 && html`
  <section aria-live="polite"><b>${gettext("Who decides")}</b>
    <ol class="way">${way.map((step, at) => html`<li key=${at} class="is-coming"><b>${step.name}</b>
      ${(step.people.length > 0 || step.why) && html`<small>${[step.people.join("、"), step.people.length > 1 && step.mode, step.why].filter(Boolean).join(" · ")}</small>`}</li>`)}</ol></section>`;
