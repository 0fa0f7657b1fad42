/** Every passing on of something about me, as the disclosure log has it. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { moment } from "#kit/format";
import { Button, Card, Empty, Row, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";

export function SharedPage() {
  const [rows, setRows] = useState(null);
  const [act, busy, error] = useAct();
  const load = () => act(async () => setRows((await call("GET", "/disclosures")).disclosures));
  useEffect(() => void load(), [language.value]);
  return html`
    <${Page} title=${gettext("What was shared about me")} up="/me/privacy">
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//><//>`}
      ${!rows && !error && html`<${Skeleton} lines=${4} />`}
      ${rows && !rows.length && html`<${Empty} icon="shield-lock" title=${gettext("Nothing was shared about you")} />`}
      ${rows?.length > 0 && html`<${Card} class="list">${rows.map((row) => html`<${Row} icon="cloud-upload" title=${row.recipient}
        detail=${[moment(row.at), row.fields.join(gettext(", ")), row.why, row.basis].filter(Boolean).join(" · ")} />`)}<//>`}
    <//>`;
}
