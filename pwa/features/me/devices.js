/** Where this account is signed in; any of them can be signed out from here. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { when } from "#kit/format";
import { Button, Card, Empty, Pill, Row, Skeleton } from "#parts/basic";
import { ask } from "#parts/dialog";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";

export function DevicesPage() {
  const [devices, setDevices] = useState(null);
  const [act, busy, error] = useAct();
  const load = () => act(async () => setDevices((await call("GET", "/devices")).devices));
  useEffect(() => void load(), []);
  const end = async (device) => {
    if ((await ask(question(device))) === "end") await act(() => call("DELETE", `/devices/${device.id}`)).then(load);
  };
  const confirm = (device) => act(() => call("POST", `/devices/${device.id}/confirmation`)).then(load);
  return html`
    <${Page} title=${gettext("My devices")} up="/me/settings">
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//><//>`}
      ${!devices && !error && html`<${Skeleton} lines=${3} />`}
      ${devices && html`<${Card} class="list">${devices.map((device) => html`<${Device} key=${device.id} device=${device} onEnd=${end} onConfirm=${confirm} />`)}<//>`}
    <//>`;
}

const Device = ({ device, onEnd, onConfirm }) => html`
  <${Row} icon="device-mobile" title=${device.name} detail=${device.last_seen_at && when(device.last_seen_at)}>
    ${device.confirmed === false && html`<${Button} kind="primary" onClick=${() => onConfirm(device)}>${gettext("Confirm")}<//>`}
    ${device.current ? html`<${Pill} tone="good">${gettext("This phone")}<//>`
      : html`<${Button} onClick=${() => onEnd(device)}>${gettext("Sign out")}<//>`}<//>`;

/** @returns {import("#parts/dialog").Question} */
const question = ({ name }) => ({
  title: gettext("Sign out {name}?", { name }),
  text: gettext("It can no longer send or fetch. Unsent work on it is kept there until someone signs in again."),
  choices: [["keep", gettext("Keep it")], ["end", gettext("Sign out"), "danger"]],
});
