/** How much the app keeps here and whether the phone has promised not to clear it. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { bytes } from "#kit/format";
import { useLive } from "#kit/live";
import { Button, Card, Notice, Row } from "#parts/basic";
import { Page } from "#parts/page";

const read = async () => ({ ...(await navigator.storage.estimate()), safe: await navigator.storage.persisted() });
const counts = async () => ({ stores: await db.customers.count(), photos: await db.photos.count() });

export function StoragePage() {
  const [storage, setStorage] = useState(null);
  const held = useLive(counts, []);
  const look = () => read().then(setStorage);
  useEffect(() => void look(), []);
  const protect = () => navigator.storage.persist().then(look);
  return html`
    <${Page} title=${gettext("Storage on this phone")} up="/me/settings">
      ${storage && held && html`
        <${Card} class="list">
          <${Row} icon="database" title=${gettext("Used")} detail=${`${bytes(storage.usage)} / ${bytes(storage.quota)}`} />
          <${Row} icon="building-store" title=${gettext("Stores")} detail=${String(held.stores)} />
          <${Row} icon="photo" title=${gettext("Photos")} detail=${String(held.photos)} />
        <//>
        ${storage.safe ? html`<${Notice} tone="good" icon="check">${gettext("The phone keeps this data until you sign out.")}<//>`
          : html`<${Notice} tone="wait" icon="alert-triangle">
              ${gettext("When space runs low the phone may clear this data. Add the app to the home screen, or ask for protection here.")}<//>
            <${Button} class="wide" onClick=${protect}>${gettext("Protect my data")}<//>`}`}
    <//>`;
}
