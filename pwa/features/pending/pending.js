/** Everything that has not reached the server: how it stands, and what can be done about it. */
import { html } from "#kit/html";
import { gettext, ngettext } from "#kit/i18n";
import { bytes, when } from "#kit/format";
import { useLive } from "#kit/live";
import { reachable } from "#kit/api";
import { working } from "#kit/standing";
import { syncNow } from "#kit/sync";
import { Button, Card, Empty, Notice, Row } from "#parts/basic";
import { Page } from "#parts/page";
import { unsentWork, isStuck } from "#features/pending/queries";
import { OperationCard } from "#features/pending/operation";
import { PhotoCard } from "#features/pending/photo";

export function PendingPage() {
  const work = useLive(unsentWork, []);
  return html`<${Page} title=${gettext("To upload")}>${work && html`<${Work} ...${work} />`}<//>`;
}

function Work({ operations, photos, consents, pulledAt }) {
  const stuck = operations.filter(({ state }) => isStuck(state));
  const rest = operations.filter(({ state }) => !isStuck(state));
  const all = operations.length + photos.length + consents.length;
  return html`
    <${Card}><${Row} icon=${all ? "cloud-upload" : "cloud-check"} tone=${all ? "" : "good"}
      title=${all ? ngettext("{n} item to upload", "{n} items to upload", all) : gettext("Everything is uploaded")}
      detail=${pulledAt ? gettext("Last synced {when}", { when: when(pulledAt) }) : gettext("Not synced yet")}>
      <${Button} icon="refresh" busy=${working.value} onClick=${syncNow}>${gettext("Sync now")}<//><//><//>
    ${all > 0 && !reachable.value && html`<${Notice}>
      ${gettext("It goes by itself as soon as there is signal. You may close the app.")}<//>`}
    ${stuck.length > 0 && html`<h2 class="section">${gettext("Needs you")}</h2>`}
    ${stuck.map((each) => html`<${OperationCard} key=${each.id} operation=${each} />`)}
    ${rest.length > 0 && html`<h2 class="section">${gettext("On its way")}</h2>`}
    ${rest.map((each) => html`<${OperationCard} key=${each.id} operation=${each} />`)}
    ${consents.length > 0 && html`<${Card}><${Row} icon="shield-lock" title=${gettext("Your privacy choices")}
      detail=${gettext("They hold on this phone already")} /><//>`}
    ${photos.length > 0 && html`<h2 class="section">${photoTitle(photos)}</h2>`}
    ${photos.map((each) => html`<${PhotoCard} key=${each.sha256} photo=${each} />`)}
    ${all === 0 && html`<${Empty} icon="cloud-check" title=${gettext("Nothing is waiting")}>
      <p>${gettext("What you do without signal appears here until the server has it.")}</p><//>`}`;
}

const photoTitle = (photos) => gettext("Photos: {n}, {size}", {
  n: photos.length, size: bytes(photos.reduce((sum, { size, offset }) => sum + size - offset, 0)),
});
