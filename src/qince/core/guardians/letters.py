"""What guardians and those responsible are told. Never optional."""

from django.utils.translation import gettext_lazy as _

from qince.core.letters.people import person
from qince.core.letters.registry import kind

ASKED = kind(
    "guardians.asked",
    title=_("Your consent is asked for %(minor)s"),
    body=_(
        "%(organization)s wants %(minor)s, who is under 18, to use Qince for work. Without your consent the account "
        "stays closed. Please read what is asked and answer within seven days."
    ),
    short=_("As parent or guardian you are asked for consent."),
    is_mandatory=True,
    words={"minor": person},
)
REVIEW = kind(
    "guardians.review",
    title=_("Please look whether somebody is a minor"),
    body=_(
        "It was reported that %(name)s may be under 18. An administrator and the privacy officer both look at it."
    ),
    is_mandatory=True,
    words={"name": person},
)
