/** What the device allows, live; the switches themselves are in the phone's settings. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { usePermission } from "#kit/permissions";
import { Card, Notice, Pill, Row } from "#parts/basic";
import { Page } from "#parts/page";

export const PermissionsPage = () => html`
  <${Page} title=${gettext("App permissions")} up="/me/settings">
    <${Card} class="list">
      <${Permission} name="geolocation" icon="current-location" title=${gettext("Position")}
        purpose=${gettext("To check a clock-in or check-in against its place. Without it: say the place in words.")} />
      <${Permission} name="camera" icon="camera" title=${gettext("Camera")}
        purpose=${gettext("For shelf photos during a visit. Without it: every other step works.")} />
    <//>
    <${Notice}>${gettext("To change these, open your browser's or phone's settings for this site. Nothing else on this phone is read: no contacts, no files, no list of apps, no device number.")}<//>
  <//>`;

const Permission = ({ name, icon, title, purpose }) => html`
  <${Row} icon=${icon} title=${title} detail=${purpose}><${Stand} state=${usePermission(name)} /><//>`;

function Stand({ state }) {
  if (state === "granted") return html`<${Pill} tone="good">${gettext("Allowed")}<//>`;
  return html`<${Pill} tone=${state === "denied" ? "bad" : ""}>${state === "denied" ? gettext("Off") : gettext("Asks first")}<//>`;
}
