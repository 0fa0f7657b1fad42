/** The line that leads to reports, with how many wait: to be written today, and to be read. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { day } from "#kit/clock";
import { useLive } from "#kit/live";
import { Pill, Row } from "#parts/basic";

async function waiting() {
  const [tasks, reports] = await Promise.all([db.report_tasks.toArray(), db.daily_reports.toArray()]);
  const open = tasks.filter(({ sent_at, reason, period_on, late_until }) =>
    !sent_at && !reason && period_on <= day() && Date.parse(late_until) > Date.now());
  return open.length + reports.filter(({ is_unread }) => is_unread).length;
}

export function ReportsRow() {
  const count = useLive(waiting, []) || 0;
  return html`<${Row} href="/reports" icon="notes" title=${gettext("Work reports")} detail=${gettext("Write today's report, read what came in")}>
    ${count > 0 && html`<${Pill} tone="bad">${count > 99 ? "99+" : count}<//>`}<//>`;
}
