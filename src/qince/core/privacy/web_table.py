"""What browsers keep for this service, and the foreign code that runs in them. All of it is served from here."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.banners import PUT_AWAY
from qince.core.privacy.registers import BROWSER_STORAGE, Cookie, Library, cookie, library
from qince.kit.errors import Text

_SIGN_IN_AGAIN = _("You have to sign in again; nothing is lost.")

cookie(Cookie(
    name="sessionid", purpose=_("keeps you signed in at the console"), life=_("twelve hours, or until you sign out"),
    if_deleted=_SIGN_IN_AGAIN,
))  # fmt: skip
cookie(Cookie(
    name="csrftoken", purpose=_("protects forms against forgery"), life=_("one year"),
    if_deleted=_("It is made anew with the next page."),
))  # fmt: skip
cookie(Cookie(
    name="language", purpose=_("remembers the language you chose"), life=_("until the browser is closed"),
    if_deleted=_("Choose the language again."),
))  # fmt: skip
cookie(Cookie(
    name="browser", purpose=_("recognizes this browser when you sign in again, to keep others out"),
    life=_("one year"), if_deleted=_("Signing in asks for a code, as on a new browser."),
))  # fmt: skip
cookie(Cookie(
    name="messages", purpose=_("carries the notice about what you just did to the next page"),
    life=_("until it is shown"), if_deleted=_("The notice is not shown."),
))  # fmt: skip
cookie(Cookie(
    name="qince.theme", store=BROWSER_STORAGE, purpose=_("remembers light or dark"),
    life=_("until you delete it"), if_deleted=_("Choose again."),
))  # fmt: skip
cookie(Cookie(
    name=PUT_AWAY, store=BROWSER_STORAGE, purpose=_("remembers that you have read the line about cookies"),
    life=_("until you delete it"), if_deleted=_("The line is shown again."),
))  # fmt: skip
cookie(Cookie(
    name="qince.sidebar", store=BROWSER_STORAGE, purpose=_("remembers whether the menu is narrow"),
    life=_("until you delete it"), if_deleted=_("Choose again."),
))  # fmt: skip
cookie(Cookie(
    name="qince (IndexedDB)", store=BROWSER_STORAGE,
    purpose=_("the phone app's route, stores and unsent work, so that it works without a signal"),
    life=_("until you sign out on the phone"), if_deleted=_("Unsent work is lost; sign out instead of deleting."),
))  # fmt: skip
cookie(Cookie(
    name="qince-shell (cache)", store=BROWSER_STORAGE, purpose=_("the phone app's own files, so that it opens offline"),
    life=_("until the next version"), if_deleted=_("They are fetched again."),
))  # fmt: skip

_NOTHING = _("none; it runs inside the page")


def _register(name: str, owner: str, purpose: Text, link: str, licence: str) -> None:
    library(Library(
        name=name, owner=owner, purpose=purpose, data=_NOTHING, link=f"https://{link}", licence=licence
    ))  # type: ignore[arg-type]  # fmt: skip


_register("htmx.org", "Big Sky Software", _("parts of pages that change"), "htmx.org", "0BSD")
_register("@tabler/core", "codecalm", _("appearance of the console"), "tabler.io", "MIT")
_register("@tabler/icons", "Paweł Kuna", _("icons"), "tabler.io/icons", "MIT")
_register("@fontsource-variable/inter", "Rasmus Andersson", _("typeface"), "rsms.me/inter", "OFL-1.1")
_register("echarts", "Apache Software Foundation", _("charts"), "echarts.apache.org", "Apache-2.0")
_register("leaflet", "Volodymyr Agafonkin", _("maps"), "leafletjs.com", "BSD-2-Clause")
_register("preact", "Jason Miller", _("pages of the phone app"), "preactjs.com", "MIT")
_register(
    "@preact/signals", "Preact team", _("pages of the phone app"), "preactjs.com/guide/v10/signals", "MIT"
)
_register(
    "@preact/signals-core",
    "Preact team",
    _("pages of the phone app"),
    "preactjs.com/guide/v10/signals",
    "MIT",
)
_register("htm", "Google", _("pages of the phone app"), "github.com/developit/htm", "Apache-2.0")
_register("dexie", "David Fahlander", _("unsent work on the phone"), "dexie.org", "Apache-2.0")
_register(
    "@zxing/library", "ZXing authors", _("reading barcodes"), "github.com/zxing-js/library", "Apache-2.0"
)
