/**
 * Push messages. One says that there is something to read, where, and how many are unread; never what it says. A push
 * without a shown notification is not allowed by browsers, so one that cannot be read shows the same words to all.
 */
self.addEventListener("push", (event) => event.waitUntil(shown(event.data)));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(event.notification.data?.url || "/"));
});

async function shown(data) {
  const { title = "Qince", url = "/", tag = "qince", unread } = content(data);
  if (Number.isInteger(unread)) await self.navigator.setAppBadge?.(unread).catch(() => {});
  await self.registration.showNotification(title, { tag, data: { url } });
}

function content(data) {
  try {
    return data?.json() || {};
  } catch {
    return {};
  }
}

/** In a window of ours that is open at the app it belongs to, else in a new one; never at another origin. */
async function opened(url) {
  const goal = new URL(url, self.location.origin);
  if (goal.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const isPhone = goal.pathname === "/m/";
  const there = windows.find((each) => (new URL(each.url).pathname === "/m/") === isPhone);
  if (!there) return void (await self.clients.openWindow(goal.href));
  await there.focus().catch(() => {}); // some systems let no window come forward by itself
  await there.navigate(goal.href).catch(() => self.clients.openWindow(goal.href));
}
