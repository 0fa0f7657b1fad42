"""The overview of a day: figures, hours, people, places, exceptions, all within the actor's sight."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from qince.core.people.queries import with_main_department
from qince.employee.attendance import queries as attendance
from qince.employee.attendance.queries import Day
from qince.employee.attendance.rules import VIEW as VIEW_ATTENDANCE
from qince.kit.actor import Actor
from qince.masterdata.customers.models import Customer
from qince.masterdata.customers.queries import customers_visible_to
from qince.sales.visits import figures, queries, words
from qince.sales.visits.figures import Figures
from qince.sales.visits.models import Visit

OPENING, CLOSING = 8, 18  # hours the chart shows at least
SHOWN_EXCEPTIONS = 8
SHOWN_STORES = 3000
SHOWN_REPS = 100


@dataclass(frozen=True, slots=True)
class Rep:
    """One person's day."""

    employee: Any
    figures: Figures
    day: Day | None
    latest: Visit | None

    @property
    def progress(self) -> int:
        """Percent of the plan done; 0 without a plan."""
        return round(100 * (self.figures.adherence or 0))


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of the day, of the same day a week before, and of the month so far."""

    day: Figures
    before: Figures
    month: Figures

    @property
    def adherence_change(self) -> int | None:
        """Percentage points against a week before; None where either day has no plan."""
        if self.day.adherence is None or self.before.adherence is None:
            return None
        return round(100 * self.day.adherence) - round(100 * self.before.adherence)

    @property
    def exceptions_change(self) -> int:
        return self.day.exceptions - self.before.exceptions


def totals(actor: Actor, on: date) -> Totals:
    return Totals(
        day=figures.team_figures(actor, on, on),
        before=figures.team_figures(actor, on - timedelta(days=7), on - timedelta(days=7)),
        month=figures.team_figures(actor, on.replace(day=1), on),
    )


def reps(actor: Actor, on: date) -> list[Rep]:
    """Everybody with something planned or done that day: least of the plan done first, then by name."""
    by_rep = figures.figures_by_rep(actor, on, on)
    busy = {key: found for key, found in by_rep.items() if found.planned or found.completed or found.open}
    people = list(
        with_main_department(queries.reps_visible_to(actor).filter(pk__in=busy).order_by("name_key"))
    )
    days = {day.employee.pk: day for day in _days(actor, on, people)}
    latest = _latest(actor, on)
    found = [Rep(each, busy[each.pk], days.get(each.pk), latest.get(each.pk)) for each in people]
    return sorted(found, key=lambda rep: rep.progress)


def _days(actor: Actor, on: date, people: list[Any]) -> list[Day]:
    return attendance.days(actor, on, people) if actor.may(VIEW_ATTENDANCE) else []


def _latest(actor: Actor, on: date) -> dict[Any, Visit]:
    rows = queries.visits_visible_to(actor).filter(on=on).select_related("customer")
    return {visit.employee_id: visit for visit in rows.order_by("checked_in_at")}


def exceptions(actor: Actor, on: date) -> list[dict[str, Any]]:
    """The latest visits of the day that somebody should look at, and why."""
    rows = (
        queries.visits_visible_to(actor)
        .filter(queries.EXCEPTION, on=on)
        .select_related("customer", "employee")
    )
    return [
        {"visit": visit, "flags": [words.flag_words(flag)[0] for flag in visit.flags]}
        for visit in rows.order_by("-checked_in_at")[:SHOWN_EXCEPTIONS]
    ]


def chart(actor: Actor, on: date) -> dict[str, Any]:
    """Check-ins by hour: on plan, ad hoc, exceptions."""
    hours = figures.by_hour(actor, on)
    shown = range(min([OPENING, *hours]), max([CLOSING, *hours]) + 1)
    parts = [hours.get(hour, (0, 0, 0)) for hour in shown]
    names = ((_("On plan"), "green"), (_("Ad hoc"), "blue"), (_("Exceptions"), "orange"))
    return {
        "type": "bar",
        "categories": [f"{hour}:00" for hour in shown],
        "series": [
            {"name": name, "tone": tone, "stack": "all", "values": [part[number] for part in parts]}
            for number, (name, tone) in enumerate(names)
        ],
    }


def places(actor: Actor, on: date) -> dict[str, Any]:
    """Stores in sight, each in the colour of what happened there that day; a pop-up leads to the visit."""
    today = Prefetch(
        "visits",
        queryset=queries.visits_visible_to(actor)
        .filter(on=on)
        .select_related("employee")
        .order_by("checked_in_at"),
        to_attr="today",
    )
    stores = customers_visible_to(actor).filter(status=Customer.Status.OPEN, lat__isnull=False)
    planned = set(queries.planned_visible_to(actor).filter(on=on).values_list("customer_id", flat=True))
    rows = stores.prefetch_related(today).only("name", "address", "lat", "lng", "organization")
    return {"points": [_place(store, store.pk in planned) for store in rows.order_by("pk")[:SHOWN_STORES]]}


def _place(store: Any, is_planned: bool) -> dict[str, Any]:
    at = {"lat": store.lat, "lng": store.lng, "label": store.name, "hint": store.address}
    if not store.today:
        tone, words_ = ("purple", _("Planned")) if is_planned else ("grey", _("Not visited"))
        return at | {"tone": tone, "status_label": words_, "url": _url("customers:customer_detail", store)}
    visit = store.today[-1]
    facts = [[_("Rep"), visit.employee.name], [_("Checked in"), _time(visit.checked_in_at)]]
    if visit.distance_m is not None:
        facts.append([_("Distance"), f"{visit.distance_m:.0f} m"])
    tone = "orange" if visit.is_exception else words.STATE_TONES[visit.state]
    return at | {
        "tone": tone,
        "status_label": _("Exception") if visit.is_exception else visit.get_state_display(),
        "url": _url("visits:visit_detail", visit),
        "facts": facts,
    }


def _url(name: str, row: Any) -> str:
    return reverse(name, args=[row.pk])


def _time(instant: Any) -> str:
    return formats.time_format(timezone.localtime(instant), "H:i")
