/** What one has sent, as it is kept; what was returned can be changed. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { when } from "#kit/format";
import { useLive } from "#kit/live";
import { go } from "#kit/router";
import { Button, Card, Empty, Notice } from "#parts/basic";
import { Page } from "#parts/page";
import { change } from "#features/forms/actions";
import { Status } from "#features/forms/list";

export function SentPage({ id }) {
  const sent = useLive(() => db.form_submissions.get(id).then((row) => row || null), [id]);
  if (sent === undefined) return html`<${Page} title="" up="/forms" />`;
  if (!sent) return html`<${Page} title=${gettext("Form")} up="/forms"><${Empty} icon="checklist" title=${gettext("This form is not on this phone.")} /><//>`;
  const edit = async () => go(`/forms/fill/${await change(sent)}`);
  return html`
    <${Page} title=${sent.form_name} subtitle=${when(sent.filled_at)} up="/forms">
      <div class="tags"><${Status} status=${sent.status} /></div>
      ${sent.review_note && html`<${Notice} tone="wait" icon="message">${sent.review_note}<//>`}
      <${Card} class="list">${sent.lines.map(({ label, text, depth }, at) => html`
        <div key=${at} class="row"><span class="row-text"><small>${"· ".repeat(depth)}${label}</small>${text && html`<b>${text}</b>`}</span></div>`)}<//>
      ${sent.request_id && html`<${Button} class="wide" icon="checklist" onClick=${() => go(`/approvals/${sent.request_id}`)}>${gettext("How it was decided")}<//>`}
      ${sent.definition && html`<${Button} kind="primary" class="wide" icon="notes" onClick=${edit}>${gettext("Change and send again")}<//>`}
    <//>`;
}
