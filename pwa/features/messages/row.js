/** The line that leads to my messages, with how many wait. */
import { useEffect } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { countUnread, unread } from "#kit/unread";
import { Pill, Row } from "#parts/basic";

export function MessagesRow() {
  useEffect(() => void countUnread(), []);
  return html`<${Row} href="/me/messages" icon="bell" title=${gettext("Messages")} detail=${gettext("What concerns me")}>
    ${unread.value > 0 && html`<${Pill} tone="bad">${unread.value > 99 ? "99+" : unread.value}<//>`}<//>`;
}
