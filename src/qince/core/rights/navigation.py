"""Where requests are found."""

from django.utils.translation import gettext_lazy as _

from qince.core.rights.models import Case
from qince.core.rights.rules import AUTHORIZE, CALENDAR, HANDLE
from qince.kit import navigation
from qince.kit.actor import Actor


def _open_cases(actor: Actor) -> int:
    return Case.objects.filter(state__in=(Case.State.IDENTITY, Case.State.WORKING)).count()


def _waiting(actor: Actor) -> int:
    return Case.objects.filter(authorization=Case.Authorization.WAITING).count()


navigation.group("privacy", _("Privacy"), order=80)
navigation.entry(
    "rights.cases", _("Privacy requests"), icon="shield-lock", url="rights:cases_list", permission=HANDLE,
    group="privacy", order=10, badge=_open_cases,
)  # fmt: skip
navigation.entry(
    "rights.waiting", _("To authorize"), icon="circle-check", url="rights:waiting", permission=AUTHORIZE,
    group="privacy", order=20, badge=_waiting,
)  # fmt: skip
navigation.entry(
    "rights.calendar", _("Working calendar"), icon="calendar", url="rights:calendar_list", permission=CALENDAR,
    group="privacy", order=90,
)  # fmt: skip
navigation.entry(
    "rights.mine", _("My requests"), icon="message", url="rights:mine", place=navigation.USER, order=61
)
navigation.command(
    "rights.enter", _("Enter a privacy request"), icon="plus", url="rights:cases_new", permission=HANDLE,
    words="request privacy 隐私 请求 录入",
)  # fmt: skip
