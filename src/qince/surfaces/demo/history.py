"""Four weeks of the demo's company, day by day, and the part of today that has passed."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from qince.employee.attendance.models import WorkPlace
from qince.engines.sync.protocol import Operation
from qince.kit.actor import Actor
from qince.kit.geo import Point, nearby_m
from qince.kit.tenancy import tenant
from qince.masterdata.customers.models import Assignment, Customer
from qince.sales.routes.models import PlannedVisit
from qince.surfaces.demo.days import FieldDay, Setting
from qince.surfaces.demo.people import SHARES_NOTHING
from qince.surfaces.demo.phone import Phone

PHOTO_DAYS = 1  # days with pictures before today; each is a file of its own on the disk
OFFICE_DAYS = 10  # days of attendance for those who are not in the field
RECENT = 7  # days ago


@dataclass(slots=True)
class Rep:
    """A rep, the stores assigned to him, and where he sets out from."""

    number: str
    actor: Actor
    stores: list[Customer]
    place: WorkPlace


def reps_of(actors: dict[str, Actor], places: list[WorkPlace]) -> list[Rep]:
    """Those who have stores, each with the work place nearest to them."""
    stores: dict[UUID, list[Customer]] = defaultdict(list)
    rows = Assignment.objects.filter(ends_on__isnull=True, customer__lat__isnull=False)
    for row in rows.select_related("customer").order_by("customer__code"):
        stores[row.employee_id].append(row.customer)
    return [
        Rep(number, actor, stores[actor.employee_id], nearest(places, stores[actor.employee_id]))
        for number, actor in actors.items()
        if actor.employee_id in stores
    ]


def nearest(places: list[WorkPlace], stores: list[Customer]) -> WorkPlace:
    middle = Point(
        sum(each.lat or 0 for each in stores) / len(stores),
        sum(each.lng or 0 for each in stores) / len(stores),
    )
    return min(places, key=lambda place: nearby_m(middle, Point(place.lat, place.lng)))


class History:
    """Everybody's days. `outboxes` holds what phones without signal have not sent yet.

    `leading`: who of the office is in a group of the field, and so has used the app as long as it has.
    """

    def __init__(
        self, setting: Setting, reps: list[Rep], office: dict[str, Actor], leading: frozenset[str]
    ) -> None:
        self.setting, self.reps, self.office, self.leading = setting, reps, office, leading
        self.outboxes: dict[str, list[Operation]] = {}
        self.sent = 0

    def live_through(self, day: date, *, photos: bool) -> None:
        """One day, in one transaction. A rep with nothing planned is at the work place, or has the weekend off."""
        plans, is_weekday = planned_on(day), day.weekday() < 5
        with tenant(self.reps[0].actor.organization_id):
            for rep in self.reps:
                if plan := plans.get(rep.actor.employee_id):
                    self._field_day(rep, day, plan, photos=photos)
                elif is_weekday:
                    self._office_day(rep.number, rep.actor, day, rep.place)
            for number, actor in self.office.items() if is_weekday else ():
                if self._ago(day) <= OFFICE_DAYS or number in self.leading:
                    self._office_day(number, actor, day, self.setting.places[0])

    def _ago(self, day: date) -> int:
        return (self.setting.today - day).days

    def _field_day(self, rep: Rep, day: date, plan: list[PlannedVisit], *, photos: bool) -> None:
        phone = self._phone(rep.number, rep.actor, day)
        shares = rep.number != SHARES_NOTHING
        lived = FieldDay(phone, self.setting, day, shares_location=shares, takes_photos=photos)
        lived.run(plan, rep.stores, rep.place)
        self._evening(rep.number, phone, day)

    def _office_day(self, number: str, actor: Actor, day: date, place: WorkPlace) -> None:
        phone = self._phone(number, actor, day)
        shares = number != SHARES_NOTHING
        at_work = FieldDay(phone, self.setting, day, shares_location=shares, takes_photos=False)
        if phone.rng.random() < 0.95:
            at_work.run([], [], place)
        self._evening(number, phone, day)

    def _phone(self, number: str, actor: Actor, day: date) -> Phone:
        """The same seed for the same person and the same number of days ago. A few clocks are wrong."""
        rng = random.Random(f"{number} {self._ago(day)}")
        is_wrong = rng.random() < 0.02 and self._ago(day) < RECENT
        skew = timedelta(minutes=rng.choice((6, -9, 45))) if is_wrong else timedelta(0)
        return Phone(actor, rng, started=self.setting.at(day, 6.5), skew=skew)

    def _evening(self, number: str, phone: Phone, day: date) -> None:
        """In the last week phones send every evening, before that every third: fewer pushes load faster."""
        self.sent += len(phone.operations)
        phone.operations = self.outboxes.pop(number, []) + phone.operations
        if self._ago(day) > RECENT and self._ago(day) % 3:
            self.outboxes[number] = phone.operations
        elif phone.operations:
            evening = self.setting.at(day, 20) + timedelta(minutes=phone.rng.uniform(0, 90))
            phone.send(min(evening, self.setting.now))


def planned_on(day: date) -> dict[Any, list[PlannedVisit]]:
    plans: dict[Any, list[PlannedVisit]] = defaultdict(list)
    for plan in PlannedVisit.objects.filter(on=day).select_related("customer").order_by("sequence"):
        plans[plan.employee_id].append(plan)
    return plans


def days(today: date, count: int) -> Iterator[tuple[date, bool]]:
    """(day, whether photos are taken) from `count` days ago to today."""
    for ago in range(count, -1, -1):
        yield today - timedelta(days=ago), ago <= PHOTO_DAYS


def start_of(today: datetime, count: int) -> datetime:
    """When the company began with Qince: the morning three days before the history."""
    return (today - timedelta(days=count + 3)).replace(hour=1, minute=0, second=0, microsecond=0)
