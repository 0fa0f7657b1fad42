/** The camera held at bars: the number is taken once two pictures say the same. No picture is kept. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { barcodeReader } from "#kit/barcode";
import { Allowed, NoCamera, show } from "#parts/camera";
import { Button } from "#parts/basic";

const PAUSE_MS = 120;

/** @param {{use: string, onRead: (code: string) => void, onClose: () => void}} props */
export const Scanner = (props) => html`
  <${Allowed} use=${props.use} onClose=${props.onClose} words=${gettext("The camera is used to read this code and for nothing else. No picture is kept or sent; you can type the number instead.")}>
    <${Open} ...${props} /><//>`;

function Open({ onRead, onClose }) {
  const video = useRef(null);
  const [problem, setProblem] = useState("");
  const [unable, setUnable] = useState(false);
  useEffect(() => {
    let timer;
    let gone = false;
    const ready = async () => {
      const read = await barcodeReader().catch(() => null);
      if (!read) return setUnable(true);
      let before = "";
      const look = async () => {
        const code = gone ? "" : await read(video.current);
        if (gone) return;
        if (code && code === before) {
          navigator.vibrate?.(60);
          return onRead(code);
        }
        before = code || before;
        timer = setTimeout(look, PAUSE_MS);
      };
      void look();
    };
    const close = show(video, "environment", ready, setProblem);
    return () => {
      gone = true;
      clearTimeout(timer);
      close();
    };
  }, []);
  if (problem) return html`<${NoCamera} problem=${problem} words=${gettext("Type the number under the bars instead.")} onClose=${onClose} />`;
  if (unable) return html`<p class="form-stand-in">${gettext("Reading codes has to be fetched once with a network. Type the number meanwhile.")} <${Button} onClick=${onClose}>${gettext("Back")}<//></p>`;
  return html`
    <div class="scanner"><video class="form-video" ref=${video} playsinline muted autoplay></video><i aria-hidden="true"></i></div>
    <p class="form-hint" role="status">${gettext("Hold the code into the frame.")}</p>
    <${Button} kind="quiet" onClick=${onClose}>${gettext("Cancel")}<//>`;
}
