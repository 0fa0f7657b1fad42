"""Setting up types of leave."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.employee.leave import books
from qince.employee.leave.models import Account, LeaveType, TypeVersion
from qince.employee.leave.reckoning.templates import TEMPLATES
from qince.employee.leave.reckoning.terms import Terms, as_stored, complaints
from qince.employee.leave.rules import EDIT_TYPES
from qince.employee.leave.words import COMPLAINTS, TEMPLATE_NAMES
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal, Text
from qince.kit.validation import check


@action("leave.create_type", permission=EDIT_TYPES)
def create_type(
    actor: Actor, *, now: datetime, terms: Terms, effective_from: date | None = None, **fields: Any
) -> LeaveType:
    """A new type, in force from a day on (default: today)."""
    _check(terms)
    found = LeaveType(**fields)
    check(found)
    found.save()
    _add_version(found, terms, effective_from or books.today_of(now), now)
    note(found, created=found.name)
    return found


@action("leave.edit_type", permission=EDIT_TYPES)
def edit_type(
    actor: Actor, leave_type: LeaveType, *, now: datetime, terms: Terms | None = None,
    effective_from: date | None = None, **fields: Any,
) -> LeaveType:  # fmt: skip
    """Change a type. Other terms make a version of their own, from `effective_from` on (default: today)."""
    found = LeaveType.objects.select_for_update().filter(pk=leave_type.pk).first()
    if found is None:
        raise NotFound
    changes = {
        name: (getattr(found, name), value) for name, value in fields.items() if getattr(found, name) != value
    }
    for name, (_old, new) in changes.items():
        setattr(found, name, new)
    check(found)
    found.save()
    if terms is not None:
        changes |= _new_terms(found, terms, effective_from, now)
    note(found, **changes)
    return found


def _new_terms(found: LeaveType, terms: Terms, effective_from: date | None, now: datetime) -> dict[str, Any]:
    today = books.today_of(now)
    newest = TypeVersion.objects.filter(type=found).order_by("-version").first()
    if newest is not None and newest.terms == terms:
        return {}
    _check(terms)
    start = effective_from or today
    if newest is not None and start < max(newest.effective_from, today):
        raise Refusal(
            "in_the_past",
            _("A change counts from today on, and not before an earlier change does."),
            field="effective_from",
        )
    if (
        newest is not None
        and newest.terms.is_hourly != terms.is_hourly
        and Account.objects.filter(type=found).exists()
    ):
        raise Refusal(
            "other_measure",
            _("Balances of this type are in another measure. Make a new type for hours, or for days."),
            field="unit",
        )
    _add_version(found, terms, start, now)
    return {"version": found.latest}


def _add_version(found: LeaveType, terms: Terms, start: date, now: datetime) -> None:
    found.latest += 1
    found.save(update_fields=["latest"])
    TypeVersion.objects.create(
        type=found, version=found.latest, effective_from=start, definition=as_stored(terms), created_at=now
    )


def _check(terms: Terms) -> None:
    found = complaints(terms)
    if found:
        fields: dict[str, Text] = {name: COMPLAINTS[code] for name, code in found.items()}
        raise Refusal("invalid", next(iter(fields.values())), fields=fields)


@action("leave.add_templates", permission=EDIT_TYPES)
def add_templates(actor: Actor, *, now: datetime) -> int:
    """Create a type from each template that has none yet; how many. Numbers can be changed afterwards."""
    there = set(LeaveType.objects.exclude(template="").values_list("template", flat=True))
    names = set(LeaveType.objects.values_list("name", flat=True))
    made = 0
    for place, template in enumerate(TEMPLATES.values()):
        name = str(TEMPLATE_NAMES[template.code])
        if template.code in there or name in names:
            continue
        create_type(
            actor, now=now, terms=template.terms, name=name, template=template.code, sequence=place * 10,
            tone=TONES[place % len(TONES)],
        )  # fmt: skip
        made += 1
    return made


TONES = ("green", "red", "grey", "pink", "purple", "blue", "grey", "teal")
