/** Clocking in with the own face: offered where a photo is expected, to whoever has agreed and shown it. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { standing } from "#kit/consents";
import { evidence } from "#kit/evidence";
import { dropPhotos, keepPhoto } from "#kit/photos";
import { settings } from "#kit/settings";
import { useLive } from "#kit/live";
import { Button, Card, Row } from "#parts/basic";
import { StampedPhoto } from "#parts/stamped";
import { Viewfinder } from "#parts/viewfinder";

export const FACE = "attendance_face";

/** @param {{face: Held | null, onChange: (face: Held | null) => void}} props */
export function FaceCard({ face, onChange }) {
  const [open, setOpen] = useState(false);
  const rules = useLive(settings, []);
  const purpose = useLive(() => standing(FACE), []);
  if (rules?.face_attendance !== "optional") return null;
  if (!purpose?.agreed) {
    return html`<${Card} class="list"><${Row} href="/punch/face" icon="user" title=${gettext("Or use your face")}
      detail=${gettext("Asked apart, and taken back as easily")} /><//>`;
  }
  const keep = async ({ bytes, sha256 }) => {
    const seen = evidence(null);
    const taken = { sha256, size: bytes.byteLength, taken_at: seen.device_time };
    await keepPhoto({ ...taken, evidence: seen, visit_id: "punch", step_id: "" }, bytes);
    onChange({ ...taken, evidence: seen });
    setOpen(false);
  };
  const drop = async () => {
    onChange(null);
    await dropPhotos(db.photos.where({ sha256: face.sha256 }).and(({ state }) => state === "held"));
  };
  if (open) return html`<${Card}><${FaceCamera} onTaken=${keep} onClose=${() => setOpen(false)} /><//>`;
  return html`<${Card}><p><b>${gettext("Or your face")}</b></p>
    ${face ? html`<div class="photos"><${StampedPhoto} photo=${face} place=${gettext("Your face")} onDrop=${drop} /></div>`
      : html`<${Button} class="wide dashed" icon="user" onClick=${() => setOpen(true)}>${gettext("Show your face")}<//>`}<//>`;
}

export const FaceCamera = ({ onTaken, onClose }) => html`<${Viewfinder} use="face" facing="user" label="" onTaken=${onTaken} onClose=${onClose}
  words=${gettext("The camera is used for your face at clocking in and for nothing else.")}
  refused=${gettext("You can clock in and out without the camera.")} />`;
