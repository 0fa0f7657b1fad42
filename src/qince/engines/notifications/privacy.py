"""Push messages need a consent of their own and the browser's permission; choices are about the person, too."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registers import DevicePermission, Platform, device_permission
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function, purpose, withhold
from qince.core.privacy.retention import AT_ONCE

NOTIFICATIONS = device_permission(
    DevicePermission(
        code="notifications",
        platforms=(Platform.IOS, Platform.ANDROID, Platform.WEB),
        title=_("Notifications"),
        uses=(("push", _("telling you of a message while the app is closed")),),
        if_refused=_("Messages wait in the app; what is urgent comes as a text message."),
    )
)
PUSH = purpose(
    "push",
    title=_("Push messages on this device"),
    why=_("To tell you of a message at once, also while the app is closed."),
    scope=_(
        "The address that your browser's maker gives this browser for push messages, and its public key."
    ),
    method=_(
        "Kept encrypted; sent through the push service of your browser's maker, sealed so that it cannot be read"
        " there. It says that there is a message, never what it says."
    ),
    if_refused=_("Messages wait in the app; what is urgent comes as a text message."),
    kind=Kind.ADDITIONAL,
)
function(
    "notifications.push",
    _("Push messages"),
    family=Family.CORE,
    purposes=(PUSH,),
    scope=_("The browser's address at its maker's push service, and its public key, for each device."),
    why=_("To tell you of a message at once, also while the app is closed."),
    method=_("After a tap of yours on each device, and until you switch it off, sign out or take it back."),
    if_refused=_("Messages wait in the app; what is urgent comes as a text message."),
)
function(
    "notifications.preferences",
    _("How you want to be told"),
    family=Family.CORE,
    purposes=("basic",),
    scope=_("By which channels you want which messages, and your quiet hours."),
    why=_("To tell you the way you want and when you want."),
    method=_("Chosen by you in the app or the console; you can change it at any time."),
    if_refused=_("Without choices of your own the usual channels are used."),
)
_TECHNICAL = NotPersonal("technical key")
_CHOICE = Personal(
    _("How you want to be told"), Kind.BASIC, ("basic",), "employee", on_erase="delete",
    clauses=("C2.1.1-07", "C6.5-04"),
)  # fmt: skip
_DEVICE = Personal(
    _("Browsers that get push messages"), Kind.ADDITIONAL, (PUSH,), "employee", source="device",
    retention="1y", aged_by="created_at", on_erase="delete", withdrawn=AT_ONCE, clauses=("C2.2.2-01",),
)  # fmt: skip
declare("notifications.Preference", "id organization", _TECHNICAL)
declare("notifications.Preference", "employee group channel when changed_at", _CHOICE)
declare("notifications.QuietHours", "id organization", _TECHNICAL)
declare("notifications.QuietHours", "employee is_on starts ends days zone changed_at", _CHOICE)
declare("notifications.Subscription", "id organization", _TECHNICAL)
declare(
    "notifications.Subscription",
    "employee device_id surface language endpoint p256dh auth created_at disabled_at",
    _DEVICE,
)
withhold(
    "notifications.Subscription",
    "endpoint p256dh auth",
    because=_("the secret of a key or address, which would open what it opens to anybody who finds it"),
)
