/** The line that leads to approvals, with how many wait for me; without signal it says nothing about that. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { Pill, Row } from "#parts/basic";

export function ApprovalsRow() {
  const [waiting, setWaiting] = useState(0);
  useEffect(() => void call("GET", "/approvals").then((data) => setWaiting(data.waiting), () => {}), []);
  return html`<${Row} href="/approvals" icon="checklist" title=${gettext("Approvals")} detail=${gettext("Decide, and follow your own requests")}>
    ${waiting > 0 && html`<${Pill} tone="bad">${waiting > 99 ? "99+" : waiting}<//>`}<//>`;
}
