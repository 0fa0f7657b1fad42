/** The frame of a page: title, way back, badge, banner, content, tabs. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { back, path } from "#kit/router";
import { unread } from "#kit/unread";
import { Icon } from "#parts/icon";
import { Banner, SyncBadge, unsent } from "#parts/status";

/** @param {{title: string, subtitle?: string, up?: string, foot?: unknown, children?: unknown}} props `up`: where the arrow leads when there is no history */
export const Page = ({ title, subtitle, up, foot, children }) => html`
  <header class="top">
    ${up && html`<button type="button" class="back" aria-label=${gettext("Back")} onClick=${() => back(up)}>
      <${Icon} name="chevron-left" /></button>`}
    <h1>${title}${subtitle && html`<small>${subtitle}</small>`}</h1>
    <${SyncBadge} />
  </header>
  <main class=${foot ? "with-foot" : ""}><${Banner} />${children}</main>
  ${foot ? html`<footer class="foot">${foot}</footer>` : html`<${Tabs} />`}`;

export function Tabs() {
  const tabs = [
    ["/", "route", gettext("Today")],
    ["/punch", "clock", gettext("Attendance")],
    ["/pending", "cloud-upload", gettext("To upload")],
    ["/me", "user", gettext("Me")],
  ];
  const { pending, stuck } = unsent.value;
  const active = (to) => (to === "/" ? path.value === "/" : path.value.startsWith(to));
  return html`
    <nav class="tabs" aria-label=${gettext("Pages")}>
      ${tabs.map(([to, icon, label]) => html`
        <a key=${to} href="#${to}" aria-current=${active(to) ? "page" : undefined}>
          <span><${Icon} name=${icon} />
            ${to === "/pending" && pending + stuck > 0 && html`<b class=${stuck ? "bad" : ""}>${pending + stuck}</b>`}
            ${to === "/me" && unread.value > 0 && html`<b class="bad">${unread.value > 99 ? "99+" : unread.value}</b>`}
          </span>${label}
        </a>`)}
    </nav>`;
}
