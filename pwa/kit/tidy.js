/** Housekeeping at start: what the server has had for a while is cleared from the phone. Nothing unsent is touched. */
import { db } from "#kit/db";
import { dropPhotos } from "#kit/photos";

const DAY = 86_400_000;
const PHOTO_DAYS = 3;
const RECORD_DAYS = 15;

const older = (when, days) => Date.now() - Date.parse(when) > days * DAY;

export async function tidy() {
  await db.transaction("rw", db.tables, async () => {
    const busy = new Set((await db.operations.toArray()).map(({ subject }) => subject));
    await dropPhotos(db.photos.where("state").equals("sent").and(({ taken_at }) => older(taken_at, PHOTO_DAYS)));
    await db.fieldwork.where("state").equals("done")
      .and(({ id, checked_out_at }) => !busy.has(id) && older(checked_out_at, RECORD_DAYS)).delete();
    await db.visits.filter(({ checked_in_at }) => older(checked_in_at, RECORD_DAYS)).delete();
    await db.punches.filter(({ id, punched_at }) => !busy.has(id) && older(punched_at, RECORD_DAYS)).delete();
    await db.drafts.filter(({ at }) => Date.now() - at > RECORD_DAYS * DAY).delete();
  });
}
