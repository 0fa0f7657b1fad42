"""What the rooms below lay over an agenda: shifts and approved leave; and what happens elsewhere."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance.book import Book, People, days
from qince.employee.attendance.replay.planning import State
from qince.employee.attendance.rules import VIEW as VIEW_ATTENDANCE
from qince.employee.calendar.overlays import Overlay, layer
from qince.employee.leave.models import LeaveDay
from qince.employee.leave.rules import VIEW as VIEW_LEAVE
from qince.kit.actor import Actor


def _seen(actor: Actor, employee_ids: Collection[UUID], permission: str) -> list[UUID]:
    scope = actor.scope(permission)
    return [each for each in employee_ids if each == actor.employee_id or scope.covers(each)]


@layer("shifts", _("Shifts"), tone="teal", order=10, is_busy=False)
def shifts(actor: Actor, employee_ids: Collection[UUID], first: date, last: date) -> Iterable[Overlay]:
    ids = _seen(actor, employee_ids, VIEW_ATTENDANCE)
    if not ids:
        return
    people = People(Book(first, last), ids)
    for employee in ids:
        for on, plan in zip(days(first, last), people.plans(employee), strict=True):
            if plan.state not in (State.DUE, State.EXEMPT) or plan.shift is None or not plan.placed:
                continue
            for slot in plan.placed:
                yield Overlay(
                    employee, "shifts", f"shift-{on:%Y%m%d}-{slot.number}-{employee}", plan.shift.name,
                    _moment(slot.on), _moment(slot.off), tone="teal",
                )  # fmt: skip


def _moment(seconds: int) -> datetime:

    return datetime.fromtimestamp(seconds, UTC)


@layer("leave", _("Leave"), tone="orange", order=20)
def leave(actor: Actor, employee_ids: Collection[UUID], first: date, last: date) -> Iterable[Overlay]:
    """Approved leave only: what is asked for may still come to nothing."""
    ids = _seen(actor, employee_ids, VIEW_LEAVE)
    rows: Any = LeaveDay.objects.filter(
        request__employee__in=ids, request__state="approved", on__range=(first - timedelta(days=1), last),
        starts_at__isnull=False,
    )  # fmt: skip
    for key, employee, request, name, tone, starts, ends in rows.order_by("on").values_list(
        "pk",
        "request__employee",
        "request",
        "request__type__name",
        "request__type__tone",
        "starts_at",
        "ends_at",
    ):
        yield Overlay(
            employee, "leave", f"leave-{key}", name, starts, ends,
            url=reverse("leave:request_detail", args=[request]), tone=tone, public_label=now_in("Leave"),
        )  # fmt: skip
