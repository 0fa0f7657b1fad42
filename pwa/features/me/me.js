/** Oneself: who the app thinks I am, what others see of me, my choices, this phone. */
import { html } from "#kit/html";
import { gettext, language, chooseLanguage } from "#kit/i18n";
import { db } from "#kit/db";
import { APP_VERSION } from "#kit/api";
import { session } from "#kit/session";
import { theme, chooseTheme } from "#kit/theme";
import { useLive } from "#kit/live";
import { Button, Card, Choice, Row } from "#parts/basic";
import { Icon } from "#parts/icon";
import { Page } from "#parts/page";
import { MessagesRow } from "#features/messages/row";
import { signOut } from "#features/me/sign-out";

export function MePage() {
  const me = useLive(() => db.me.toCollection().first().then((row) => row || {}), []);
  if (!session.value) return null;
  return html`
    <${Page} title=${gettext("Me")}>
      <${Profile} me=${{ ...session.value.me, ...me }} organization=${session.value.organization.name} />
      <${Card} class="list">
        <${MessagesRow} />
        <${Row} href="/me/records" icon="eye" title=${gettext("What my manager sees")}
          detail=${gettext("My visits and attendance, exactly as shown to them")} />
        <${Row} href="/me/privacy" icon="shield-lock" title=${gettext("Privacy")}
          detail=${gettext("What I agreed to, and changing it")} />
        <${Row} href="/me/permissions" icon="current-location" title=${gettext("App permissions")}
          detail=${gettext("What this phone lets the app do")} />
        <${Row} href="/me/devices" icon="device-mobile" title=${gettext("My devices")}
          detail=${gettext("Where I am signed in")} />
        <${Row} href="/me/storage" icon="database" title=${gettext("Storage on this phone")} />
      <//>
      <${Preferences} />
      <${Button} class="wide" icon="logout" onClick=${signOut}>${gettext("Sign out")}<//>
      <p class="quiet centre">Qince ${APP_VERSION}</p>
    <//>`;
}

const Profile = ({ me, organization }) => html`
  <${Card} class="profile">
    <span class="avatar">${[...(me.name || "?")][0]}</span>
    <span class="row-text"><b>${me.name}</b>
      <small>${[me.position, me.department].filter(Boolean).join(" · ") || organization}</small>
      <small>${[me.number, me.mobile].filter(Boolean).join(" · ")}</small></span>
  <//>`;

const Preferences = () => html`
  <${Card}>
    <div class="preference"><span><${Icon} name="language" />${gettext("Language")}</span>
      <${Choice} label=${gettext("Language")} value=${language.value} onChange=${chooseLanguage}
        options=${[["zh-hans", "中文"], ["en", "English"]]} /></div>
    <div class="preference"><span><${Icon} name="moon-stars" />${gettext("Appearance")}</span>
      <${Choice} label=${gettext("Appearance")} value=${theme.value} onChange=${chooseTheme}
        options=${[["auto", gettext("Auto")], ["light", gettext("Light")], ["dark", gettext("Dark")]]} /></div>
  <//>`;
