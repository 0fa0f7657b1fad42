"""Whether two people may exchange what a day has for them: read from the plans, nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.people.colleagues import colleagues
from qince.core.people.models import Employee
from qince.core.people.queries import employee_ids_under
from qince.employee.attendance import zones
from qince.employee.attendance.approving import require_open_month
from qince.employee.attendance.book import Book, People
from qince.employee.attendance.definitions import GroupTerms, terms_of
from qince.employee.attendance.models import Decided, GroupVersion, Member, Swap, TimeRequest
from qince.employee.attendance.replay.planning import Plan, Said
from qince.employee.attendance.replay.shapes import GroupKind
from qince.employee.attendance.replay.zones import instant
from qince.employee.attendance.supplements import supplements
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

AHEAD = timedelta(days=62)
SHOWN = 100
AWAY = ("leave", "trip", "out")


@dataclass(frozen=True, slots=True)
class Exchange:
    """What each of the two has on that day; None is rest."""

    own: Plan
    partner: Plan

    @property
    def own_shift(self) -> UUID | None:
        return _shift(self.own)

    @property
    def partner_shift(self) -> UUID | None:
        return _shift(self.partner)


class Weeks:
    """The plans of some people for the week of a date and the days beside it."""

    def __init__(self, employee_ids: list[UUID], on: date) -> None:
        self.on = on
        self.monday = on - timedelta(days=on.weekday())
        self.book = Book(self.monday - timedelta(days=1), self.monday + timedelta(days=7))
        self.people = People(self.book, employee_ids)
        self._plans: dict[UUID, dict[date, Plan]] = {}

    def plans(self, employee_id: UUID) -> dict[date, Plan]:
        if employee_id not in self._plans:
            found = self.people.plans(employee_id)
            first = self.book.first
            self._plans[employee_id] = {first + timedelta(days=step): plan for step, plan in enumerate(found)}
        return self._plans[employee_id]

    def plan(self, employee_id: UUID) -> Plan:
        return self.plans(employee_id)[self.on]

    def instead(self, employee_id: UUID, shift: UUID | None) -> Plan:
        """What the day would be with that shift."""
        group = self.people.group_on(employee_id, self.on)
        return self.book.plan(group, self.on, Said(str(shift) if shift else None))

    def minutes(self, employee_id: UUID, plan: Plan) -> int:
        """Due in that week, with `plan` on the day."""
        week = (self.monday + timedelta(days=step) for step in range(7))
        days = self.plans(employee_id)
        return sum((plan if on == self.on else days[on]).due_minutes for on in week)

    def rest(self, employee_id: UUID, plan: Plan) -> int | None:
        """Minutes between the day's work, as `plan` has it, and that of the days beside it; the least."""
        if not plan.placed:
            return None
        days = self.plans(employee_id)
        before, after = days[self.on - timedelta(days=1)], days[self.on + timedelta(days=1)]
        gaps = [plan.placed[0].on - each.off for each in before.placed]
        gaps += [each.on - plan.placed[-1].off for each in after.placed]
        return min(gaps) // 60 if gaps else None


def exchange(actor: Actor, partner_id: UUID, on: date, now: datetime) -> Exchange:
    """What `actor` and the partner would exchange, for asking: the partner is somebody the actor may see."""
    if partner_id == actor.person_id:
        raise Refusal("not_yourself", _("Choose somebody else."), field="partner")
    if not colleagues(actor).filter(pk=partner_id).exists():
        raise _elsewhere()
    return weigh(actor.person_id, partner_id, on, now)


def weigh(employee_id: UUID, partner_id: UUID, on: date, now: datetime) -> Exchange:
    """What the two have that day. Refused where they may not exchange it; asked anew before each step."""
    _require_near(on, now)
    weeks = Weeks([employee_id, partner_id], on)
    found = Exchange(weeks.plan(employee_id), weeks.plan(partner_id))
    terms = _require_one_group(weeks, employee_id, partner_id, found)
    _require_ahead(found, now)
    if found.own_shift == found.partner_shift:
        raise Refusal("same_shift", _("Both of you have the same that day."), field="partner")
    for each in (employee_id, partner_id):
        require_open_month(each, on)
    _require_here((employee_id, partner_id), found)
    _require_hours(weeks, employee_id, found.own, found.partner_shift, terms)
    _require_hours(weeks, partner_id, found.partner, found.own_shift, terms)
    return found


