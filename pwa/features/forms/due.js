/** Forms that are due, at the top of the day. */
import { html } from "#kit/html";
import { gettext, ngettext } from "#kit/i18n";
import { db } from "#kit/db";
import { useLive } from "#kit/live";
import { Card, Row } from "#parts/basic";

export function DueForms() {
  const due = useLive(() => db.form_tasks.filter(({ is_done }) => !is_done).count(), []);
  if (!due) return null;
  return html`<${Card} class="list"><${Row} href="/forms" icon="checklist" title=${gettext("Forms to fill in")}
    detail=${ngettext("{n} form is due", "{n} forms are due", due)} /><//>`;
}
