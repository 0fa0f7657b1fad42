/** A photo on its way. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { db } from "#kit/db";
import { bytes, when } from "#kit/format";
import { dropPhotos } from "#kit/photos";
import { wake } from "#kit/pulse";
import { Button, Card, Pill, Row } from "#parts/basic";
import { ask } from "#parts/dialog";

export function PhotoCard({ photo }) {
  const failed = photo.state === "failed";
  return html`
    <${Card} class=${failed ? "stuck" : ""}>
      <${Row} icon="photo" tone=${failed ? "bad" : ""} title=${photo.visit?.customer.name || gettext("Photo")}
        detail=${`${when(photo.taken_at)} · ${bytes(photo.size)}`}>
        <${Pill} tone=${failed ? "bad" : ""}>${failed ? gettext("Refused")
          : photo.offset ? `${Math.floor((100 * photo.offset) / photo.size)} %` : gettext("Saved here")}<//><//>
      ${photo.offset > 0 && !failed && html`<progress max=${photo.size} value=${photo.offset}></progress>`}
      ${failed && html`<p class="reason">${photo.message}</p>
        <div class="fixes">
          <${Button} onClick=${() => giveUp(photo)}>${gettext("Dismiss")}<//>
          <${Button} kind="primary" icon="refresh" onClick=${() => again(photo)}>${gettext("Try again")}<//>
        </div>`}
    <//>`;
}

async function again({ sha256 }) {
  await db.photos.update(sha256, { state: "ready", tries: 0, offset: 0, message: "" });
  wake();
}

async function giveUp({ sha256 }) {
  const answer = await ask({
    title: gettext("Dismiss this photo?"),
    text: gettext("The visit will show that a photo was taken but never arrived."),
    choices: [["keep", gettext("Keep it")], ["dismiss", gettext("Dismiss"), "danger"]],
  });
  if (answer === "dismiss") await dropPhotos(db.photos.where({ sha256 }));
}
