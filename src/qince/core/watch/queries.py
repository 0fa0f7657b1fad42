"""Reads of the logs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from qince.core.audit.models import Entry
from qince.core.audit.words import act_words
from qince.core.people.models import Employee
from qince.core.watch.models import Access, Reading, StaffAccess
from qince.core.watch.rules import VIEW_ACCESS, VIEW_READS
from qince.core.watch.words import page_words
from qince.kit.actor import Actor

LISTED = 200  # of each kind: a ticket lasts hours


def access_visible_to(actor: Actor) -> Any:
    return actor.scope(VIEW_ACCESS).filter(Access.objects.all(), "employee_id")


def reads_visible_to(actor: Actor) -> Any:
    """Looks at people in the actor's reach."""
    return actor.scope(VIEW_READS).filter(Reading.objects.all(), "employee_id")


def name_of(column: str) -> Subquery:
    """The name of the employee whose id stands in `column`; nothing once the person is gone."""
    return Subquery(Employee.objects.filter(pk=OuterRef(column)).values("name")[:1])


@dataclass(frozen=True, slots=True)
class Done:
    at: datetime
    what: str
    object: str


def done_under(actor: Actor, ticket: StaffAccess) -> dict[str, list[Done]]:
    """Acts, and looks at people's sensitive data, of the operator's staff while the ticket stood."""
    span = (ticket.starts_at, ticket.closed_at or ticket.ends_at)
    entries = Entry.objects.filter(actor_id=ticket.employee_id, at__range=span).order_by("at")[:LISTED]
    looks = Reading.objects.filter(reader_id=ticket.employee_id, at__range=span).order_by("at")
    looks = looks.annotate(name=name_of("employee_id"))[:LISTED]
    pages = Access.objects.filter(employee_id=ticket.employee_id, at__range=span).order_by("at")[:LISTED]
    lines = [Done(each.at, act_words(each.action), each.target_name) for each in entries]
    lines += [Done(each.at, page_words(each.page), each.name or "") for each in looks]
    lines += [Done(each.at, page_words(each.route), str(each.status)) for each in pages]
    return {"lines": sorted(lines, key=lambda line: line.at)}
