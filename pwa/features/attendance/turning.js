/** The face from the front and then turned as the server asks: what a picture held before the camera cannot do. */
import { useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { call } from "#kit/api";
import { base64 } from "#kit/camera";
import { Button, Notice } from "#parts/basic";
import { FaceCamera } from "#features/attendance/face-camera";

const WORDS = {
  front: () => gettext("Look straight into the camera."),
  left: () => gettext("Turn your head a little to your left."),
  right: () => gettext("Turn your head a little to your right."),
};

/**
 * @param {{turns: {id: string, acts: ("left"|"right")[]}, onAgain: () => Promise<void>, onClose: () => void,
 *          onTaken: (shot: {bytes: ArrayBuffer, sha256: string}, challenge: string) => Promise<void>}} props
 */
export function TurningCamera({ turns, onAgain, onTaken, onClose }) {
  const [shots, setShots] = useState([]);
  const [problem, setProblem] = useState("");
  const steps = ["front", ...turns.acts];
  const take = async (shot) => {
    const all = [...shots, shot];
    setShots(all);
    if (all.length < steps.length) return;
    try {
      const pictures = all.map(({ bytes }) => base64(bytes));
      const { has_turned } = await call("POST", `/attendance/face/turns/${turns.id}`, { pictures });
      if (has_turned) return await onTaken(all[0], turns.id);
      setProblem(gettext("The pictures do not show your head turned as asked."));
    } catch (error) {
      setProblem(error.message);
    }
  };
  const again = async () => {
    setShots([]);
    setProblem("");
    await onAgain();
  };
  if (problem) {
    return html`<${Notice} tone="bad" icon="alert-triangle">${problem}<//>
      <${Button} class="wide" kind="primary" onClick=${again}>${gettext("Try again")}<//>
      <${Button} class="wide" onClick=${() => onTaken(shots[0], turns.id)}>${gettext("Send the first picture; a person looks at it")}<//>`;
  }
  if (shots.length === steps.length) return html`<p class="quiet" role="status">${gettext("Comparing…")}</p>`;
  const says = `${shots.length + 1} / ${steps.length} · ${WORDS[steps[shots.length]]()}`;
  return html`<${FaceCamera} says=${says} onTaken=${take} onClose=${onClose} />`;
}
