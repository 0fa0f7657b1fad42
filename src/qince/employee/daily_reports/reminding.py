"""Telling people what is owed: before it is due, and those who wait for it what is missing. Each once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from qince.core.letters.actions import Addressee, Because, send
from qince.employee.daily_reports import letters, words
from qince.employee.daily_reports.models import Nudge, Obligation
from qince.employee.daily_reports.owing.periods import MINUTE
from qince.employee.daily_reports.receiving import receivers
from qince.kit.actor import Actor

LOOKS_BACK = timedelta(days=2)  # a list that could not be sent for so long is of no use any more
MOST_NAMES = 20
INBOX, OWN = "/daily-reports/owed/", "/daily-reports/mine/"


def topic(template_id: UUID, period_on: date) -> str:
    return f"daily_reports:{template_id}:{period_on}"


def values_of(row: Obligation) -> dict[str, str]:
    return {
        "template": row.template.name,
        "period": words.period(row.period_on, row.ends_on),
        "due": words.moment(row.due_at),
    }


def remind_before_due(actor: Actor, *, now: datetime) -> int:
    """Those whose report is due within the minutes that its template names. How many were told."""
    rows: Any = Obligation.objects.filter(
        reason="", sent_at__isnull=True, due_at__gt=now, due_at__lte=now + timedelta(days=1), template__is_active=True
    ).select_related("template", "by_version")  # fmt: skip
    told = 0
    for row in rows:
        minutes = row.by_version.rules.remind_minutes
        if minutes and now >= row.due_at - timedelta(minutes=minutes):
            told += _once(row, row.employee_id, Nudge.Kind.DUE, now) and _tell_due(actor, row, now)
    return told


def _tell_due(actor: Actor, row: Obligation, now: datetime) -> bool:
    send(
        actor, to=[Addressee(employee_id=row.employee_id)], kind=letters.DUE, values=values_of(row), link=OWN,
        because=Because(letters.OWES, {"template": row.template.name}), dedupe=topic(row.template_id, row.period_on),
        now=now,
    )  # fmt: skip
    return True


def tell_missing(actor: Actor, *, now: datetime) -> int:
    """Once the time for being late is over: to each receiver, who of theirs is missing. How many were told."""
    rows: Any = Obligation.objects.filter(
        late_until__lte=now - MINUTE, late_until__gt=now - LOOKS_BACK, template__is_active=True
    ).select_related("template", "by_version", "employee")
    periods: dict[tuple[UUID, date], list[Obligation]] = defaultdict(list)
    for row in rows.filter(reason="").order_by("employee__name_key"):
        periods[row.template_id, row.period_on].append(row)
    return sum(_tell_period(actor, own, now) for own in periods.values())


def _tell_period(actor: Actor, rows: list[Obligation], now: datetime) -> int:
    first = rows[0]
    if Nudge.objects.filter(
        template=first.template, period_on=first.period_on, kind=Nudge.Kind.MISSING
    ).exists():
        return 0
    owed: dict[UUID, list[Obligation]] = defaultdict(list)
    for row in rows:
        for receiver in receivers(row.by_version, row.employee_id, row.ends_on):
            owed[receiver].append(row)
    return sum(_tell_receiver(actor, receiver, own, now) for receiver, own in owed.items())


def _tell_receiver(actor: Actor, receiver: UUID, rows: list[Obligation], now: datetime) -> bool:
    missing = [each for each in rows if each.sent_at is None]
    if not missing or not _once(rows[0], receiver, Nudge.Kind.MISSING, now):
        return False
    values = {
        **values_of(rows[0]),
        "count": str(len(missing)),
        "owed": str(len(rows)),
        "sent": str(len(rows) - len(missing)),
        "names": names(each.employee_id for each in missing),
    }
    send(
        actor, to=[Addressee(employee_id=receiver)], kind=letters.MISSING, values=values, link=INBOX,
        because=Because(letters.RECEIVES, {"template": rows[0].template.name}), now=now,
    )  # fmt: skip
    return True


def names(people: Iterable[UUID]) -> str:
    """Ids as letters keep them, the first few."""
    return ",".join(str(each) for each in [*people][:MOST_NAMES])


def _once(row: Obligation, employee_id: UUID, kind: str, now: datetime) -> bool:
    """Whether nobody has told them yet; from now on somebody has."""
    _nudge, is_new = Nudge.objects.get_or_create(
        template=row.template,
        period_on=row.period_on,
        employee_id=employee_id,
        kind=kind,
        defaults={"at": now},
    )
    return is_new
