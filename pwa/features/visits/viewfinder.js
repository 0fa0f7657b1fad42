/** The live camera picture with the watermark as it will be shown, and the shutter. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { capture, closeCamera, openCamera } from "#kit/camera";
import { settings } from "#kit/settings";
import { Button, Empty, Notice } from "#parts/basic";
import { Icon } from "#parts/icon";
import { proof, whyWait } from "#parts/place";
import { Watermark } from "#features/visits/stamped";

export function Viewfinder({ visit, here, place, onTaken, onClose }) {
  const video = useRef(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(true);
  useEffect(() => show(video, () => setBusy(false), setProblem), []);
  const shoot = async () => {
    setBusy(true);
    await onTaken(await capture(video.current, (await settings()).photo_max_px));
  };
  if (problem) return html`<${Refusal} problem=${problem} onClose=${onClose} />`;
  return html`
    <div class="viewfinder">
      <video ref=${video} playsinline muted autoplay></video>
      <${Watermark} place=${visit.customer.name} evidence=${proof(here, place)} />
    </div>
    <div class="shutter-bar">
      <${Button} kind="quiet" onClick=${onClose}>${gettext("Cancel")}<//>
      <button type="button" class="shutter" disabled=${busy || Boolean(whyWait(here, place))} aria-label=${gettext("Take photo")} onClick=${shoot}>
        <${Icon} name="camera" /></button>
      <span></span>
    </div>`;
}

/** @returns {() => void} closes the camera, also when it opens only after the page has gone */
function show(video, ready, failed) {
  let gone = false;
  let stream = null;
  const begin = async () => {
    stream = await openCamera();
    if (gone) return closeCamera(stream);
    video.current.srcObject = stream;
    await video.current.play();
    ready();
  };
  begin().catch((error) => gone || failed(error.name || "error"));
  return () => {
    gone = true;
    closeCamera(stream);
  };
}

const Refusal = ({ problem, onClose }) => html`
  <${Empty} icon="camera" title=${gettext("No camera")}>
    <p>${problem === "NotAllowedError"
      ? gettext("This phone does not let Qince use the camera. Allow it in the phone's settings and come back.")
      : gettext("The camera could not be opened. Close other apps that use it and try again.")}</p>
    <${Notice}>${gettext("Other steps and the check-out work without the camera.")}<//>
    <${Button} onClick=${onClose}>${gettext("Back")}<//>
  <//>`;
