"""Whether the place in an envelope may be taken: the gate's question for every act in the field."""

from django.utils.translation import gettext as _

from qince.core.organizations.settings import LocationUse
from qince.core.privacy.gate import AT_THE_ACT, LOCATION, ConsentRequired, Standing
from qince.engines.evidence.envelope import Evidence, place_required
from qince.kit.errors import Refusal


def require_place(evidence: Evidence, standing: Standing, *, use: str) -> None:
    """Two keys open a position: the organization's `use` of it for this function, and the person's consent.

    Without a position the place is said in words.
    """
    if evidence.position is not None:
        _require_use(use)
        if not standing.allows(LOCATION, AT_THE_ACT):
            raise ConsentRequired(
                LOCATION,
                alternative=_("You do not share your location. Send this with the place in words instead."),
            )
    elif evidence.manual_place is None:
        raise place_required()


def _require_use(use: str) -> None:
    """What the organization has not asked for is not taken, even if a phone sends it (C2.2.1-06)."""
    if use == LocationUse.OFF:
        raise Refusal(
            "location_off",
            _("Your organization does not use positions for this. Send it with the place in words instead."),
            field="position",
        )