def choices(actor: Actor, on: date, now: datetime) -> Iterator[tuple[Employee, Plan]]:
    """Colleagues of one's group who have something else that day."""
    _require_near(on, now)
    own = Weeks([actor.person_id], on)
    group = own.people.group_on(actor.person_id, on)
    if group is None:
        return
    rows = list(_near(actor, group).order_by("name_key")[:SHOWN])
    weeks = Weeks([each.pk for each in rows], on)
    for each in rows:
        plan = weeks.plan(each.pk)
        if weeks.people.group_on(each.pk, on) == group and _shift(plan) != _shift(own.plan(actor.person_id)):
            yield each, plan


def _near(actor: Actor, group: UUID) -> Any:
    """Whom the actor may see and the group can hold, by name or by department."""
    rows = Member.objects.filter(group=group).values_list("employee", "department")
    named = [employee for employee, _department in rows if employee]
    under = [str(department) for _employee, department in rows if department]
    ids = {*named, *(employee_ids_under(under) if under else ())}
    return colleagues(actor).filter(pk__in=ids)


def _shift(plan: Plan) -> UUID | None:
    return UUID(plan.shift.shift) if plan.shift else None


def _elsewhere() -> Refusal:
    """The same for a stranger, a hidden colleague and somebody of another group."""
    text = _("You exchange shifts with people of your own attendance group.")
    return Refusal("not_same_group", text, field="partner")


def _require_one_group(weeks: Weeks, employee_id: UUID, partner_id: UUID, found: Exchange) -> GroupTerms:
    own, other = found.own.rule, found.partner.rule
    if own is None or other is None or own.group != other.group:
        raise _elsewhere()
    terms = terms_of(GroupVersion.objects.get(pk=own.id).definition)
    if not terms.swaps or own.kind == GroupKind.FREE:
        raise Refusal("swaps_off", _("Your attendance group does not exchange shifts."), field="on")
    return terms


def _require_near(on: date, now: datetime) -> None:
    """Asked before any plan is read: at the ends of the calendar there is no day beside."""
    if on < now.date() - timedelta(days=1):
        raise _too_late()
    if on > now.date() + AHEAD:
        words = _("Shifts are exchanged at most %(days)d days ahead.") % {"days": AHEAD.days}
        raise Refusal("too_far", words, field="on")


def _too_late() -> Refusal:
    return Refusal("too_late", _("That day's work has begun already."), field="on")


def has_begun(row: Swap, now: datetime) -> bool:
    """Whether the first work of that day has begun for one of the two; where both rest, the day itself."""
    weeks = Weeks([row.employee_id, row.partner_id], row.on)
    found = Exchange(weeks.plan(row.employee_id), weeks.plan(row.partner_id))
    if found.own.rule is None:  # in no group any more: there is no plan that says it
        return instant(row.zone or zones.organization_zone(), row.on, 0) <= now.timestamp()
    return _begins(found) <= now.timestamp()


def _begins(found: Exchange) -> int:
    return min([each.on for plan in (found.own, found.partner) for each in plan.placed] or [found.own.day[0]])


def _require_ahead(found: Exchange, now: datetime) -> None:
    if _begins(found) <= now.timestamp():
        raise _too_late()


def _require_here(employee_ids: tuple[UUID, UUID], found: Exchange) -> None:
    """Nobody takes over work, or gives it away, on a day of approved leave or travel."""
    start, end = (datetime.fromtimestamp(each, UTC) for each in found.own.day)
    on = found.own.on
    away = [each for each in supplements(employee_ids, on, on) if each.kind in AWAY]
    stretches = [(each.starts_at, each.ends_at) for each in away]
    stretches += TimeRequest.objects.filter(
        employee__in=employee_ids, state=Decided.APPROVED, kind__in=AWAY
    ).values_list("starts_at", "ends_at")
    if any(first < end and last > start for first, last in stretches):
        raise Refusal("away", _("One of you is on leave or away that day."), field="on")


def _require_hours(weeks: Weeks, employee_id: UUID, now: Plan, shift: UUID | None, terms: GroupTerms) -> None:
    """Not more in the week than the group allows, nor less rest; what is beyond that already may stay as it is."""
    then = weeks.instead(employee_id, shift)
    minutes = weeks.minutes(employee_id, then)
    if minutes > terms.swap_week_hours * 60 and minutes > weeks.minutes(employee_id, now):
        words = _("One of you would work %(hours)s hours that week; your group allows %(limit)d.")
        raise Refusal(
            "over_hours",
            words % {"hours": round(minutes / 60, 1), "limit": terms.swap_week_hours},
            field="on",
        )
    rest, before = weeks.rest(employee_id, then), weeks.rest(employee_id, now)
    if rest is not None and rest < terms.swap_rest_hours * 60 and (before is None or rest < before):
        words = _("One of you would have less than %(limit)d hours of rest between two shifts.")
        raise Refusal("too_little_rest", words % {"limit": terms.swap_rest_hours}, field="on")
