/** Clocking in with the own face: offered where a photo is expected, to whoever has agreed and shown it. */
import { useState } from "preact/hooks";
import { call } from "#kit/api";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { pushConsents, standing } from "#kit/consents";
import { evidence } from "#kit/evidence";
import { pushReports } from "#kit/permissions";
import { dropPhotos, keepPhoto } from "#kit/photos";
import { settings } from "#kit/settings";
import { useLive } from "#kit/live";
import { Button, Card, Row } from "#parts/basic";
import { StampedPhoto } from "#parts/stamped";
import { FaceCamera } from "#features/attendance/face-camera";
import { TurningCamera } from "#features/attendance/turning";

export const FACE = "attendance_face";

/** @param {{face: Held | null, onChange: (face: Held | null) => void}} props */
export function FaceCard({ face, onChange }) {
  const [open, setOpen] = useState(false);
  const [turns, setTurns] = useState(null);
  const rules = useLive(settings, []);
  const purpose = useLive(() => standing(FACE), []);
  if (rules?.face_attendance !== "optional") return null;
  if (!purpose?.agreed) {
    return html`<${Card} class="list"><${Row} href="/punch/face" icon="user" title=${gettext("Or use your face")}
      detail=${gettext("Asked apart, and taken back as easily")} /><//>`;
  }
  const begin = async () => {
    setTurns(await askForTurns());
    setOpen(true);
  };
  const keep = async ({ bytes, sha256 }, challenge = null) => {
    const seen = evidence(null);
    const taken = { sha256, size: bytes.byteLength, taken_at: seen.device_time, challenge };
    await keepPhoto({ ...taken, evidence: seen, visit_id: "punch", step_id: "" }, bytes);
    onChange({ ...taken, evidence: seen });
    setOpen(false);
  };
  const drop = async () => {
    onChange(null);
    await dropPhotos(db.photos.where({ sha256: face.sha256 }).and(({ state }) => state === "held"));
  };
  const close = () => setOpen(false);
  if (open && turns) return html`<${Card}><${TurningCamera} turns=${turns} onAgain=${begin} onTaken=${keep} onClose=${close} /><//>`;
  if (open) return html`<${Card}><${FaceCamera} onTaken=${keep} onClose=${close} /><//>`;
  return html`<${Card}><p><b>${gettext("Or your face")}</b></p>
    ${face ? html`<div class="photos"><${StampedPhoto} photo=${face} place=${gettext("Your face")} onDrop=${drop} /></div>`
      : html`<${Button} class="wide dashed" icon="user" onClick=${begin}>${gettext("Show your face")}<//>`}<//>`;
}

/** How the head is to be turned; null without signal and where no machine compares: then a person looks at the picture. */
async function askForTurns() {
  try {
    if (!(await call("GET", "/attendance/face")).is_assessed_by_machine) return null;
    await pushConsents();
    await pushReports();
    return await call("POST", "/attendance/face/turns");
  } catch {
    return null;
  }
}
