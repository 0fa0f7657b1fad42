import { gettext } from "#kit/i18n";
import { db, forgetEverything } from "#kit/db";
import { call } from "#kit/api";
import { keepSession, meetObstacle } from "#kit/session";
import { go } from "#kit/router";
import { ask } from "#parts/dialog";

/** Leave this phone. Unsent work would be lost, so that is said first and asked twice. */
export async function signOut() {
  const unsent = (await db.operations.count()) + (await db.photos.where("state").anyOf("ready", "failed").count());
  const answer = await ask(unsent ? warning(unsent) : question());
  if (answer === "pending") return go("/pending");
  if (answer !== "leave") return;
  await call("DELETE", "/session").catch(() => {}); // without signal the phone forgets its key all the same
  await forgetEverything();
  await meetObstacle("");
  await keepSession(null);
  go("/", { replace: true });
}

/** @returns {import("#parts/dialog").Question} */
const question = () => ({
  title: gettext("Sign out of this phone?"),
  text: gettext("Your stores and route are removed from this phone. Your records on the server stay."),
  choices: [["stay", gettext("Stay")], ["leave", gettext("Sign out"), "danger"]],
});

/** @returns {import("#parts/dialog").Question} */
const warning = (unsent) => ({
  title: gettext("There is unsent work"),
  text: gettext("{unsent} items have not reached the server. Signing out deletes them for good.", { unsent }),
  choices: [
    ["pending", gettext("Show what is unsent"), "primary"], ["stay", gettext("Stay")],
    ["leave", gettext("Delete it and sign out"), "danger"],
  ],
});
