"""The phone's address book: departments and colleagues, found by browsing or by name. Mounted under /api/phone/v1."""

from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from ninja import Router

from qince.core.people.colleagues import colleagues, fields_shown
from qince.core.people.models import Department, Employee, Membership
from qince.core.people.queries import department_names
from qince.core.people.rules import MASK_NUMBER, VIEW
from qince.core.profile.models import Profile
from qince.core.profile.queries import shown_to
from qince.kit.actor import Actor
from qince.kit.api import answers, respond
from qince.kit.errors import Forbidden, NotFound
from qince.kit.resource.columns import as_text
from qince.kit.tenancy import tenant

router = Router(tags=["colleagues"])
SHOWN = 50


class Place(msgspec.Struct):
    id: UUID
    name: str


class Colleague(msgspec.Struct):
    id: UUID
    name: str
    position: str


class AddressBook(msgspec.Struct):
    """`way`: from the top to the department that is open; `more`: there are more people than are listed."""

    way: list[Place]
    departments: list[Place]
    people: list[Colleague]
    more: bool


class ColleagueShown(msgspec.Struct):
    """`mobile` with `is_dialable`: in clear; else masked. `told`: what they tell of themselves to everybody."""

    id: UUID
    name: str
    position: str
    mobile: str
    is_dialable: bool
    email: str
    number: str
    departments: list[str]
    leader: str
    told: list[list[str]]


@router.get("/colleagues", openapi_extra=answers(AddressBook, 400, 401, 403, 404))
def list_colleagues(request: HttpRequest, q: str = "", department: UUID | None = None) -> HttpResponse:
    """By name, position or number (`q`), or what hangs below a department; without either, the top of the tree."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        _require(actor)
        typed = q.strip()[:60]
        way = [] if typed else _way(department)
        rows = _matching(actor, typed) if typed else _members(actor, department)
        found = list(rows.order_by("name_key", "pk")[: SHOWN + 1])
        below = [] if typed else Department.objects.filter(parent=department).order_by("sequence", "name_key")
        return respond(
            {
                "way": [_place(each) for each in way],
                "departments": [_place(each) for each in below],
                "people": [_head(actor, each) for each in found[:SHOWN]],
                "more": len(found) > SHOWN,
            }
        )


@router.get("/colleagues/{employee_id}", openapi_extra=answers(ColleagueShown, 401, 403, 404))
def get_colleague(request: HttpRequest, employee_id: UUID) -> HttpResponse:
    """One colleague, as far as one's role and they themselves let one see."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        _require(actor)
        found = _book(actor).filter(pk=employee_id).select_related("leader").first()
        if found is None:
            raise NotFound
        return respond(_shown(actor, found))


def _require(actor: Actor) -> None:
    if not actor.may(VIEW):
        raise Forbidden


def _book(actor: Actor) -> Any:
    """Colleagues, and oneself as they see one."""
    return Employee.objects.filter(Q(pk__in=colleagues(actor).values("pk")) | Q(pk=actor.employee_id))


def _matching(actor: Actor, typed: str) -> Any:
    wanted = Q(name__icontains=typed) | Q(position__icontains=typed)
    if actor.sees_field(MASK_NUMBER):
        wanted |= Q(number__iexact=typed)
    return _book(actor).filter(wanted)


def _members(actor: Actor, department: UUID | None) -> Any:
    """At the top: whoever is in no department."""
    current = Membership.objects.filter(employee=OuterRef("pk"), ends_on__isnull=True)
    if department is None:
        return _book(actor).filter(~Exists(current))
    return _book(actor).filter(Exists(current.filter(department=department)))


def _way(department: UUID | None) -> list[Department]:
    if department is None:
        return []
    found = Department.objects.filter(pk=department).first()
    if found is None:
        raise NotFound
    keys = [UUID(key) for key in found.path.split("/") if key]
    rows = {each.pk: each for each in Department.objects.filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows]


def _place(each: Department) -> dict[str, Any]:
    return {"id": each.pk, "name": each.name}


def _head(actor: Actor, each: Employee) -> dict[str, Any]:
    return {"id": each.pk, "name": str(each), "position": each.position}


def _shown(actor: Actor, found: Employee) -> dict[str, Any]:
    shown, names = fields_shown(actor, found), department_names()
    current = found.memberships.filter(ends_on__isnull=True).order_by("-is_main", "starts_on")
    told = shown_to(actor, found)
    told.pop("picture", None)
    return {
        "id": found.pk,
        "name": str(found),
        "position": shown.get("position", ""),
        "mobile": shown.get("mobile", ""),
        "is_dialable": "*" not in shown.get("mobile", "*"),
        "email": shown.get("email", ""),
        "number": shown.get("number", ""),
        "departments": [names[key] for key in current.values_list("department", flat=True) if key in names],
        "leader": str(found.leader or ""),
        "told": [_fact(name, value) for name, value in told.items()],
    }


def _fact(name: str, value: Any) -> list[str]:
    field: Any = Profile._meta.get_field(name)
    words = dict(field.choices or ()).get(value, value)
    return [capfirst(str(field.verbose_name)), as_text(words if isinstance(words, str) else value)]
