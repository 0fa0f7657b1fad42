"""What the server remembers of a phone's deliveries, so that each takes effect exactly once."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function
from qince.kit.resource import timeline

function(
    "sync.offline",
    _("Working without a signal"),
    family=Family.CORE,
    purposes=("operation",),
    scope=_("Which acts your phone delivered, when and with what result, and which records it holds."),
    why=_("So that each act takes effect exactly once, and your phone fetches only what changed."),
    method=_("Noted by the server when your phone sends or fetches."),
    if_refused=_("It is part of the phone app; the console works without it."),
)

_DELIVERY = Personal(
    _("Deliveries of your phone: which, when, with what result"),
    Kind.BASIC,
    ("operation",),
    "employee",
    source="use",
    clauses=("C2.5.3-08",),
)
_HELD = Personal(
    _("Which records your phone holds"),
    Kind.BASIC,
    ("operation",),
    "device_id",
    source="use",
    retention="revoked+6m",
    clauses=("C2.5.3-08",),
)
_TECHNICAL = NotPersonal("technical key")

declare(
    "sync.Operation",
    "employee device_id type hash state code result body record_id base_version version occurred_at received_at",
    _DELIVERY,
)
declare("sync.Operation", "id organization", _TECHNICAL)
declare("sync.Holding", "device_id cursor held offered_cursor offered updated_at", _HELD)
declare("sync.Holding", "id organization", _TECHNICAL)

timeline.name_kinds({"sync.operation": _("Operation of a phone"), "sync.holding": _("What a phone holds")})
