"""What the server remembers of a phone's deliveries, so that each takes effect exactly once."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare

_DELIVERY = Personal(
    _("Deliveries of your phone: which, when, with what result"),
    Kind.BASIC,
    ("operation",),
    "employee",
    source="use",
)
_HELD = Personal(
    _("Which records your phone holds"),
    Kind.BASIC,
    ("operation",),
    "device_id",
    source="use",
    retention="revoked+6m",
)
_TECHNICAL = NotPersonal("technical key")

declare(
    "sync.Operation", "employee device_id type hash state code result body occurred_at received_at", _DELIVERY
)
declare("sync.Operation", "id organization", _TECHNICAL)
declare("sync.Holding", "device_id cursor held offered_cursor offered updated_at", _HELD)
declare("sync.Holding", "id organization", _TECHNICAL)
