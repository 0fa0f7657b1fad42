/** The camera at the front, for the own face and nothing else. */
import { html } from "#kit/html";
import { gettext } from "#kit/i18n";
import { Viewfinder } from "#parts/viewfinder";

export const FaceCamera = ({ says = "", onTaken, onClose }) => html`<${Viewfinder} use="face" facing="user" label="" says=${says} onTaken=${onTaken} onClose=${onClose}
  words=${gettext("The camera is used for your face at clocking in and for nothing else.")}
  refused=${gettext("You can clock in and out without the camera.")} />`;
