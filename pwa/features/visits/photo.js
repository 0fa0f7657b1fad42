/** Pictures taken here and now. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { evidence } from "#kit/evidence";
import { Button } from "#parts/basic";
import { Viewfinder } from "#features/visits/viewfinder";
import { StampedPhoto } from "#features/visits/stamped";

export function PhotoStep({ visit, step, draft, change, here }) {
  const [camera, setCamera] = useState(false);
  const keep = async ({ blob, sha256 }) => {
    const proof = evidence(here.fix, visit.manual_place);
    const named = { sha256, size: blob.size, taken_at: proof.device_time, evidence: proof };
    await db.photos.put({
      ...named, blob, visit_id: visit.id, step_id: step.id, state: "held", offset: 0, tries: 0, message: "",
    });
    change({ photos: [...draft.photos, named] });
    setCamera(false);
  };
  const drop = async (sha256) => {
    change({ photos: draft.photos.filter((photo) => photo.sha256 !== sha256) });
    await db.photos.where({ sha256 }).and(({ state }) => state === "held").delete();
  };
  if (camera) {
    return html`<${Viewfinder} visit=${visit} here=${here} onTaken=${keep} onClose=${() => setCamera(false)} />`;
  }
  return html`
    <div class="photos">
      ${draft.photos.map((photo) => html`
        <${StampedPhoto} key=${photo.sha256} photo=${photo} place=${visit.customer.name} onDrop=${() => drop(photo.sha256)} />`)}
    </div>
    <${Button} class="wide dashed" icon="camera" onClick=${() => setCamera(true)}>
      ${draft.photos.length ? gettext("Take another photo") : gettext("Take a photo")}<//>`;
}

/** @returns {{answer: null, photos: object[], why: string}} */
export function photoAnswer(step, { photos }) {
  const left = Math.max(0, (step.minimum || 1) - photos.length);
  return { answer: null, photos, why: left ? gettext("Photos left: {left}", { left }) : "" };
}
