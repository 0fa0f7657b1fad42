"""What a colleague told about themselves, as a tab of the address book's page."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.core.people.screens import EMPLOYEES
from qince.core.profile.models import Profile
from qince.core.profile.queries import shown_to
from qince.kit.actor import Actor
from qince.kit.resource import Tab
from qince.kit.resource.columns import as_text


def _personal(actor: Actor, employee: Employee) -> dict[str, Any]:
    shown = shown_to(actor, employee)
    return {
        "picture": shown.pop("picture", None),
        "facts": [_fact(name, value) for name, value in shown.items()],
    }


def _fact(name: str, value: Any) -> tuple[str, str]:
    field: Any = Profile._meta.get_field(name)
    words = dict(field.choices or ()).get(value, value)
    return capfirst(str(field.verbose_name)), as_text(words if isinstance(words, str) else value)


EMPLOYEES.add_tab(Tab("personal", _("Personal"), "profile/_personal.html", _personal, icon="user"))
