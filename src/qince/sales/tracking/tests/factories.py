"""A rep with a phone that sends positions; call inside the tenant."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from qince.core.organizations.settings import LocationUse
from qince.employee.attendance.models import Punch
from qince.engines.sync.person import load
from qince.engines.sync.registry import Context
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.sales.tracking.actions import ingest
from qince.sales.tracking.payloads import Positions

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE)
BOOT = uuid7()


def switch_on(organization):
    organization.settings = {**organization.settings, "location_tracking": LocationUse.OPTIONAL}
    organization.save()


def punch(employee, kind, at):
    return Punch.objects.create(
        employee=employee,
        kind=kind,
        at=at,
        device_time=at,
        received_at=at,
        verdict="manual",
        work_date=clock.local_date(at, ZONE.key),
    )


def point(at, /, **fields):
    """A point at the aware time `at`, its steady clock in step with it."""
    steady = max(0, int((at - NOON + timedelta(days=60)).total_seconds() * 1000))
    told = {"at": at.isoformat(), "elapsed_ms": steady, "lat": 32.04, "lng": 118.77, "accuracy_m": 8.0}
    return told | fields


def batch(*points, now=NOON, skew=timedelta(0)):
    """The body of a request sent at `now` by a phone whose clock is off by `skew`."""
    read = point(now)
    told = {"device_time": (now + skew).isoformat(), "elapsed_ms": read["elapsed_ms"], "boot": str(BOOT)}
    return {"boot": str(BOOT), "clock": told, "points": list(points)}


def send(actor, *points, now=NOON, skew=timedelta(0)):
    """What the server answers, without the way over HTTP."""
    return take_in(actor, batch(*points, now=now, skew=skew), now=now)


def take_in(actor, body, *, now=NOON):
    sent = msgspec.convert(body, type=Positions)
    person = load(actor)
    context = Context(person.organization, person.standing, now, sent.clock, actor.device_id)
    return ingest(person.actor, sent=sent, context=context)
