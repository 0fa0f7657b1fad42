/** The line that leads to my messages, with how many wait; without signal it says nothing about that. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { Pill, Row } from "#parts/basic";

export function MessagesRow() {
  const [unread, setUnread] = useState(0);
  useEffect(() => void call("GET", "/messages/unread").then((data) => setUnread(data.unread), () => {}), []);
  return html`<${Row} href="/me/messages" icon="bell" title=${gettext("Messages")} detail=${gettext("What concerns me")}>
    ${unread > 0 && html`<${Pill} tone="bad">${unread > 99 ? "99+" : unread}<//>`}<//>`;
}
