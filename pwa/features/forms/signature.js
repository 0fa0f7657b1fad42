/** A field to sign in with finger, pen or mouse; whoever shows the form says where the picture is kept. */
import { useRef } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";

/** @param {{label: string, keep: (bytes: ArrayBuffer) => Promise<Held>, set: (answer: Held[]) => void}} props */
export function Signature({ label, keep, set }) {
  const pad = useRef(null);
  const drawn = useRef(false);
  const point = (event) => {
    const box = pad.current.getBoundingClientRect();
    return [(event.clientX - box.left) * (pad.current.width / box.width), (event.clientY - box.top) * (pad.current.height / box.height)];
  };
  const down = (event) => {
    pad.current.setPointerCapture(event.pointerId);
    const pen = pad.current.getContext("2d");
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.strokeStyle = "#111";
    pen.beginPath();
    pen.moveTo(...point(event));
    drawn.current = true;
  };
  const drag = (event) => {
    if (!event.buttons) return;
    const pen = pad.current.getContext("2d");
    pen.lineTo(...point(event));
    pen.stroke();
  };
  const clear = () => {
    pad.current.getContext("2d").clearRect(0, 0, pad.current.width, pad.current.height);
    drawn.current = false;
  };
  const done = async () => {
    if (!drawn.current) return;
    const blob = await new Promise((ready) => pad.current.toBlob(ready, "image/png"));
    set([await keep(await blob.arrayBuffer())]);
  };
  return html`<canvas class="form-pad" ref=${pad} width="640" height="320" role="img" aria-label=${label} onPointerDown=${down} onPointerMove=${drag}></canvas>
    <div class="form-pair"><button type="button" class="button btn quiet" onClick=${clear}><span>${gettext("Clear")}</span></button>
      <button type="button" class="button btn" onClick=${done}><span>${gettext("Take this signature")}</span></button></div>`;
}
