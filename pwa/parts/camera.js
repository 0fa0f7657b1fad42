/** The camera opens only after this use of it was allowed by an act of its own; and it closes with the page. */
import { useEffect, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { closeCamera, openCamera } from "#kit/camera";
import { decideUse, noteDialog, noteRefusal, useAllowed } from "#kit/permissions";
import { mayAsk } from "#kit/prompts";
import { Button, Empty, Notice } from "#parts/basic";

/** @param {{use: string, words: string, onClose: () => void, children: unknown}} props what is shown once it is allowed */
export function Allowed({ use, words, onClose, children }) {
  const [allowed, setAllowed] = useState(undefined);
  const [rested, setRested] = useState(false);
  useEffect(() => {
    void useAllowed("camera", use).then((yes) => {
      setAllowed(yes);
      if (!yes) void mayAsk("camera", use).then((may) => setRested(!may));
    });
  }, []);
  if (allowed) return children;
  if (allowed === undefined) return null;
  const decide = async (yes) => {
    await decideUse("camera", use, yes);
    await noteRefusal("camera", !yes);
    if (yes) setAllowed(true);
    else onClose();
  };
  return html`
    <div class="asking">
      <p>${words}</p>
      <div class="pair">
        <${Button} onClick=${() => decide(false)} disabled=${rested}>${gettext("Not now")}<//>
        <${Button} icon="camera" onClick=${() => decide(true)}>${gettext("Use the camera")}<//>
      </div>
      <${Button} kind="quiet" onClick=${onClose}>${gettext("Back")}<//>
    </div>`;
}

/** @returns {() => void} closes the camera, also when it opens only after the page has gone */
export function show(video, facing, ready, failed) {
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

export const NoCamera = ({ problem, words, onClose }) => html`
  <${Empty} icon="camera" title=${gettext("No camera")}>
    <p>${problem === "NotAllowedError"
      ? gettext("This phone does not let Qince use the camera. Allow it in the phone's settings and come back.")
      : gettext("The camera could not be opened. Close other apps that use it and try again.")}</p>
    <${Notice}>${words}<//>
    <${Button} onClick=${onClose}>${gettext("Back")}<//>
  <//>`;
