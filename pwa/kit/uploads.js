/** Photos travel by their content, in pieces; a cut costs at most one piece. The server says how far it got. */
import { db } from "#kit/db";
import { request, Refused } from "#kit/api";
import { gettext } from "#kit/i18n";
import { JPEG } from "#kit/photos";

const PIECE = 512 * 1024;
const TRIES = 3;

/** Send every photo that is ready, oldest first. */
export async function upload() {
  const ready = await db.photos.where("state").equals("ready").sortBy("taken_at");
  for (const photo of ready) await send(photo);
}

/** @param {import("#kit/photos").Photo} photo */
async function send(photo) {
  const { bytes } = (await db.pictures.get(photo.sha256)) || {};
  if (!bytes) return void (await lost(photo));
  let offset = await offsetOnServer(photo);
  while (offset < photo.size) {
    offset = await sendPiece(photo, bytes, offset);
    if (offset < 0) return;
    await db.photos.update(photo.sha256, { offset });
  }
  await db.photos.update(photo.sha256, { state: "sent", offset: photo.size, message: "" });
}

/** The phone was cleared in between; the visit goes on without the picture. */
const lost = ({ sha256 }) =>
  db.photos.update(sha256, { state: "failed", message: gettext("The picture is no longer on this phone.") });

async function offsetOnServer({ sha256, size }) {
  try {
    const { headers } = await request("HEAD", `/files/${sha256}`);
    return headers.get("Upload-Complete") === "?1" ? size : Number(headers.get("Upload-Offset")) || 0;
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return 0;
    throw error;
  }
}

/** @returns {Promise<number>} how far the server now is, or -1 when this photo must rest */
async function sendPiece(photo, bytes, offset) {
  const { sha256, size } = photo;
  try {
    const { headers } = await request("PATCH", `/files/${sha256}`, {
      bytes: bytes.slice(offset, offset + PIECE), timeout: 120_000,
      headers: { "Upload-Offset": String(offset), "Upload-Length": String(size), "Content-Type": JPEG },
    });
    return headers.get("Upload-Complete") === "?1" ? size : Number(headers.get("Upload-Offset"));
  } catch (error) {
    if (!(error instanceof Refused) || error.again) throw error;
    return error.code === "upload_offset" ? rightOffset(error, photo) : refused(error, photo);
  }
}

/** The server is elsewhere than the phone thought; a lost reply does that. */
function rightOffset(error, { size }) {
  const offset = Number(error.body.offset ?? error.fields.offset);
  if (!(offset >= 0 && offset <= size)) throw error;
  return offset;
}

/** A damaged transfer is begun anew a few times; anything else is the person's to see. */
async function refused(error, { sha256, tries }) {
  if ([401, 403, 426].includes(error.status)) throw error;
  const again = error.code === "hash_mismatch" && tries + 1 < TRIES;
  await db.photos.update(sha256, {
    state: again ? "ready" : "failed", offset: 0, tries: tries + 1, message: error.message,
  });
  return -1;
}
