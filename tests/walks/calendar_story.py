"""An agenda for calendar programs: printed as JSON for the test that starts the server."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.calendar import queries
from qince.employee.calendar.actions import keys, planning
from qince.employee.calendar.actions.drafts import Draft
from qince.employee.calendar.models import Attendee, CalendarKey, Event
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from tests.walks.story import the_organization

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = "Europe/Berlin"
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


def _mobile() -> str:
    """Another one each time: workers of a parallel run may each seed a scene of their own."""
    return f"+86170{uuid4().int % 10**8:08d}"


def monday() -> datetime:
    now = clock.now().replace(tzinfo=None, hour=9, minute=0, second=0, microsecond=0)
    return now - timedelta(days=now.weekday())


def seed() -> dict[str, Any]:
    """A weekly meeting in Berlin with an exception and a hole, an all-day training; a colleague's secret."""
    organization = people.organization("历溪")
    with tenant(organization):
        boss = people.employee("钱主管", roles=["manager"], number="C9001", mobile=_mobile())
        rep = people.employee("王芳", roles=["rep"], leader=boss, number="C9002", mobile=_mobile())
        agree(rep)
        actor, now, first = people.actor(rep), clock.now(), monday()

        def enter(who: Any, title: str, starts: datetime, ends: datetime, **more: Any) -> Any:
            draft = Draft(title, more.pop("zone", BERLIN), starts, ends, **more)
            return planning.create_event(people.actor(who), event_id=uuid7(), draft=draft, now=now)

        weekly = enter(rep, "Standup", first, first + HOUR, rrule="FREQ=WEEKLY", place="A 12")
        for_this = Draft(
            "Standup later", BERLIN, first + WEEK + 2 * HOUR, first + WEEK + 3 * HOUR, rrule="FREQ=WEEKLY"
        )
        planning.change_event(
            actor,
            event_id=weekly.pk,
            draft=for_this,
            reach=planning.Reach.THIS,
            original=first + WEEK,
            now=now,
        )
        planning.remove_event(
            actor, event_id=weekly.pk, reach=planning.Reach.THIS, original=first + 2 * WEEK, now=now
        )
        day = first.replace(hour=0)
        enter(rep, "Training", day, day + timedelta(days=2), all_day=True)
        enter(boss, "Secret", first, first + HOUR)
        made = keys.make_key(actor, kind=CalendarKey.Kind.APP, name="Thunderbird", now=now)
        return {
            "organization": str(organization.pk),
            "user": made.user,
            "password": made.secret,
            "key": str(made.row.pk),
            "weekly": str(weekly.pk),
            "first": first.isoformat(),
        }


def expansion(organization: str, days: str) -> list[list[str]]:
    """What we ourselves make of it, for the client's to be compared with."""
    with tenant(organization):
        actor = people.actor(Employee.objects.get(number="C9002"))
        begin = clock.now() - timedelta(days=30)
        found = queries.agenda(
            actor, [actor.person_id], begin, begin + timedelta(days=int(days)), zone="Asia/Shanghai"
        )
        return sorted(
            [each.occurrence.starts_at.isoformat(), each.occurrence.ends_at.isoformat(), each.texts.title]
            for each in found
            if each.texts and not each.occurrence.all_day
        )


def on_phone(mobile: str) -> bool:
    """A meeting of the colleague's that the phone's owner is asked to, and a weekly one of the owner's own."""
    with tenant(the_organization()):
        rep = Employee.objects.get(mobile=mobile)
        boss = people.employee("孙经理", roles=["manager"], number="C9009", mobile=_mobile())
        Employee.objects.filter(pk=rep.pk).update(leader=boss)
        now, first = clock.now(), monday()

        def enter(who: Any, title: str, **more: Any) -> Any:
            draft = Draft(title, "Asia/Shanghai", first + 7 * HOUR, first + 8 * HOUR, **more)
            return planning.create_event(people.actor(who), event_id=uuid7(), draft=draft, now=now)

        enter(boss, "Review", guest_ids=[rep.pk], rrule="FREQ=DAILY")
        enter(rep, "Route talk", rrule="FREQ=DAILY")
        return True


def of(mobile: str) -> list[list[Any]]:
    """What the owner of the phone has entered, and answered."""
    with tenant(the_organization()):
        rep = Employee.objects.get(mobile=mobile)
        rows = Event.objects.filter(employee=rep).order_by("created_at", "pk")
        answers = Attendee.objects.filter(employee=rep).values_list("status", flat=True)
        return [[row.title, row.rrule, len(row.exdates), bool(row.override_of_id)] for row in rows] + [
            list(answers)
        ]


def single(mobile: str) -> bool:
    """One event of the phone's owner, today."""
    with tenant(the_organization()):
        rep = Employee.objects.get(mobile=mobile)
        now = clock.now().astimezone(SHANGHAI)  # between midnight and eight, the day before in UTC
        today = now.replace(tzinfo=None, hour=9, minute=0, second=0, microsecond=0)
        draft = Draft("Stocktaking", "Asia/Shanghai", today, today + HOUR)
        planning.create_event(people.actor(rep), event_id=uuid7(), draft=draft, now=clock.now())
        return True


def elsewhere(mobile: str) -> str:
    """The owner changes it at a desk."""
    with tenant(the_organization()):
        rep = Employee.objects.get(mobile=mobile)
        row = Event.objects.get(pk__in=_named(rep, "Stocktaking"))
        draft = Draft("Stocktaking, elsewhere", row.zone, row.starts, row.ends)
        planning.change_event(
            people.actor(rep), event_id=row.pk, draft=draft, reach=planning.Reach.ALL, now=clock.now()
        )
        row.refresh_from_db()
        return str(row.title)


def titles(mobile: str, start: str) -> list[str]:
    with tenant(the_organization()):
        rep = Employee.objects.get(mobile=mobile)
        rows = Event.objects.filter(pk__in=_named(rep, start))
        return sorted(str(row.title) for row in rows)


def _named(rep: Any, start: str) -> list[Any]:
    """Titles are sealed: they are read one by one."""
    return [row.pk for row in Event.objects.filter(employee=rep) if str(row.title).startswith(start)]


def invited(mobile: str) -> list[str]:
    """Whom the owner of the phone has asked to come."""
    with tenant(the_organization()):
        rows = Attendee.objects.filter(event__employee__mobile=mobile)
        return sorted(rows.values_list("employee__name", flat=True))


def revoke(organization: str, key: str) -> bool:
    from uuid import UUID

    with tenant(organization):
        actor = people.actor(Employee.objects.get(number="C9002"))
        return bool(keys.revoke_key(actor, key_id=UUID(key), now=clock.now()).revoked_at)
