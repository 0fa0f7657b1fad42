"""The permissions of devices that the agreement lists (2.5), and which of them this software asks for.

The app is a page in the phone's browser: what a browser cannot reach stays in the table as "not used", so that nobody
has to guess. Each use is asked apart; granting one opens no other.
"""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registers import DevicePermission, Platform, device_permission

IOS, ANDROID, WEB = Platform.IOS, Platform.ANDROID, Platform.WEB
EVERYWHERE, PHONES = (IOS, ANDROID, WEB), (IOS, ANDROID)

_PICKER = _("Files are chosen one by one in the system's own picker; nothing else is read.")

device_permission(
    DevicePermission(
        code="location",
        platforms=EVERYWHERE,
        title=_("Position"),
        uses=(
            ("check_in", _("checking in and out at a customer, and clocking in")),
            ("photo", _("the place of a photo")),
            ("tracking", _("the track during working time, if your organization has switched it on")),
        ),
        if_refused=_("You say in words where you are; everything else works."),
        is_important=True,
    )
)
device_permission(
    DevicePermission(
        code="contacts",
        platforms=PHONES,
        title=_("Address book"),
        uses=(("pick", _("taking over a contact you choose")),),
        if_refused=_("Contacts are typed by hand."),
        is_important=True,
        is_used=False,
    )
)
device_permission(
    DevicePermission(
        code="camera",
        platforms=EVERYWHERE,
        title=_("Camera"),
        uses=(
            ("visit_photo", _("photos of a visit")),
            ("form_photo", _("photos in a form")),
            ("form_barcode", _("reading barcodes in a form; no picture is kept")),
            ("punch_photo", _("photos when clocking in or out")),
            ("payment_code", _("payment by QR code: not offered")),
            ("recognition", _("recognition by machine: not offered")),
            ("business_card", _("scanning business cards: not offered")),
            ("face", _("recognizing your face when clocking in or out")),
        ),
        if_refused=_("Photos cannot be taken; every other step and the check-out work."),
        is_important=True,
        offered=("visit_photo", "form_photo", "form_barcode", "punch_photo", "face"),
    )
)
device_permission(
    DevicePermission(
        code="calendar",
        platforms=(ANDROID,),
        title=_("Calendar"),
        uses=(("schedule", _("itinerary of visits and attendance")),),
        if_refused=_("Visits are planned by hand."),
        is_important=True,
        is_used=False,
    )
)
device_permission(
    DevicePermission(
        code="storage",
        platforms=EVERYWHERE,
        title=_("Photos and files on the device"),
        uses=(("pick", _("uploading a file you choose; keeping unsent work in the app's own storage")),),
        if_refused=_PICKER,
        asked_beforehand=False,
        is_used=False,
    )
)
device_permission(
    DevicePermission(
        code="microphone",
        platforms=PHONES,
        title=_("Microphone"),
        uses=(("voice", _("voice input and live pictures")),),
        if_refused=_("Text is typed."),
        is_important=True,
        is_used=False,
    )
)
device_permission(
    DevicePermission(
        code="phone_call",
        platforms=PHONES,
        title=_("Telephone calls"),
        uses=(
            ("dial", _("calling from the list of contacts; the number is handed to the phone's own dialler")),
        ),
        if_refused=_("The number can be copied."),
        is_used=False,
    )
)
device_permission(
    DevicePermission(
        code="installed_apps",
        platforms=(ANDROID,),
        title=_("List of installed software"),
        uses=(("mock_check", _("finding software that simulates positions")),),
        if_refused=_("The check-in counts as not checked."),
        is_important=True,
        is_used=False,
    )
)
device_permission(
    DevicePermission(
        code="device_information",
        platforms=(ANDROID,),
        title=_("Device numbers (IMEI, MAC, Android ID, advertising numbers, IMSI)"),
        uses=(
            (
                "identify",
                _("recognizing the device; this app uses a random number of its own making instead"),
            ),
        ),
        if_refused=_("Nothing changes."),
        is_important=True,
        is_used=False,
    )
)
device_permission(
    DevicePermission(
        code="background",
        platforms=(WEB,),
        title=_("Starting by itself, and waking other apps"),
        uses=(("self_start", _("nothing: the app works only while it is open")),),
        if_refused=_("Nothing changes."),
        asked_beforehand=False,
        is_used=False,
    )
)
