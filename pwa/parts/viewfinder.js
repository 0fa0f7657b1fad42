/** The live camera picture with the watermark as it will be shown, and the shutter. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { capture } from "#kit/camera";
import { settings } from "#kit/settings";
import { Allowed, NoCamera, show } from "#parts/camera";
import { Button } from "#parts/basic";
import { Icon } from "#parts/icon";
import { proof, whyWait } from "#parts/place";
import { Watermark } from "#parts/stamped";

/**
 * The camera opens only after this use of it was allowed by an act of its own, said in `words`.
 * @param {{use: string, words: string, refused: string, label: string, here?: Held, place?: string, facing?: "environment"|"user", says?: string,
 *   onTaken: (shot: {bytes: ArrayBuffer, sha256: string}) => Promise<unknown>, onClose: () => void}} props
 */
export const Viewfinder = (props) => html`
  <${Allowed} use=${props.use} words=${props.words} onClose=${props.onClose}><${Open} ...${props} /><//>`;

function Open({ label, here, place, refused, says = "", facing = "environment", onTaken, onClose }) {
  const video = useRef(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(true);
  const ready = () => {
    setBusy(false);
    video.current.scrollIntoView({ block: "center" });
  };
  useEffect(() => show(video, facing, ready, setProblem), []);
  const shoot = async () => {
    setBusy(true);
    await onTaken(await capture(video.current, (await settings()).photo_max_px));
    setBusy(false); // still open where several are wanted
  };
  if (problem) return html`<${NoCamera} problem=${problem} words=${refused} onClose=${onClose} />`;
  return html`
    <div class="viewfinder">
      <video ref=${video} class=${facing === "user" ? "is-mirrored" : ""} playsinline muted autoplay></video>
      ${says && html`<p class="viewfinder-says" role="status">${says}</p>`}
      ${here && html`<${Watermark} place=${label} evidence=${proof(here, place)} />`}
    </div>
    <div class="shutter-bar">
      <${Button} kind="quiet" onClick=${onClose}>${gettext("Cancel")}<//>
      <button type="button" class="shutter" disabled=${busy || Boolean(here && whyWait(here, place))} aria-label=${gettext("Take photo")} onClick=${shoot}>
        <${Icon} name="camera" /></button>
      <span></span>
    </div>`;
}
