"""Whether the place in an envelope may be taken: the gate's question for every act in the field."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.organizations.settings import LocationUse
from qince.core.privacy.gate import AT_THE_ACT, LOCATION, ConsentRequired, Standing
from qince.engines.evidence.envelope import Clock, Evidence, place_required, read_time
from qince.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class Delivery:
    """How an envelope came: with which clocks, when, from which device."""

    sent: Clock | None
    received_at: datetime
    device_id: UUID | None


def require_place(
    evidence: Evidence, standing: Standing, *, use: str, function: str, delivery: Delivery
) -> None:
    """Three keys open a position: the organization's `use` of it for this function, the permission of the device at
    that moment, and the person's consent as far as `function` was part of what was agreed to.

    Without a position the place is said in words.
    """
    if evidence.position is not None:
        _require_use(use)
        require_device("location", evidence, standing, delivery=delivery)
        if not standing.allows(LOCATION, AT_THE_ACT, function=function):
            raise ConsentRequired(
                LOCATION,
                alternative=_("You do not share your location. Send this with the place in words instead."),
            )
    elif evidence.manual_place is None:
        raise place_required()


def require_device(
    permission: str, evidence: Evidence, standing: Standing, *, delivery: Delivery, use: str = ""
) -> None:
    """Whether the device allowed it when the act was done, by the server's reading of the time."""
    standing.require_device(
        permission,
        lambda: read_time(evidence, sent=delivery.sent, received_at=delivery.received_at).at,
        device_id=delivery.device_id,
        use=use,
    )


def _require_use(use: str) -> None:
    """What the organization has not asked for is not taken, even if a phone sends it (C2.2.1-06)."""
    if use == LocationUse.OFF:
        raise Refusal(
            "location_off",
            _("Your organization does not use positions for this. Send it with the place in words instead."),
            field="position",
        )
