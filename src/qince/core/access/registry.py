"""Permissions, declared by each feature in its `rules.py`, and the built-in roles made of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text

REP, MANAGER, ADMINISTRATOR, AUDITOR = "rep", "manager", "administrator", "auditor"
PRIVACY_OFFICER = "privacy_officer"
BUILT_IN_ROLES: dict[str, Text] = {
    REP: _("Field representative"),
    MANAGER: _("Manager"),
    ADMINISTRATOR: _("Administrator"),
    AUDITOR: _("Auditor"),
    PRIVACY_OFFICER: _("Privacy officer"),
}


@dataclass(frozen=True, slots=True)
class Permission:
    code: str
    label: Text
    default_roles: tuple[str, ...]


permissions: dict[str, Permission] = {}
# Personal fields a role may mask: `people.employee.mobile` → its label. Declared by features.
maskable_fields: dict[str, Text] = {}
# Fields that tell the same as a maskable one, so that a role masking that one masks them along with it.
_along: dict[str, tuple[str, ...]] = {}


def permission(code: str, label: Text, *, default_roles: tuple[str, ...] = (ADMINISTRATOR,)) -> str:
    """Declare a permission and return its code. The administrator's role holds every permission."""
    if code in permissions:
        raise ValueError(f"permission {code} is declared twice")
    permissions[code] = Permission(code, label, tuple({*default_roles, ADMINISTRATOR}))
    return code


def maskable(name: str, label: Text, *, along: Iterable[str] = ()) -> str:
    """Declare a field that a role may mask, and return its name. `along`: other fields that tell the same."""
    maskable_fields[name] = label
    _along[name] = tuple(along)
    return name


def hidden_by(masks: Iterable[str]) -> frozenset[str]:
    """Every field that `masks`, as a role keeps them, come to."""
    return frozenset(field for name in masks for field in (name, *_along.get(name, ())))


@cache
def permissions_of_role(key: str) -> list[str]:
    """The permissions of a built-in role, by its key. All are declared before the first request."""
    return sorted(code for code, declared in permissions.items() if key in declared.default_roles)
