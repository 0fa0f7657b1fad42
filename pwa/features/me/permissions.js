/** Every permission of the agreement's table for this device, with its live state; the switches are in the system. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { recall, remember } from "#kit/db";
import { decideUse, platform, useAllowed, usePermission } from "#kit/permissions";
import { Button, Card, Notice, Pill, Skeleton } from "#parts/basic";
import { Icon } from "#parts/icon";
import { Page } from "#parts/page";

const LIVE = { location: "geolocation", camera: "camera", notifications: "notifications" };
const ICONS = { location: "current-location", camera: "camera", notifications: "bell" };

export function PermissionsPage() {
  const rows = useTable();
  return html`
    <${Page} title=${gettext("App permissions")} up="/me/settings">
      ${!rows && html`<${Skeleton} lines=${6} />`}
      ${rows?.map((row) => html`<${Permission} key=${row.code} row=${row} />`)}
      <${Notice}>${gettext("To switch one on or off, open your browser's or phone's settings for this site. Off is off on the server too: nothing taken after that moment is accepted. The app does not start by itself.")}<//>
    <//>`;
}

/** The table as the notice prints it; kept for days without signal. */
function useTable() {
  const [rows, setRows] = useState(null);
  useEffect(() => {
    const key = `permissions:${platform()}:${language.value}`;
    void recall(key).then((kept) => setRows((shown) => shown || kept || null));
    call("GET", `/permissions?platform=${platform()}`).then(({ permissions }) => {
      setRows(permissions);
      return remember(key, permissions);
    }).catch(() => {}); // without signal the kept table stays
  }, [language.value]);
  return rows;
}

const Permission = ({ row }) => html`
  <${Card} class="purpose">
    <div class="spread"><b>${ICONS[row.code] && html`<${Icon} name=${ICONS[row.code]} /> `}${row.title}</b>
      ${row.is_used ? html`<${Live} name=${LIVE[row.code]} />` : html`<${Pill}>${gettext("Not used")}<//>`}</div>
    <p class="quiet">${row.uses.map(({ text }) => text).join(gettext("; "))}</p>
    <p class="quiet">${gettext("If you refuse:")} ${row.if_refused}</p>
    ${row.is_used && html`<p class="quiet">${gettext("How to switch it off:")} ${row.how_to_disable}</p>`}
    ${row.code === "camera" && row.uses.filter(({ code }) => row.offered.includes(code)).map(({ code, text }) => html`<${CameraUse} key=${code} use=${code} text=${text} />`)}
  <//>`;

function Live({ name }) {
  const state = usePermission(name);
  if (state === "granted") return html`<${Pill} tone="good">${gettext("Allowed")}<//>`;
  return html`<${Pill} tone=${state === "denied" ? "bad" : ""}>${state === "denied" ? gettext("Off") : gettext("Asks first")}<//>`;
}

/** Each use of the camera that was allowed by an act of its own is taken back the same way. */
function CameraUse({ use, text }) {
  const [allowed, setAllowed] = useState(undefined);
  useEffect(() => void useAllowed("camera", use).then(setAllowed), [use]);
  if (allowed === undefined) return null;
  const change = async () => {
    await decideUse("camera", use, !allowed);
    setAllowed(!allowed);
  };
  return html`<${Button} class="wide" onClick=${change}>${allowed ? gettext("Take back: {use}", { use: text }) : gettext("Allow: {use}", { use: text })}<//>`;
}
