/** Who stands behind the app, and how to reach them: Me → Settings → About Us → Technical Support. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { APP_VERSION, call } from "#kit/api";
import { Button, Card, Empty, Notice, Row, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";

export const AboutPage = () => html`
  <${Page} title=${gettext("About Us")} up="/me/settings">
    <${Card} class="list">
      <${Row} href="/me/support" icon="phone" title=${gettext("Technical Support")}
        detail=${gettext("Phone, e-mail, address, privacy officer")} />
      <${Row} href="/me/rights/feedback" icon="message" title=${gettext("Feedback")} />
      <${Row} href="/me/notice" icon="notes" title=${gettext("Read the privacy notice")} />
    <//>
    <p class="quiet centre">Qince ${APP_VERSION}</p>
  <//>`;

export function SupportPage() {
  const [found, setFound] = useState(null);
  const [act, busy, error] = useAct();
  const load = () => act(async () => setFound(await call("GET", "/support")));
  useEffect(() => void load(), [language.value]);
  return html`
    <${Page} title=${gettext("Technical Support")} up="/me/about">
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${load}>${gettext("Try again")}<//><//>`}
      ${!found && !error && html`<${Skeleton} lines=${4} />`}
      ${found && html`<${Contacts} found=${found} />`}
    <//>`;
}

function Contacts({ found }) {
  const lines = [
    ["user", gettext("Operator"), found.name], ["phone", gettext("Telephone"), found.phone, `tel:${found.phone}`],
    ["mail", gettext("E-mail"), found.email, `mailto:${found.email}`], ["map-pin", gettext("Address"), found.address],
    ["shield-lock", gettext("Privacy officer"), found.officers.join("、")],
  ].filter(([, , text]) => text);
  return html`
    <${Card} class="list">${lines.map(([icon, title, text, href]) => html`
      <${Row} key=${title} icon=${icon} title=${title} detail=${href ? html`<a href=${href}>${text}</a>` : text} />`)}<//>
    ${lines.length < 2 && html`<${Notice}>${gettext("The operator has not entered contacts yet. Ask your administrator.")}<//>`}
    <${Row} href="/me/rights/new/support" icon="message" title=${gettext("Ask for help")}
      detail=${gettext("You get a number and an answer in the app")} />`;
}
