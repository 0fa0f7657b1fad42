"""Who may end what, and the terms of the agreement (6.4, 2.7)."""

from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import PRIVACY_OFFICER, permission

FUNCTIONS = permission("lifecycle.functions", _("Open and close groups of functions"))
VIEW = permission(
    "lifecycle.view",
    _("See the organization's term and how it would leave"),
    default_roles=(PRIVACY_OFFICER,),
)
CANCEL = permission("lifecycle.cancel", _("Ask for the organization's account to be cancelled"))

GRACE = timedelta(days=30)  # from a paid term's end until the operator may cancel (C6.4-02, N-03)
ANNOUNCED = timedelta(days=30)  # from announcing the service's end until it (C2.7-12, N-04)
EXPORT_WINDOW = timedelta(days=30)
WARNED_BEFORE = (30, 7, 1)  # days before a term ends


def may_be_cancelled_from(ended_on: date) -> date:
    """The first day on which an organization whose paid term's last day was `ended_on` may be cancelled."""
    return ended_on + GRACE


def free_idle() -> timedelta | None:
    """After how long without anybody signing in a free organization is taken back; None: never."""
    return timedelta(days=settings.FREE_IDLE_DAYS) if settings.FREE_IDLE_DAYS else None


def free_warning() -> timedelta:
    """How long before that it is warned."""
    return timedelta(days=settings.FREE_WARNING_DAYS)
