/** What the organization has set for its phones, with the values that hold before the first fetch. */
import { db } from "#kit/db";

const BEFORE = { photo_max_px: 1600, outside_policy: "allow", fence: { cap_m: 100, unusable_m: 500 } };

/** @returns {Promise<typeof BEFORE>} `outside_policy` is "allow" or "block" */
export async function settings() {
  const stored = await db.settings.toCollection().first();
  return { ...BEFORE, ...stored, fence: { ...BEFORE.fence, ...stored?.fence } };
}
