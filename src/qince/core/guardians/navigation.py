"""Where minors and guardians are found."""

from django.utils.translation import gettext_lazy as _

from qince.core.guardians.models import AgeReview, Minor
from qince.core.guardians.rules import MANAGE
from qince.kit import navigation
from qince.kit.actor import Actor


def _open(actor: Actor) -> int:
    waiting = Minor.objects.filter(
        stage__in=(Minor.Stage.WAITING, Minor.Stage.CLOSED, Minor.Stage.CHILD)
    ).count()
    return waiting + AgeReview.objects.filter(closed_at__isnull=True).count()


navigation.entry(
    "guardians",
    _("Minors and guardians"),
    icon="shield-lock",
    url="guardians:minors",
    permission=MANAGE,
    group="settings",
    order=60,
    badge=_open,
)
