/**
 * Reads bars and QR codes from a live picture, on the phone itself: by the browser where it can, else by ZXing, which is
 * fetched when a form first has such a question and is kept with the release from then on.
 */
const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf", "qr_code"];
const WIDTH = 800; // enough for the bars of a product at arm's length, and quick on an old phone

/** @typedef {(video: HTMLVideoElement) => Promise<string>} Reader what the picture says now; "" for nothing */

async function native() {
  if (!("BarcodeDetector" in globalThis)) return null;
  const { BarcodeDetector } = /** @type {any} */ (globalThis);
  const able = await BarcodeDetector.getSupportedFormats().catch(() => []);
  const formats = FORMATS.filter((each) => able.includes(each));
  return formats.includes("ean_13") ? new BarcodeDetector({ formats }) : null;
}

/** @returns {Promise<Reader>} */
export async function barcodeReader() {
  const detector = await native();
  if (detector) {
    return async (video) => {
      const [found] = await detector.detect(video).catch(() => []);
      return found?.rawValue ?? "";
    };
  }
  return decoding(await import("zxing"));
}

/** Fetch what reading will need, while there is a network. @returns {Promise<unknown>} */
export const prepare = () => native().then((found) => found || import("zxing")).catch(() => null);

/** @returns {Reader} */
function decoding(zxing) {
  const hints = new Map([[zxing.DecodeHintType.TRY_HARDER, true]]);
  const readers = [zxing.MultiFormatUPCEANReader, zxing.Code128Reader, zxing.Code39Reader, zxing.ITFReader, zxing.QRCodeReader]
    .map((Kind) => new Kind(hints));
  const canvas = document.createElement("canvas");
  let upright = false;
  return async (video) => {
    upright = !upright; // bars that stand on end are read in every other picture
    const source = luminance(canvas, video, upright);
    if (!source) return "";
    const bitmap = new zxing.BinaryBitmap(new zxing.HybridBinarizer(new zxing.RGBLuminanceSource(source, canvas.width, canvas.height)));
    for (const reader of readers) {
      try {
        return reader.decode(bitmap, hints).getText();
      } catch {
        reader.reset(); // nothing of this kind in the picture
      }
    }
    return "";
  };
}

/** The picture in shades of grey, turned by a quarter unless `upright`. */
function luminance(canvas, video, upright) {
  if (!video.videoWidth) return null;
  const scale = Math.min(1, WIDTH / Math.max(video.videoWidth, video.videoHeight));
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
  [canvas.width, canvas.height] = upright ? [width, height] : [height, width];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!upright) {
    context.translate(height, 0);
    context.rotate(Math.PI / 2);
  }
  context.drawImage(video, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const grey = new Uint8ClampedArray(data.length / 4);
  for (let at = 0; at < grey.length; at += 1) grey[at] = (data[4 * at] * 306 + data[4 * at + 1] * 601 + data[4 * at + 2] * 117) >> 10;
  return grey;
}
