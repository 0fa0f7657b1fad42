/** Showing the own face, once, and taking it back. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { recall } from "#kit/db";
import { call } from "#kit/api";
import { base64 } from "#kit/camera";
import { agree, consentAct, decide, pushConsents, standing } from "#kit/consents";
import { moment } from "#kit/format";
import { decideUse, pushReports } from "#kit/permissions";
import { useLive } from "#kit/live";
import { Button, Card, Empty, Notice } from "#parts/basic";
import { Page } from "#parts/page";
import { toast } from "#parts/toast";
import { FaceCamera } from "#features/attendance/face-camera";
import { FACE } from "#features/attendance/face-card";

const WANTED = 3;

export function FacePage() {
  const purpose = useLive(() => standing(FACE), []);
  const [state, setState] = useState(undefined);
  const look = () => call("GET", "/attendance/face").then(setState, () => setState(null));
  useEffect(() => void look(), []);
  if (purpose === undefined || state === undefined) return html`<${Page} title=${gettext("Your face")} up="/punch" />`;
  if (!state) return html`<${Page} title=${gettext("Your face")} up="/punch"><${Empty} icon="cloud-off" title=${gettext("This needs a connection")} /><//>`;
  if (!state.is_offered) {
    return html`<${Page} title=${gettext("Your face")} up="/punch"><${Empty} icon="user" title=${gettext("Your organization does not use faces")} /><//>`;
  }
  return html`
    <${Page} title=${gettext("Your face")} up="/punch">
      <${Card}><p>${purpose?.explanation}</p><p class="quiet">${purpose?.if_refused}</p><//>
      ${!state.is_assessed_by_machine && html`<${Notice}>${gettext("No machine compares here: whoever decides about your clock-ins looks at the picture.")}<//>`}
      ${purpose?.agreed ? html`<${Agreed} state=${state} onChange=${look} />` : html`<${Ask} />`}
    <//>`;
}

function Ask() {
  const allow = async () => {
    await decideUse("camera", "face", true);
    await agree(FACE);
  };
  return html`<${Button} class="wide" kind="primary" onClick=${allow}>${gettext("Agree")}<//>
    <${Button} class="wide" kind="quiet" onClick=${() => history.back()}>${gettext("Clock in another way")}<//>`;
}

function Agreed({ state, onChange }) {
  const [taken, setTaken] = useState([]);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const keep = async ({ bytes }) => {
    const all = [...taken, base64(bytes)];
    setTaken(all);
    setOpen(all.length < WANTED);
  };
  const send = async () => {
    setBusy(true);
    setProblem("");
    try {
      await pushConsents();
      await pushReports();
      await call("POST", "/attendance/face", { pictures: taken });
      toast(gettext("Saved"));
      await onChange();
    } catch (error) {
      setProblem(error.message);
    }
    setTaken([]);
    setBusy(false);
  };
  const withdraw = async () => {
    await decide([consentAct(FACE, "withdrawn", (await recall("notice_hash")) || "")]);
    await pushConsents().catch(() => {}); // without signal it is sent with the next sync, before any other work
    toast(gettext("Taken back; everything about your face is erased"));
    await onChange();
  };
  return html`
    ${state.enrolled_at && html`<${Notice} icon="check">${gettext("Shown {when}", { when: moment(state.enrolled_at) })}<//>`}
    ${problem && html`<${Notice} tone="bad" icon="alert-triangle">${problem}<//>`}
    <${Card}><p>${gettext("{have} of {want} pictures: from the front, then a little from either side.", { have: taken.length, want: WANTED })}</p>
      ${open ? html`<${FaceCamera} onTaken=${keep} onClose=${() => setOpen(false)} />`
        : taken.length < WANTED ? html`<${Button} class="wide dashed" icon="camera" onClick=${() => setOpen(true)}>${state.enrolled_at ? gettext("Show it anew") : gettext("Show your face")}<//>`
          : html`<${Button} class="wide" kind="primary" busy=${busy} onClick=${send}>${gettext("Send")}<//>`}<//>
    <${Button} class="wide" onClick=${withdraw}>${gettext("Take back and erase")}<//>`;
}
