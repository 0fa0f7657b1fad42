/** Clocking in and out. */
import { db } from "#kit/db";
import { commit, onDismissed, operation } from "#kit/outbox";
import { onAccepted } from "#kit/push";
import { uuid7 } from "#kit/ids";
import { dropPhotos } from "#kit/photos";

const named = ({ sha256, size, taken_at }) => ({ sha256, size, taken_at });

/**
 * @param {{kind: "in"|"out", placeId: string | null, evidence: import("#kit/evidence").Evidence, verdict: string,
 *          distance_m: number | null, note: string, isField?: boolean, photos?: Held[], face?: Held | null, code?: string, waits?: boolean,
 *          draft?: string}} act `waits`: somebody confirms it before it counts, as far as the phone knows
 */
export async function punch({
  kind, placeId, evidence, verdict, distance_m, note, isField = false, photos = [], face = null, code = "", waits = false, draft = "punch",
}) {
  const id = uuid7();
  const made = await operation("attendance.punch", {
    punch_id: id, kind, work_place_id: placeId, note, evidence, is_field: isField, code,
    photos: photos.map(named), face: face && { ...named(face), challenge: face.challenge ?? null },
    around: { is_available: false }, // a browser hears neither access points nor beacons
  }, { subject: id, occurredAt: evidence.device_time });
  await commit(made, [db.punches, db.drafts, db.photos], async () => {
    await db.punches.add({
      id, kind, punched_at: evidence.device_time, work_place_id: placeId, verdict, distance_m,
      place_text: evidence.manual_place?.text || "", is_field: isField, note, counting: waits ? "waiting" : "counted", answer: "",
    });
    await db.photos.where("sha256").anyOf([...photos, ...(face ? [face] : [])].map(({ sha256 }) => sha256)).modify((photo) => {
      photo.visit_id = id;
      photo.state = photo.state === "held" ? "ready" : photo.state;
    });
    await db.drafts.delete(draft);
  });
}

onAccepted("attendance.punch", ({ subject }, result) => db.punches.update(subject, {
  verdict: result.verdict, distance_m: result.distance_m, punched_at: result.punched_at, counting: result.counting,
}));
onDismissed("attendance.punch", async ({ subject }) => {
  await db.punches.delete(subject);
  await dropPhotos(db.photos.where("visit_id").equals(subject));
});

/** The same press without its photos, as a new operation: for when a photo is what the server refused. */
export async function sendWithoutPhotos(id) {
  const old = await db.operations.get(id);
  const payload = { ...old.payload, photos: [], face: null };
  const made = await operation(old.type, payload, { subject: old.subject, after: old.after, occurredAt: old.occurred_at });
  await commit(made, [db.photos, db.pictures], async () => {
    await dropPhotos(db.photos.where("visit_id").equals(old.subject));
    await db.operations.delete(id);
  });
}
