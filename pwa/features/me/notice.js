/** The notice to read again; it needs signal, being the one in force. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { Button, Choice, Empty, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";
import { Documents } from "#features/activation/documents";
import { fetchNotice } from "#features/activation/flow";

export function NoticeAgainPage() {
  const [notice, setNotice] = useState(null);
  const [kind, setKind] = useState("privacy");
  const [act, busy, error] = useAct();
  const load = () => act(async () => setNotice(await fetchNotice()));
  useEffect(() => void load(), [language.value]);
  return html`
    <${Page} title=${gettext("Privacy notice")} up="/me/privacy">
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//><//>`}
      ${!notice && !error && html`<${Skeleton} lines=${8} />`}
      ${notice && html`<${Choice} label=${gettext("Document")} value=${kind} onChange=${setKind}
          options=${notice.documents.map((each) => [each.kind, each.title])} />
        <${Documents} notice=${notice} kind=${kind} />`}
    <//>`;
}
