/** All that is left on the phone of an erased person: why it is empty, and whom to ask. Nothing of it is stored. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { moment } from "#kit/format";
import { Icon } from "#parts/icon";

export function ErasedPage({ told }) {
  const { name, phone, email, address } = told.contact || {};
  return html`
    <main class="entry erased">
      <span class="erased-mark"><${Icon} name="trash" /></span>
      <h1>${gettext("Your data was erased")}</h1>
      <p>${told.message}</p>
      ${told.erased_at && html`<p class="quiet">${gettext("Erased {when}", { when: moment(told.erased_at) })}</p>`}
      <section class="card">
        <b>${gettext("Questions?")}</b>
        ${name && html`<p>${name}</p>`}
        ${phone && html`<p><a href=${`tel:${phone}`}>${phone}</a></p>`}
        ${email && html`<p><a href=${`mailto:${email}`}>${email}</a></p>`}
        ${address && html`<p>${address}</p>`}
        <p><a href=${told.notice || "/notice/"}>${gettext("Privacy notice")}</a></p>
      </section>
      <p class="quiet">${gettext("You can close this page and remove the app from the home screen.")}</p>
    </main>`;
}
