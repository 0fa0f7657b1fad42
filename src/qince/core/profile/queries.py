"""Reads of what people tell about themselves: oneself everything, others what they may see."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.people.models import Employee
from qince.core.people.queries import employees_visible_to, leaders_above
from qince.core.profile.models import Profile
from qince.kit.actor import Actor
from qince.kit.tenancy import current_organization_id

FIELDS = (
    "nickname", "work_status", "gender", "birthday", "country", "residence", "address", "phone", "qq", "wechat",
)  # fmt: skip
ALL = ("picture", *FIELDS)
Visibility = Profile.Visibility


def offered() -> list[str]:
    """The fields the organization's address book has; those switched off are neither asked nor shown (C2.2.5-03)."""
    off = Settings.of(Organization.objects.get(pk=current_organization_id())).address_book_off
    return [name for name in ALL if name not in off]


def profile_of(employee_id: UUID) -> Profile:
    """The person's profile; an empty one, unsaved, where nothing was told."""
    found: Profile | None = Profile.objects.filter(employee=employee_id).first()
    return found or Profile(employee_id=employee_id)


def shown_to(actor: Actor, employee: Employee) -> dict[str, Any]:
    """The fields of `employee` that `actor` may see, with their values; empty ones are left out."""
    found = profile_of(employee.pk)
    allowed = _allowed(actor, employee)
    return {
        name: value
        for name in offered()
        if (value := getattr(found, name)) and (allowed is None or found.visibility.get(name) in allowed)
    }


def _allowed(actor: Actor, employee: Employee) -> set[str] | None:
    """Which visibilities open to the actor; None: everything, being oneself."""
    if actor.employee_id == employee.pk:
        return None
    leads = actor.employee_id in {leader.pk for leader in leaders_above(employee)}
    return {Visibility.EVERYBODY, Visibility.LEADERS} if leads else {Visibility.EVERYBODY}


def shows_picture(actor: Actor, blob_id: UUID) -> bool:
    """Whether the file is a picture of somebody that the actor may see."""
    holder = Profile.objects.filter(picture=blob_id).select_related("employee").first()
    return holder is not None and "picture" in shown_to(actor, holder.employee)


def called(actor: Actor, text: str) -> list[Profile]:
    """People whose nickname, shown to everybody, has the text in it."""
    if "nickname" not in offered():
        return []
    rows = Profile.objects.filter(
        Q(nickname__icontains=text), visibility__nickname=Visibility.EVERYBODY,
        employee__in=employees_visible_to(actor).present(),
    )  # fmt: skip
    return list(rows.select_related("employee")[:5])
