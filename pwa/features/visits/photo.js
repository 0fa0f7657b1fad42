/** Pictures taken here and now. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { dropPhotos, keepPhoto } from "#kit/photos";
import { Button, Card } from "#parts/basic";
import { maySay, proof, SaidPlace, whyWait } from "#parts/place";
import { Viewfinder } from "#parts/viewfinder";
import { StampedPhoto } from "#parts/stamped";

export function PhotoStep({ visit, step, draft, change, here }) {
  const [camera, setCamera] = useState(false);
  const keep = async ({ bytes, sha256 }) => {
    const seen = proof(here, draft.place);
    const named = { sha256, size: bytes.byteLength, taken_at: seen.device_time, evidence: seen };
    await keepPhoto({ ...named, visit_id: visit.id, step_id: step.id }, bytes);
    change({ photos: [...draft.photos, named] });
    setCamera(false);
  };
  const drop = async (sha256) => {
    change({ photos: draft.photos.filter((photo) => photo.sha256 !== sha256) });
    await dropPhotos(db.photos.where({ sha256 }).and(({ state }) => state === "held"));
  };
  if (camera) {
    return html`<${Viewfinder} use="visit_photo" label=${visit.customer.name}
      words=${gettext("The camera is used for photos of this visit and for nothing else. Each photo is taken by you; nothing is read from your gallery.")}
      refused=${gettext("Other steps and the check-out work without the camera.")} here=${here} place=${draft.place} onTaken=${keep} onClose=${() => setCamera(false)} />`;
  }
  return html`
    <div class="photos">
      ${draft.photos.map((photo) => html`
        <${StampedPhoto} key=${photo.sha256} photo=${photo} place=${visit.customer.name} onDrop=${() => drop(photo.sha256)} />`)}
    </div>
    ${maySay(here) && html`<${Card}>
      <${SaidPlace} here=${here} value=${draft.place} onChange=${(place) => change({ place })} /><//>`}
    <${Button} class="wide dashed" icon="camera" disabled=${here.state === "starting" || (maySay(here) && Boolean(whyWait(here, draft.place)))}
      onClick=${() => setCamera(true)}>
      ${draft.photos.length ? gettext("Take another photo") : gettext("Take a photo")}<//>`;
}

/** @returns {{answer: null, photos: Held[], why: string}} */
export function photoAnswer(step, { photos }) {
  const left = Math.max(0, (step.minimum || 1) - photos.length);
  return { answer: null, photos, why: left ? gettext("Photos left: {left}", { left }) : "" };
}
