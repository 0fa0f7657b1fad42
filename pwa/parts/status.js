/** How the phone stands with the server: the badge in the header, the banner below it, the count on the tab. */
import { signal } from "@preact/signals";
import { liveQuery } from "dexie";
import { html } from "#kit/html";
import { db } from "#kit/db";
import { gettext, ngettext } from "#kit/i18n";
import { reachable } from "#kit/api";
import { obstacle, session } from "#kit/session";
import { trouble, working } from "#kit/standing";
import { applyUpdate, updateReady } from "#kit/update";
import { Icon } from "#parts/icon";
import { Button } from "#parts/basic";

/** `pending` goes by itself; `stuck` needs the person. */
export const unsent = signal({ pending: 0, stuck: 0 });

export function watchUnsent() {
  liveQuery(countUnsent).subscribe((counts) => (unsent.value = counts));
}

async function countUnsent() {
  const [operations, stuck, ready, failed, consents] = await Promise.all([
    db.operations.count(), db.operations.where("state").anyOf("conflict", "rejected").count(),
    db.photos.where("state").equals("ready").count(), db.photos.where("state").equals("failed").count(),
    db.consents.count(),
  ]);
  return { pending: operations - stuck + ready + consents, stuck: stuck + failed };
}

function badge() {
  const { pending, stuck } = unsent.value;
  if (stuck) return ["bad", "alert-triangle", ngettext("{n} needs you", "{n} need you", stuck)];
  if (pending && working.value && reachable.value) return ["busy", "cloud-upload", gettext("Sending {n}", { n: pending })];
  if (pending) return ["wait", "cloud-upload", ngettext("{n} to upload", "{n} to upload", pending)];
  return reachable.value ? ["good", "cloud-check", gettext("All synced")] : ["wait", "cloud-off", gettext("Offline")];
}

export function SyncBadge() {
  if (!session.value) return null;
  const [tone, icon, text] = badge();
  return html`<a class="badge ${tone}" href="#/pending"><${Icon} name=${icon} />${text}</a>`;
}

/** At most one line, the most pressing. */
export function Banner() {
  if (obstacle.value === "signed_out") {
    return strip("bad", "lock", gettext("You are signed out here. Your work is kept."),
      html`<a class="button" href="#/sign-in">${gettext("Sign in")}</a>`);
  }
  if (updateReady.value || obstacle.value === "update_required") {
    return strip("info", "refresh", obstacle.value ? gettext("This version is too old to send. Your work is kept.")
      : gettext("A new version is ready."), html`<${Button} onClick=${applyUpdate}>${gettext("Refresh")}<//>`);
  }
  if (!session.value) return null;
  if (!reachable.value) return strip("wait", "cloud-off", gettext("Offline. Everything is saved on this phone."));
  return trouble.value ? strip("wait", "alert-triangle", trouble.value) : null;
}

const strip = (tone, icon, text, action) => html`
  <div class="banner ${tone}" role="status"><${Icon} name=${icon} /><span>${text}</span>${action}</div>`;
