/** Settings: privacy first, then what this phone may do, how it looks, and who stands behind it. */
import { html } from "#kit/html";
import { gettext, language, chooseLanguage } from "#kit/i18n";
import { theme, chooseTheme } from "#kit/theme";
import { Card, Choice, Row } from "#parts/basic";
import { Icon } from "#parts/icon";
import { Page } from "#parts/page";

export const SettingsPage = () => html`
  <${Page} title=${gettext("Settings")} up="/me">
    <${Card} class="list">
      <${Row} href="/me/privacy" icon="shield-lock" title=${gettext("Privacy")}
        detail=${gettext("What I agreed to, my data, my requests")} />
      <${Row} href="/me/notifications" icon="bell" title=${gettext("Notifications")}
        detail=${gettext("Push messages, channels, quiet hours")} />
      <${Row} href="/me/deputies" icon="users" title=${gettext("Deputies")}
        detail=${gettext("Who decides in my place while I am away")} />
      <${Row} href="/me/permissions" icon="current-location" title=${gettext("App permissions")}
        detail=${gettext("What this phone lets the app do")} />
      <${Row} href="/me/devices" icon="device-mobile" title=${gettext("My devices")}
        detail=${gettext("Where I am signed in")} />
      <${Row} href="/me/scan" icon="login-2" title=${gettext("Sign in on a computer")}
        detail=${gettext("Confirm a code on the sign-in page")} />
      <${Row} href="/me/storage" icon="database" title=${gettext("Storage on this phone")} />
      <${Row} href="/me/about" icon="info-circle" title=${gettext("About Us")} />
    <//>
    <${Preferences} />
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
