"""The restricted state: while it lasts, only storage and security touch what is kept of a person (C6.2-12).

`Scope` is where it holds: no permission of anybody reaches the person, so lists, pages, exports, reports and writes
know nothing of them. The person keeps the own rights; nothing new is taken from them.

Somebody outside stands in rows about other things, such as a customer's contact: there the columns are emptied, and
what stood in them is set aside in a table that nothing reads until it is put back.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from qince.core.access.second import require_second
from qince.core.audit.queries import last_to
from qince.core.erasure.actions import case_digest
from qince.core.erasure.events import UseRestricted
from qince.core.erasure.models import SetAside
from qince.core.erasure.rules import RESTRICT, require_reach
from qince.core.erasure.subjects import Subject, is_same_contact, of_contact
from qince.core.erasure.walk import Part, parts
from qince.core.people.models import Employee
from qince.core.privacy.registry import declared
from qince.kit.action import action, note, note_set
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.events import publish


@action("erasure.restrict", permission=RESTRICT)
def restrict(actor: Actor, employee: Employee, *, case: Any = None, now: datetime) -> Employee:
    """From now on use nothing of the person's data. Setting it twice changes nothing."""
    found = _locked(actor, employee)
    if found.pk == actor.employee_id:
        raise Refusal("oneself", _("You cannot do this to yourself. Ask another administrator."))
    return _set(actor, found, now, case)


@action("erasure.lift_restriction", permission=RESTRICT)
def lift_restriction(actor: Actor, employee: Employee, *, case: Any = None, now: datetime) -> Employee:
    """The data may be used again. Never by who restricted it: the person is to be sure of a second look."""
    found = _locked(actor, employee)
    if found.restricted_at is not None:
        _require_another(actor, last_to("erasure.restrict", found.pk))
    return _set(actor, found, None, case)


def _require_another(actor: Actor, first: UUID | None) -> None:
    """Who restricted stands in the trail."""
    said = _("You restricted the use: somebody else must lift it.")
    require_second(actor, first=first, permission=RESTRICT, said=said)


def _locked(actor: Actor, employee: Employee) -> Employee:
    require_reach(actor, RESTRICT, employee.pk)
    found = Employee.objects.select_for_update(of=("self",)).filter(pk=employee.pk).first()
    if found is None:
        raise NotFound
    return found


def _set(actor: Actor, found: Employee, since: datetime | None, case: Any) -> Employee:
    if (found.restricted_at is None) == (since is None):
        return found
    found.restricted_at = since
    found.save(update_fields=["restricted_at"])
    note(found, restricted=since is not None, case=case_digest(actor.organization_id, case))
    publish(UseRestricted(found.pk, since is not None))
    return found


COLUMNS = ("name", "mobile", "email")


@action("erasure.set_aside", permission=RESTRICT)
def set_aside(actor: Actor, subject: Subject, *, case: Any = None, now: datetime) -> int:
    """Take what names the contact out of every row of work, and keep it apart; in how many rows they stood."""
    require_reach(actor, RESTRICT, None)
    digest, moved = case_digest(actor.organization_id, case), 0
    for part in used():
        columns = columns_of(part.model)
        for row in part.rows(subject).select_for_update(of=("self",)):
            said = {told: getattr(row, column) for told, column in columns.items()}
            kept = {"model": part.model._meta.label_lower, "row_id": row.pk}
            apart, _is_new = SetAside.objects.update_or_create(
                **kept, defaults={**said, "case_digest": digest, "at": now}
            )
            note(apart, case=digest)
            write(part.model, row.pk, dict.fromkeys(columns.values(), ""))
            moved += 1
    if moved == 0 and not set_aside_of(subject):
        raise Refusal("nothing_used", _("No record of work names this person: there is nothing to restrict."))
    return moved


@action("erasure.put_back", permission=RESTRICT)
def put_back(actor: Actor, subject: Subject, *, case: Any = None, now: datetime) -> int:
    """The data may be used again, never by who set it aside; a row that names another meanwhile stays as it is."""
    require_reach(actor, RESTRICT, None)
    found = set_aside_of(subject)
    for kept in found:
        _require_another(actor, last_to("erasure.set_aside", kept.pk))
    for kept in found:
        model = apps.get_model(kept.model)
        columns = columns_of(model)
        free = model._default_manager.filter(pk=kept.row_id, **dict.fromkeys(columns.values(), ""))
        if free.exists():
            write(model, kept.row_id, {column: getattr(kept, told) for told, column in columns.items()})
        kept.delete()
    note_set(SetAside, "", rows=len(found), case=case_digest(actor.organization_id, case))
    return len(found)


def require_usable(*, name: str = "", mobile: str = "", email: str = "") -> None:
    """Refuse to enter somebody anew whose data is set aside: nothing new is taken while the use is restricted."""
    if set_aside_of(of_contact(name=name, mobile=mobile, email=email)):
        raise Refusal(
            "use_restricted",
            _("The use of this person's data is restricted for now. Leave the contact empty."),
            field="contact_phone" if mobile else "",
        )


def set_aside_of(subject: Subject) -> list[SetAside]:
    """What is kept apart of a contact. There are few such rows: each is compared as a person would."""
    return [
        row
        for row in SetAside.objects.order_by("pk")
        if is_same_contact(subject, name=row.name, mobile=row.mobile, email=row.email)
    ]


def used() -> list[Part]:
    """The contacts' rows that work reads, as against letters sent to them or their own requests."""
    return [
        part
        for part in parts()
        if part.subject == "self" and (found := _contact(part.model)) is not None and found.is_used
    ]


def _contact(model: Any) -> Any:
    return declared.contacts.get(model._meta.label_lower)


def columns_of(model: Any) -> dict[str, str]:
    found = _contact(model)
    return {told: column for told in COLUMNS if (column := getattr(found, told))}


def write(model: Any, key: Any, values: dict[str, Any]) -> None:
    """Phones that hold the row fetch it anew."""
    if any(each.name == "version" for each in model._meta.local_concrete_fields):
        values["version"] = F("version") + 1
    model._default_manager.filter(pk=key).update(**values)
