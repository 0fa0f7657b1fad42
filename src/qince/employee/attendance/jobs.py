"""Results look after themselves: what has changed within a minute, and every half hour the days that go on."""

from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from qince.core.organizations.functions import open_for
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.employee.attendance.faces.matching import compare
from qince.employee.attendance.faces.switching import erase_due
from qince.employee.attendance.models import Group, StaleDay, Swap
from qince.employee.attendance.recompute import PEOPLE, recompute, recompute_stale
from qince.employee.attendance.swap_lapsing import begun, lapse_swap
from qince.employee.attendance.zones import todays
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import NotFound
from qince.kit.tenancy import tenant

BACK = timedelta(days=62)  # an edit of the rules reaches no farther back


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="attendance.refresh")
def refresh(timestamp: int) -> None:
    for organization in open_for("employee"):
        with tenant(organization):
            if StaleDay.objects.exists():
                _first, today = todays(clock.now())
                recompute_stale(today=today, now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="attendance.lapse_swaps")
def lapse_swaps(timestamp: int) -> None:
    """Each in a transaction of its own."""
    now = clock.now()
    for organization in open_for("employee"):
        with tenant(organization):
            found = begun(now)
        for key in found:
            with suppress(Swap.DoesNotExist):  # erased meanwhile
                lapse_swap(system_actor(organization.pk, "attendance.swap"), swap_id=key, now=now)


@app.periodic(cron="*/30 * * * *")
@app.task(queueing_lock="attendance.roll")
def roll(timestamp: int) -> None:
    """Windows close by themselves: yesterday, today and the night between."""
    for organization in open_for("employee"):
        with tenant(organization):
            first, last = todays(clock.now())
        compute_everybody(organization.pk, first - timedelta(days=2), last)


@app.task(name="attendance.recompute", queueing_lock="attendance.recompute")
def recompute_since(organization: str, since: str) -> None:
    """After rules have changed: everybody, from that date on."""
    found = Organization.objects.get(pk=organization)
    with tenant(found):
        _first, today = todays(clock.now())
    compute_everybody(found.pk, max(date.fromisoformat(since), today - BACK), today)


@app.task(name="attendance.compare_face")
def compare_face(organization: str, photo: str) -> None:
    key = UUID(organization)
    with suppress(NotFound), tenant(key):  # erased meanwhile
        compare(system_actor(key, "attendance.faces"), photo_id=UUID(photo), now=clock.now())


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="attendance.faces")
def erase_faces(timestamp: int) -> None:
    """Also where the family is closed: closing is what starts the clock."""
    for organization in Organization.objects.filter(state=Organization.State.ACTIVE).order_by("pk"):
        with tenant(organization):
            erase_due(system_actor(organization.pk, "attendance.faces"), now=clock.now())


def compute_everybody(organization: UUID, first: date, last: date) -> int:
    """A part of the people in each transaction."""
    with tenant(organization):
        if not Group.objects.exists() or first > last:
            return 0
        people = list(Employee.objects.exclude(left_on__lt=first).order_by("pk").values_list("pk", flat=True))
    stored = 0
    for start in range(0, len(people), PEOPLE):
        with tenant(organization):
            stored += recompute(people[start : start + PEOPLE], first, last, now=clock.now())
    return stored
