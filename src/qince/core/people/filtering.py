"""Narrowing a page to a department and those below it: `?department=…`, chosen as in a form."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qince.core.people.choices import DEPARTMENTS
from qince.core.people.rules import VIEW
from qince.kit.choosing import OneOf
from qince.kit.resource import ActorForm


class ByDepartment(ActorForm):
    """For whoever may open the address book; for others there is nothing to choose, and nothing is narrowed."""

    use_required_attribute = False
    department: Any = OneOf(
        DEPARTMENTS, label=_("Department"), required=False, empty_label=_("All departments"), is_typed=True
    )

    @property
    def is_offered(self) -> bool:
        return self.actor.may(VIEW)

    @property
    def chosen(self) -> UUID | None:
        found = self.cleaned_data.get("department") if self.is_valid() else None
        return found.pk if found else None


def by_department(request: HttpRequest) -> ByDepartment:
    return ByDepartment(request.GET, actor=request.actor)  # type: ignore[attr-defined]
