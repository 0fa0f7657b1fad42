/** How I want to be told: push messages on this phone, channels for each kind of message, quiet hours. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { db } from "#kit/db";
import { moment } from "#kit/format";
import { useLive } from "#kit/live";
import { isPossible, PUSH, switchOff, switchOn } from "#kit/notify";
import { Button, Card, Empty, Field, Notice, Pill, Row, Skeleton } from "#parts/basic";
import { ask } from "#parts/dialog";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { useAct } from "#features/activation/act";

export function NotificationsPage() {
  const [found, setFound] = useState(null);
  const [act, busy, error] = useAct();
  const load = () => act(async () => setFound(await call("GET", "/notifications")));
  useEffect(() => void load(), [language.value]);
  /** @param {() => Promise<any>} work answers what holds then */
  const change = (work) => act(async () => {
    const answer = await work();
    if (!answer) return;
    setFound(answer);
    toast(gettext("Changed"));
  });
  return html`
    <${Page} title=${gettext("Notifications")} up="/me/settings">
      ${error && !found && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//><//>`}
      ${error && found && html`<${Notice} tone="bad">${error}<//>`}
      ${!found && !error && html`<${Skeleton} lines=${6} />`}
      ${found && html`<${Push} push=${found.push} busy=${busy} change=${change} />
        <${Channels} found=${found} change=${change} />
        <${Quiet} key=${JSON.stringify(found.quiet)} quiet=${found.quiet} busy=${busy} change=${change} />`}
    <//>`;
}

function Push({ push, busy, change }) {
  const purpose = useLive(() => db.purposes.get(PUSH), []);
  const here = push.devices.find((each) => each.is_here && each.is_valid);
  const on = async () => {
    if (!push.is_agreed && (await agreed(purpose)) !== "agree") return;
    await change(async () => {
      const answer = await switchOn(push.key, push.is_agreed);
      if (!answer) toast(gettext("This phone does not allow it. You can change that in its settings for this site."));
      return answer;
    });
  };
  const off = (device) => change(() => (device.is_here ? switchOff() : call("DELETE", `/notifications/subscriptions/${device.id}`)));
  return html`
    <h2 class="section">${gettext("Push messages")}</h2>
    ${push.devices.length > 0 && html`<${Card} class="list">${push.devices.map((device) => html`
      <${Row} key=${device.id} icon="device-mobile" title=${device.name}
        detail=${device.is_valid ? moment(device.created_at) : gettext("No longer valid: switch it on again")}>
        ${device.is_here && html`<${Pill} tone="good">${gettext("This phone")}<//>`}
        <${Button} busy=${busy} onClick=${() => off(device)}>${gettext("Switch off")}<//><//>`)}<//>`}
    ${!push.is_available ? html`<${Notice}>${gettext("The operator of this service has not switched on push messages.")}<//>`
      : !isPossible() ? html`<${Notice}>${gettext("This browser cannot show push messages. Add the app to the home screen, or use another browser.")}<//>`
      : !here && html`<${Button} class="wide" kind="primary" icon="bell" busy=${busy} onClick=${on}>${gettext("Switch on for this phone")}<//>`}`;
}

const agreed = (purpose) => ask({
  title: purpose?.title || gettext("Push messages"),
  text: purpose && `${purpose.explanation} ${gettext("If you refuse:")} ${purpose.if_refused}`,
  choices: [["no", gettext("Decline")], ["agree", gettext("Agree")]],
});

const Channels = ({ found, change }) => html`
  <h2 class="section">${gettext("Channels")}</h2>
  <p class="quiet">${gettext("In the app every message is always there; what is required by the service or the law comes in any case.")}</p>
  ${found.refusing.map((channel) => html`<${Notice} key=${channel} tone="wait" icon="alert-triangle">${channel === "email"
    ? gettext("Your e-mail address refused several messages for good. Only what is owed is still sent there.")
    : gettext("Your mobile number refused several messages for good. Only what is owed is still sent there.")}
    <${Button} icon="refresh" onClick=${() => change(() => call("PUT", "/notifications/address", { channel }))}>${gettext("It works again")}<//><//>`)}
  ${found.groups.map((group) => html`<${Card} key=${group.code}><b>${group.title}</b>
    ${found.channels.map(([channel, label]) => html`
      <label class="spread" key=${channel}><span>${label}
        ${!found.reachable[channel] && html`<small>${lacking(channel)}</small>`}</span>
        <select value=${group.choices[channel]}
          onChange=${({ target }) => change(() => call("PUT", "/notifications/preference", { group: group.code, channel, when: target.value }))}>
          ${found.whens.map(([code, words]) => html`<option key=${code} value=${code}>${words}</option>`)}</select></label>`)}<//>`)}`;

const lacking = (channel) =>
  ({ push: gettext("on no device"), email: gettext("no e-mail address"), sms: gettext("no mobile number") })[channel];

const DAYS = [1, 2, 3, 4, 5, 6, 7];
/** Monday to Sunday in the language of the app: the 5th of January 2026 was a Monday. */
const nameOf = (day) => new Intl.DateTimeFormat(language.value === "en" ? "en-GB" : "zh-CN", { weekday: "short", timeZone: "UTC" })
  .format(new Date(Date.UTC(2026, 0, 4 + day)));

function Quiet({ quiet, busy, change }) {
  const [values, setValues] = useState({ ...quiet, starts: quiet.starts.slice(0, 5), ends: quiet.ends.slice(0, 5) });
  const set = (name, value) => setValues({ ...values, [name]: value });
  const toggle = (day) => set("days", DAYS.filter((each) => (each === day) !== values.days.includes(each)));
  const save = () => change(() => call("PUT", "/notifications/quiet", {
    ...values, starts: `${values.starts}:00`, ends: `${values.ends}:00`,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || values.zone,
  }));
  return html`
    <h2 class="section">${gettext("Quiet hours")}</h2>
    <${Card}>
      <label class="check"><input type="checkbox" checked=${values.is_on} onChange=${({ target }) => set("is_on", target.checked)} />
        <span>${gettext("Keep quiet")}</span></label>
      <div class="pair">
        <${Field} label=${gettext("From")}><input type="time" required value=${values.starts} onInput=${({ target }) => set("starts", target.value)} /><//>
        <${Field} label=${gettext("Until")}><input type="time" required value=${values.ends} onInput=${({ target }) => set("ends", target.value)} /><//>
      </div>
      <fieldset class="days"><legend>${gettext("Days on which messages may come")}</legend>
        ${DAYS.map((day) => html`<button key=${day} type="button" role="checkbox" aria-checked=${values.days.includes(day)}
          onClick=${() => toggle(day)}>${nameOf(day)}</button>`)}</fieldset>
      <p class="quiet">${gettext("Meanwhile messages only gather in the app. What is urgent or required comes all the same.")}</p>
      <${Button} class="wide" kind="primary" busy=${busy} disabled=${!values.days.length || !values.starts || !values.ends}
        onClick=${save}>${gettext("Save")}<//>
    <//>`;
}
