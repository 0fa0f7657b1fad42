"""Which functions an organization has open: by family, by staff group, and by the state it is in (agreement 6.3, 2.7).

A family is a group of features, named as the agreement names them. Closing one takes its permissions away: menu,
pages, API and jobs follow from that; what was recorded can still be exported.
"""

from collections.abc import Callable, Collection, Iterable
from functools import cache

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.kit.errors import Text

FAMILIES: dict[str, Text] = {
    "employee": _("Employee management"),
    "sales": _("Sales management"),
    "channel": _("Channel distribution"),
    "expense": _("Expense management"),
    "recognition": _("AI recognition"),
}
EXPORT = "export"
READING = ("view", EXPORT)


@cache
def family_of(code: str) -> str:
    """The family of a permission (`visits.view`) or an app's label; "" for what cannot be closed."""
    label = code.partition(".")[0]
    if label not in apps.app_configs:
        return ""
    return family_of_module(apps.get_app_config(label).name)


def family_of_module(name: str) -> str:
    """The family whose folder a module stands in: the tree is named as the agreement names them."""
    group = name.removeprefix("qince.").partition(".")[0]
    return group if group in FAMILIES else ""


def features_of(family: str) -> list[Text]:
    """The names of the features that belong to a family here."""
    return [each.verbose_name for each in apps.get_app_configs() if family_of_module(each.name) == family]


def closed_families(codes: Iterable[str]) -> set[str]:
    """The families that closed permissions (`Actor.closed`) belong to."""
    return {family_of(code) for code in codes} - {""}


class Openness:
    """What one person may use of what the organization has: asked for every permission of every request.

    `departments` is read only where a family is closed for some departments alone.
    """

    def __init__(self, organization: Organization, departments: Callable[[], Collection[str]]) -> None:
        self._closed = Settings.of(organization).closed_families
        self._is_reading_only = organization.is_reading_only
        self._departments = departments

    def __call__(self, code: str) -> bool:
        act = code.rpartition(".")[2]
        if self._is_reading_only and act not in READING:
            return False
        return not self._closed or act == EXPORT or not self._is_closed(family_of(code))

    def _is_closed(self, family: str) -> bool:
        where = self._closed.get(family)
        if where is None:
            return False
        return not where or not set(where).isdisjoint(self._departments())


def is_open(organization: Organization, family: str) -> bool:
    """Whether the family is open for anybody at all."""
    return Settings.of(organization).closed_families.get(family) != []


def open_for(family: str) -> list[Organization]:
    """Active organizations that have the family open: for whom jobs run (C2.0-04)."""
    active = Organization.objects.filter(state=Organization.State.ACTIVE).order_by("pk")
    return [each for each in active if is_open(each, family)]
