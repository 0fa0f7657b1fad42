"""Whether the place in an envelope may be taken: the gate's question for every act in the field."""

from django.utils.translation import gettext as _

from qince.core.privacy.gate import AT_THE_ACT, LOCATION, ConsentRequired, Standing
from qince.engines.evidence.envelope import Evidence, place_required


def require_place(evidence: Evidence, standing: Standing) -> None:
    """A position needs the person's consent for it; without a position the place is said in words."""
    if evidence.position is not None:
        if not standing.allows(LOCATION, AT_THE_ACT):
            raise ConsentRequired(
                LOCATION,
                alternative=_("You do not share your location. Send this with the place in words instead."),
            )
    elif evidence.manual_place is None:
        raise place_required()
