/** How many messages wait: on the tab, in the list, and on the app's icon where the system shows one. */
import { signal } from "@preact/signals";
import { call } from "#kit/api";
import { obstacle, session } from "#kit/session";

export const unread = signal(0);

/** @param {number} count */
export function setUnread(count) {
  unread.value = count;
  void navigator.setAppBadge?.(count).catch(() => {}); // a system may not allow it; the tab shows it all the same
}

/**
 * Ask the server; without signal the last count stays.
 * @returns {Promise<boolean>} whether more wait than before
 */
export async function countUnread() {
  const before = unread.value;
  if (!session.value || obstacle.value) setUnread(0);
  else {
    try {
      setUnread((await call("GET", "/messages/unread")).unread);
    } catch {
      // asked again with the next change, or when the app is opened
    }
  }
  return unread.value > before;
}
