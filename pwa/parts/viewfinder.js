/** The live camera picture with the watermark as it will be shown, and the shutter. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { capture, closeCamera, openCamera } from "#kit/camera";
import { settings } from "#kit/settings";
import { decideUse, noteDialog, noteRefusal, useAllowed } from "#kit/permissions";
import { mayAsk } from "#kit/prompts";
import { Button, Empty, Notice } from "#parts/basic";
import { Icon } from "#parts/icon";
import { proof, whyWait } from "#parts/place";
import { Watermark } from "#parts/stamped";

/**
 * The camera opens only after this use of it was allowed by an act of its own, said in `words`.
 * @param {{use: string, words: string, refused: string, label: string, here?: Held, place?: string, facing?: "environment"|"user",
 *   onTaken: (shot: {bytes: ArrayBuffer, sha256: string}) => Promise<unknown>, onClose: () => void}} props
 */
export function Viewfinder(props) {
  const { use: USE } = props;
  const [allowed, setAllowed] = useState(undefined);
  const [rested, setRested] = useState(false);
  useEffect(() => {
    void useAllowed("camera", USE).then((yes) => {
      setAllowed(yes);
      if (!yes) void mayAsk("camera", USE).then((may) => setRested(!may));
    });
  }, []);
  if (allowed) return html`<${Open} ...${props} />`;
  if (allowed === undefined) return null;
  const decide = async (yes) => {
    await decideUse("camera", USE, yes);
    await noteRefusal("camera", !yes);
    if (yes) setAllowed(true);
    else props.onClose();
  };
  return html`
    <div class="asking">
      <p>${props.words}</p>
      <div class="pair">
        <${Button} onClick=${() => decide(false)} disabled=${rested}>${gettext("Not now")}<//>
        <${Button} icon="camera" onClick=${() => decide(true)}>${gettext("Use the camera")}<//>
      </div>
      <${Button} kind="quiet" onClick=${props.onClose}>${gettext("Back")}<//>
    </div>`;
}

function Open({ label, here, place, refused, facing = "environment", onTaken, onClose }) {
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
  };
  if (problem) return html`<${Refusal} problem=${problem} words=${refused} onClose=${onClose} />`;
  return html`
    <div class="viewfinder">
      <video ref=${video} playsinline muted autoplay></video>
      ${here && html`<${Watermark} place=${label} evidence=${proof(here, place)} />`}
    </div>
    <div class="shutter-bar">
      <${Button} kind="quiet" onClick=${onClose}>${gettext("Cancel")}<//>
      <button type="button" class="shutter" disabled=${busy || Boolean(here && whyWait(here, place))} aria-label=${gettext("Take photo")} onClick=${shoot}>
        <${Icon} name="camera" /></button>
      <span></span>
    </div>`;
}

/** @returns {() => void} closes the camera, also when it opens only after the page has gone */
function show(video, facing, ready, failed) {
  let gone = false;
  let stream = null;
  const begin = async () => {
    stream = await openCamera(facing);
    if (gone) return closeCamera(stream);
    video.current.srcObject = stream;
    await video.current.play();
    ready();
  };
  begin().then(() => noteDialog("camera", true), (error) => {
    if (error.name === "NotAllowedError") void noteDialog("camera", false);
    if (!gone) failed(error.name || "error");
  });
  return () => {
    gone = true;
    closeCamera(stream);
  };
}

const Refusal = ({ problem, words, onClose }) => html`
  <${Empty} icon="camera" title=${gettext("No camera")}>
    <p>${problem === "NotAllowedError"
      ? gettext("This phone does not let Qince use the camera. Allow it in the phone's settings and come back.")
      : gettext("The camera could not be opened. Close other apps that use it and try again.")}</p>
    <${Notice}>${words}<//>
    <${Button} onClick=${onClose}>${gettext("Back")}<//>
  <//>`;
