/**
 * Photos taken: what is known of each in `photos`, its bytes apart in `pictures`, so that counting does not load them.
 * Bytes, not Blobs: they lie inside the transaction, so picture and record are kept or lost together.
 */
import { db } from "#kit/db";

export const JPEG = "image/jpeg";

/**
 * A photo: `held` until an operation names it, then `ready`, `sent`, or `failed` when the server will not take it.
 * @typedef {{sha256: string, size: number, taken_at: string, evidence: import("#kit/evidence").Evidence, visit_id: string,
 *   step_id: string, state: "held"|"ready"|"sent"|"failed", offset: number, tries: number, message: string}} Photo
 */

/** @param {Pick<Photo, "sha256"|"size"|"taken_at"|"evidence"|"visit_id"|"step_id">} photo @param {ArrayBuffer} bytes */
export const keepPhoto = (photo, bytes) =>
  db.transaction("rw", db.photos, db.pictures, async () => {
    await db.photos.put({ ...photo, state: "held", offset: 0, tries: 0, message: "" });
    await db.pictures.put({ sha256: photo.sha256, bytes });
  });

/** @param {import("dexie").Collection} chosen photos to forget */
export const dropPhotos = (chosen) =>
  db.transaction("rw", db.photos, db.pictures, async () => {
    const keys = await chosen.primaryKeys();
    await db.photos.bulkDelete(keys);
    await db.pictures.bulkDelete(keys);
  });
