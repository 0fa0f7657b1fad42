/** The same rows and the same figures the manager has. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { day } from "#kit/clock";
import { longDay } from "#kit/format";
import { useLive } from "#kit/live";
import { Choice, Empty, Notice } from "#parts/basic";
import { Page } from "#parts/page";
import { ownVisits } from "#features/visits/queries";
import { ownPunches } from "#features/attendance/queries";
import { PunchLine } from "#features/attendance/line";
import { VisitRow } from "#features/today/stop";

export function RecordsPage() {
  const [kind, setKind] = useState("visits");
  const rows = useLive(kind === "visits" ? ownVisits : ownPunches, [kind]);
  return html`
    <${Page} title=${gettext("What my manager sees")} up="/me">
      <${Choice} label=${gettext("Records")} value=${kind} onChange=${setKind}
        options=${[["visits", gettext("Visits")], ["punches", gettext("Attendance")]]} />
      <${Notice}>${gettext("Your reporting line sees these records with time, place, distance and accuracy, and nothing of your position in between.")}<//>
      ${rows && (rows.length ? html`<${Days} rows=${rows} kind=${kind} />`
        : html`<${Empty} icon="eye" title=${gettext("No records in the last two weeks")} />`)}
    <//>`;
}

function Days({ rows, kind }) {
  const at = (row) => row.checked_in_at || row.punched_at;
  const days = grouped(rows, (row) => day(new Date(at(row))));
  return [...days].map(([date, those]) => html`
    <h2 class="section" key=${date}>${longDay(at(those[0]))}</h2>
    ${kind === "visits" ? those.map((visit) => html`<${VisitRow} key=${visit.id} visit=${visit} />`)
      : html`<ol class="timeline">${those.map((punch) => html`<${PunchLine} key=${punch.id} punch=${punch} />`)}</ol>`}`);
}

function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) || []), row]);
  return groups;
}
