/** Photos at a press: asked for by the group's rules, agreed to by the person, never the only way. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { agree, standing } from "#kit/consents";
import { decideUse } from "#kit/permissions";
import { dropPhotos, keepPhoto } from "#kit/photos";
import { useLive } from "#kit/live";
import { Button } from "#parts/basic";
import { proof } from "#parts/place";
import { StampedPhoto } from "#parts/stamped";
import { Viewfinder } from "#parts/viewfinder";

export const PURPOSE = "attendance_photo";
const USE = "punch_photo";
const MOST = 3;

/** Which rules hold today; nothing is asked for where the phone knows of none. */
export const NO_RULES = { field: "off", field_photo: "off", photo: "off" };

/**
 * The photos so far, and the button for another. `held` names what they belong to until the press is made.
 * @param {{photos: Held[], onChange: (photos: Held[]) => void, here: Held, place: string, label: string, held: string}} props
 */
export function Pictures({ photos, onChange, here, place, label, held }) {
  const [open, setOpen] = useState(false);
  const keep = async ({ bytes, sha256 }) => {
    const seen = proof(here, place);
    const named = { sha256, size: bytes.byteLength, taken_at: seen.device_time, evidence: seen };
    await keepPhoto({ ...named, visit_id: held, step_id: "" }, bytes);
    onChange([...photos, named]);
    setOpen(false);
  };
  const drop = async (sha256) => {
    onChange(photos.filter((photo) => photo.sha256 !== sha256));
    await dropPhotos(db.photos.where({ sha256 }).and(({ state }) => state === "held"));
  };
  if (open) return html`<${Camera} here=${here} place=${place} label=${label} onTaken=${keep} onClose=${() => setOpen(false)} />`;
  return html`
    <div class="photos">${photos.map((photo) => html`
      <${StampedPhoto} key=${photo.sha256} photo=${photo} place=${label} onDrop=${() => drop(photo.sha256)} />`)}</div>
    ${photos.length < MOST && html`<${Button} class="wide dashed" icon="camera" onClick=${() => setOpen(true)}>
      ${photos.length ? gettext("Take another photo") : gettext("Take a photo")}<//>`}`;
}

/** Before the camera its purpose is agreed to; one button says both, for they are asked for one thing. */
function Camera(props) {
  const purpose = useLive(() => standing(PURPOSE), []);
  if (purpose === undefined) return null;
  if (purpose?.agreed) {
    return html`<${Viewfinder} use=${USE} ...${props}
      words=${gettext("The camera is used for photos when you clock in or out and for nothing else. Each photo is taken by you.")}
      refused=${gettext("You can clock in and out without the camera.")} />`;
  }
  const allow = async () => {
    await decideUse("camera", USE, true);
    await agree(PURPOSE);
  };
  return html`
    <div class="asking"><p><b>${purpose?.title || gettext("Photos when clocking in or out")}</b></p>
      ${purpose?.explanation && html`<p>${purpose.explanation}</p>`}
      <p class="quiet">${purpose?.if_refused || gettext("You can clock in and out without the camera.")}</p>
      <div class="pair"><${Button} onClick=${props.onClose}>${gettext("Without a photo")}<//>
        <${Button} icon="camera" onClick=${allow}>${gettext("Agree")}<//></div></div>`;
}
