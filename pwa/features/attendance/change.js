/** One own request about attendance: what became of it; and where it came back, changing it and handing it in again. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { useLive } from "#kit/live";
import { go } from "#kit/router";
import { Button, Card, Choice, Empty, Field } from "#parts/basic";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { Ahead, Department, useWay } from "#features/approvals/ahead";
import { localInput, Request, WAY } from "#features/attendance/day";
import { changeCorrection, changeTime } from "#features/attendance/requests";

export function ChangeRequestPage({ id }) {
  const row = useLive(() => db.attendance_requests.get(id).then((found) => found || null), [id]);
  return html`
    <${Page} title=${gettext("My requests")} up="/punch/requests">
      ${row === null && html`<${Empty} icon="notes" title=${gettext("This request is not on this phone.")} />`}
      ${row && (row.state === "returned" ? html`<${Change} key=${id} row=${row} />` : html`<${Request} request=${row} />`)}
    <//>`;
}

function Change({ row }) {
  const isCorrection = row.kind === "correction";
  const [draft, setDraft] = useState({
    end: row.end, at: localInput(row.starts_at), to: row.ends_at ? localInput(row.ends_at) : "", reason: row.reason, department: "",
  });
  const set = (name) => (event) => setDraft({ ...draft, [name]: event.target.value });
  const isRight = draft.reason.trim() && draft.at && (isCorrection || draft.at < draft.to);
  const way = useWay(WAY, draft.at && (isCorrection || draft.at < draft.to) ? {
    kind: row.kind, on: row.on, request_id: row.id, department_id: draft.department || null,
    starts_at: new Date(draft.at).toISOString(), ends_at: draft.to ? new Date(draft.to).toISOString() : null,
  } : null);
  const send = async () => {
    const { reason, department } = { reason: draft.reason.trim(), department: draft.department };
    await (isCorrection ? changeCorrection(row, { end: draft.end, at: new Date(draft.at), reason, department })
      : changeTime(row, { from: new Date(draft.at), to: new Date(draft.to), reason, department }));
    toast(gettext("Asked; your manager decides"));
    go("/punch/requests", { replace: true });
  };
  return html`
    <${Request} request=${row} isChanged />
    <${Card}>
      ${isCorrection && html`<${Choice} label=${gettext("Which press")} value=${draft.end} onChange=${(end) => setDraft({ ...draft, end })}
        options=${[["on", gettext("Coming")], ["off", gettext("Going home")]]} />`}
      <${Field} label=${isCorrection ? gettext("Time that shall count") : gettext("From")}><input type="datetime-local" value=${draft.at} onInput=${set("at")} /><//>
      ${!isCorrection && html`<${Field} label=${gettext("Until")}><input type="datetime-local" value=${draft.to} onInput=${set("to")} /><//>`}
      <${Field} label=${gettext("Reason")}><textarea rows="2" maxlength="300" value=${draft.reason} onInput=${set("reason")} /><//>
      <${Department} again value=${draft.department} onChange=${(department) => setDraft({ ...draft, department })} />
      <${Ahead} way=${way} />
      <${Button} class="wide" kind="primary" disabled=${!isRight} onClick=${send}>${gettext("Hand in again")}<//>
    <//>`;
}
