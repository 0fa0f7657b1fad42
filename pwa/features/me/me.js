/** Oneself: who the app thinks I am, what others see of me, my choices, this phone. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { APP_VERSION } from "#kit/api";
import { session } from "#kit/session";
import { useLive } from "#kit/live";
import { Button, Card, Row } from "#parts/basic";
import { Page } from "#parts/page";
import { ApprovalsRow } from "#features/approvals/row";
import { ReportsRow } from "#features/daily_reports/row";
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
        <${ApprovalsRow} />
        <${ReportsRow} />
        <${Row} href="/colleagues" icon="users" title=${gettext("Colleagues")} detail=${gettext("Find somebody, call, write")} />
        <${Row} href="/calendar" icon="calendar-event" title=${gettext("Calendar")} detail=${gettext("My events, invitations, shifts and leave")} />
        <${Row} href="/forms" icon="checklist" title=${gettext("Forms")} detail=${gettext("What is due, drafts, what I sent")} />
        <${Row} href="/me/records" icon="eye" title=${gettext("What my manager sees")}
          detail=${gettext("My visits and attendance, exactly as shown to them")} />
        <${Row} href="/me/rights/profile" icon="user" title=${gettext("My personal information")} />
        <${Row} href="/me/settings" icon="settings" title=${gettext("Settings")}
          detail=${gettext("Privacy, permissions, devices, about us")} />
      <//>
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
