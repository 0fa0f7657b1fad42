/** Messages to me: the list, opened in place; opening one marks it read. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext, language } from "#kit/i18n";
import { call } from "#kit/api";
import { when } from "#kit/format";
import { setUnread, unread } from "#kit/unread";
import { Button, Card, Empty, Pill, Row, Skeleton } from "#parts/basic";
import { Page } from "#parts/page";
import { useAct } from "#features/activation/act";

export function MessagesPage() {
  const [found, setFound] = useState(null);
  const [act, busy, error] = useAct();
  const load = (after) => act(async () => {
    const page = await call("GET", `/messages${after ? `?after=${after}` : ""}`);
    setUnread(page.unread);
    setFound((before) => (after ? { ...page, messages: [...before.messages, ...page.messages] } : page));
  });
  useEffect(() => void load(), [language.value]);
  useEffect(() => void (found && unread.value !== found.unread && load()), [unread.value]); // a new one appears by itself
  const read = (path) => act(() => call("POST", path)).then(() => load());
  return html`
    <${Page} title=${gettext("Messages")} up="/me">
      ${error && html`<${Empty} icon="cloud-off" title=${error}>
        <${Button} icon="refresh" busy=${busy} onClick=${() => load()}>${gettext("Try again")}<//><//>`}
      ${!found && !error && html`<${Skeleton} lines=${6} />`}
      ${found && !found.messages.length && html`<${Empty} icon="bell" title=${gettext("No messages")} />`}
      ${found?.unread > 0 && html`<${Button} class="wide" icon="check" busy=${busy} onClick=${() => read("/messages/read")}>
        ${gettext("Mark all read")}<//>`}
      ${found?.messages.map((each) => html`<${Message} key=${each.id} message=${each} onRead=${() => read(`/messages/${each.id}/read`)} />`)}
      ${found?.next && html`<${Button} class="wide" busy=${busy} onClick=${() => load(found.next)}>${gettext("Earlier messages")}<//>`}
    <//>`;
}

function Message({ message, onRead }) {
  const open = (event) => event.target.open && !message.read_at && void onRead();
  return html`
    <${Card}><details onToggle=${open}>
      <summary class="spread"><span class="row-text"><b>${message.title}</b><small>${when(message.created_at)}</small></span>
        ${message.urgent && html`<${Pill} tone="bad">${gettext("Urgent")}<//>`}
        ${message.recalled_at && html`<${Pill}>${gettext("No longer needed")}<//>`}
        ${!message.read_at && !message.recalled_at && html`<${Pill} tone="good">${gettext("New")}<//>`}</summary>
      ${message.body.split("\n").filter(Boolean).map((line) => html`<p>${line}</p>`)}
      ${placeOf(message.link) && html`<${Row} href=${placeOf(message.link)} icon="chevron-right" title=${gettext("Open")} />`}
      <${Why} message=${message} />
    </details><//>`;
}

/** Where in the app a message leads: its own addresses, and the pages of the console that the app shows too. */
function placeOf(link) {
  if (link.startsWith("/m/#")) return link.slice(4);
  const request = /^\/approvals\/requests\/([0-9a-f-]{36})\/$/.exec(link);
  if (request) return `/approvals/${request[1]}`;
  const report = /^\/daily-reports\/([0-9a-f-]{36})\/$/.exec(link);
  if (report) return `/reports/${report[1]}`;
  return link === "/daily-reports/mine/" ? "/reports" : "";
}

/** Why one got it, and which channels were used, when, and what decided. */
const Why = ({ message: { why, ways } }) => html`
  <details class="why"><summary class="quiet">${gettext("Why did I get this?")}</summary>
    ${why && html`<p>${why}</p>`}
    <ul>${ways.map((way) => html`<li key=${way.channel}><b>${way.label}</b>${": "}${way.state}
      ${way.obstacle && ` (${way.obstacle})`}
      <small>${when(way.not_before || way.at)} · ${way.decided_by}</small></li>`)}</ul></details>`;
