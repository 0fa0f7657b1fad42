/** Clocking in and out. */
import { db } from "#kit/db";
import { commit, onDismissed, operation } from "#kit/outbox";
import { onAccepted } from "#kit/push";
import { uuid7 } from "#kit/ids";

/**
 * @param {{kind: "in"|"out", placeId: string | null, evidence: import("#kit/evidence").Evidence, verdict: string,
 *          distance_m: number | null, note: string}} act
 */
export async function punch({ kind, placeId, evidence, verdict, distance_m, note }) {
  const id = uuid7();
  const made = await operation("attendance.punch", {
    punch_id: id, kind, work_place_id: placeId, note, evidence,
  }, { subject: id, occurredAt: evidence.device_time });
  await commit(made, [db.punches, db.drafts], async () => {
    await db.punches.add({
      id, kind, punched_at: evidence.device_time, work_place_id: placeId, verdict, distance_m,
      place_text: evidence.manual_place?.text || "",
    });
    await db.drafts.delete("punch");
  });
}

onAccepted("attendance.punch", ({ subject }, result) => db.punches.update(subject, {
  verdict: result.verdict, distance_m: result.distance_m, punched_at: result.punched_at,
}));
onDismissed("attendance.punch", ({ subject }) => db.punches.delete(subject));
