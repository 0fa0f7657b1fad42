"""Four weeks of the demo's company, day by day, and the part of today that has passed."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from qince.employee.attendance.models import WorkPlace
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


def live_through(
    setting: Setting, reps: list[Rep], office: dict[str, Actor], day: date, *, photos: bool
) -> int:
    """One day of everybody, in one transaction. Returns the number of operations sent."""
    plans = planned_on(day)
    sent = 0
    with tenant(reps[0].actor.organization_id):
        for rep in reps:
            sent += field_day(setting, rep, day, plans.get(rep.actor.employee_id, []), photos=photos)
        if setting.today - day <= timedelta(days=OFFICE_DAYS) and day.weekday() < 5:
            for number, actor in office.items():
                sent += office_day(setting, number, actor, day)
    return sent


def planned_on(day: date) -> dict[Any, list[PlannedVisit]]:
    plans: dict[Any, list[PlannedVisit]] = defaultdict(list)
    for plan in PlannedVisit.objects.filter(on=day).select_related("customer").order_by("sequence"):
        plans[plan.employee_id].append(plan)
    return plans


def field_day(setting: Setting, rep: Rep, day: date, plan: list[PlannedVisit], *, photos: bool) -> int:
    """A rep with nothing planned has the day off."""
    if not plan:
        return 0
    phone = _phone(setting, rep.number, rep.actor, day)
    shares = rep.number != SHARES_NOTHING
    FieldDay(phone, setting, day, shares_location=shares, takes_photos=photos).run(
        plan, rep.stores, rep.place
    )
    return _sent(phone, setting, day)


def office_day(setting: Setting, number: str, actor: Actor, day: date) -> int:
    phone = _phone(setting, number, actor, day)
    at_work = FieldDay(phone, setting, day, shares_location=True, takes_photos=False)
    if phone.rng.random() < 0.95:
        at_work.run([], [], setting.places[0])
    return _sent(phone, setting, day)


def _phone(setting: Setting, number: str, actor: Actor, day: date) -> Phone:
    """The same seed for the same person and the same number of days ago. A few clocks are wrong."""
    rng = random.Random(f"{number} {(setting.today - day).days}")
    skew = timedelta(minutes=rng.choice((6, -9, 45))) if rng.random() < 0.015 else timedelta(0)
    return Phone(actor, rng, started=setting.at(day, 6.5), skew=skew)


def _sent(phone: Phone, setting: Setting, day: date) -> int:
    """Past days arrive in the evening, today's acts as soon as they are done."""
    count = len(phone.operations)
    if count:
        evening = setting.at(day, 20) + timedelta(minutes=phone.rng.uniform(0, 90))
        phone.send(min(evening, setting.now))
    return count


def days(today: date, count: int) -> Iterator[tuple[date, bool]]:
    """(day, whether photos are taken) from `count` days ago to today."""
    for ago in range(count, -1, -1):
        yield today - timedelta(days=ago), ago <= PHOTO_DAYS


def start_of(today: datetime, count: int) -> datetime:
    """When the company began with Qince: the morning three days before the history."""
    return (today - timedelta(days=count + 3)).replace(hour=1, minute=0, second=0, microsecond=0)
