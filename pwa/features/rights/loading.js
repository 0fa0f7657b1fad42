import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { Button, Empty, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";

/**
 * A page over one answer of the server: it needs signal, being about what the server holds.
 * @param {{title: string, up?: string, from?: string, show: (found: any, load: () => void) => unknown}} props
 */
export function Loaded({ title, up = "/me/privacy", from = "/rights", show }) {
  const [found, setFound] = useState(null);
  const [act, busy, error] = useAct();
  const load = () => act(async () => setFound(await call("GET", from)));
  useEffect(() => void load(), [language.value, from]);
  return html`
    <${Page} title=${title} up=${up}>
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//><//>`}
      ${!found && !error && html`<${Skeleton} lines=${5} />`}
      ${found && show(found, load)}
    <//>`;
}
