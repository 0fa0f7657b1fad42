/** The camera, and only the camera: a picture from the gallery would prove nothing about here and now. */
import { sha256 } from "#kit/canonical";
import { JPEG } from "#kit/photos";

const QUALITY = 0.85;

/** @param {"environment"|"user"} facing @returns {Promise<MediaStream>} the camera at the back, or the one at the front */
export const openCamera = (facing = "environment") =>
  navigator.mediaDevices.getUserMedia({
    audio: false, video: { facingMode: facing, width: { ideal: 1920 }, height: { ideal: 1440 } },
  });

/** @param {MediaStream | null} stream */
export const closeCamera = (stream) => stream?.getTracks().forEach((track) => track.stop());

/**
 * The frame now shown, as a clean JPEG: nothing is drawn on it; the watermark is rendered from the evidence.
 * @param {HTMLVideoElement} video @param {number} maxPx longest side
 * @returns {Promise<{bytes: ArrayBuffer, sha256: string}>}
 */
export async function capture(video, maxPx) {
  const scale = Math.min(1, maxPx / Math.max(video.videoWidth, video.videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, JPEG, QUALITY));
  if (!blob) throw new Error("the camera gave no picture");
  const bytes = await blob.arrayBuffer();
  return { bytes, sha256: await sha256(bytes) };
}

/** For what is sent in JSON. @param {ArrayBuffer} bytes */
export function base64(bytes) {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}
