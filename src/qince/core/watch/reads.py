"""Who looked at whose sensitive data (C5.3-03): collected where keys are used, so that no page can forget to say so.

One's own data is not noted, nor what is written without being read. A row is one reader, one person, one page, once
an hour: lists that refresh themselves do not drown the rest.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone

from qince.core.people.models import Employee
from qince.core.watch.alerts import raise_for, settings_of
from qince.core.watch.deciding import UNUSUAL_READING
from qince.core.watch.lines import actor_of, page_of
from qince.core.watch.models import Reading
from qince.core.watch.training import TrainingOverdue, is_trained
from qince.kit import bulk, clock
from qince.kit.actor import Actor
from qince.kit.ids import uuid7
from qince.kit.tenancy import current_organization_id, tenant

HOUR = timedelta(hours=1)
LEAST_LIMIT = 20  # no organization can set a lower one, so that most pages need not ask for it
KEY = ("organization", "reader_id", "hour", "employee_id", "page")


class Looking:
    """The onlooker of one request: gathers the people whose values are opened, and writes them at its end."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.opened: set[UUID] = set()
        self.written: set[UUID] = set()
        self.is_let: bool | None = None  # asked at the first look at somebody else

    def opens(self, organization_id: UUID, subject_id: UUID) -> None:
        """Raises `TrainingOverdue` at somebody else's data, where training is asked for and not done."""
        if subject_id in self.opened:
            return
        actor = actor_of(self.request)
        if actor is not None and actor.employee_id not in (None, subject_id) and not self._may_look(actor):
            raise TrainingOverdue
        self.opened.add(subject_id)

    def _may_look(self, actor: Actor) -> bool:
        if self.is_let is None:
            today = timezone.localdate(clock.now())
            self.is_let = is_trained(actor.organization_id, actor.person_id, today=today)
        return self.is_let

    def write(self) -> None:
        actor = actor_of(self.request)
        new = self.opened - self.written
        if actor is None or actor.employee_id is None or not new - {actor.employee_id}:
            return
        self.written |= new
        note(actor, new, page=page_of(self.request), now=clock.now())


def note(actor: Actor, subject_ids: set[UUID], *, page: str, now: datetime) -> int:
    """Write that `actor` opened sensitive data of these people on `page`; how many others there were."""
    with tenant(actor.organization_id):
        # Keys of cases and other things that are no employees are nobody's whereabouts.
        found = Employee.objects.filter(pk__in=subject_ids | {actor.person_id})
        names = dict(found.values_list("pk", "name"))
        reader = names.pop(actor.person_id, "")
        rows = [_row(actor.person_id, reader, each, page, now) for each in sorted(names)]
        bulk.put(rows, key=KEY)
        if rows:
            _watch(actor.organization_id, actor.person_id, now)
        return len(rows)


def _watch(organization_id: UUID, reader_id: UUID, now: datetime) -> None:
    """Whether this is an unusual number of people for an hour (C5.3-03)."""
    recent = Reading.objects.filter(reader_id=reader_id, hour__gte=_hour(now) - HOUR, at__gt=now - HOUR)
    people = recent.aggregate(n=Count("employee_id", distinct=True))["n"]
    if people <= LEAST_LIMIT:
        return
    limit = settings_of(organization_id).people_opened_per_hour
    if people > limit:
        facts = {"people": people, "limit": limit}
        key = f"{now:%Y-%m-%dT%H}"
        raise_for(organization_id, reader_id, UNUSUAL_READING, key=key, facts=facts, now=now)


def _row(reader_id: UUID, reader: str, employee_id: UUID, page: str, now: datetime) -> Any:
    return Reading(
        id=uuid7(),
        organization_id=current_organization_id(),
        employee_id=employee_id,
        reader_id=reader_id,
        reader_name=reader[:60],
        page=page,
        hour=_hour(now),
        at=now,
    )


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def of(employee_id: UUID, limit: int = 200) -> list[Reading]:
    """Who looked at the person's data, the latest first. What the person is told."""
    return list(Reading.objects.filter(employee_id=employee_id).order_by("-at")[:limit])
