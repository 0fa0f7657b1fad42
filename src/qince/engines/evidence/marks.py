"""Marks on the evidence of an act as machine decisions: found in every table that keeps evidence, worked out again.

marks.tables.append(Kept(Punch, "employee", about=…))        # in the feature's handlers.py
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from qince.core.privacy.registers import registered
from qince.core.rights import registry
from qince.core.rights.registry import Made, Replay
from qince.engines.evidence.envelope import APPROXIMATE_M, marks_of_time
from qince.engines.evidence.privacy import APPROXIMATE, MOCK, TIME
from qince.engines.evidence.replay import is_mock, metres, said
from qince.engines.evidence.words import names_of
from qince.kit.actor import Actor
from qince.kit.errors import Text


@dataclass(frozen=True, slots=True)
class Kept:
    """A table of `Evidenced` rows, and how they lead to the person."""

    model: Any
    subject: str
    about: Callable[[Any], str]
    related: tuple[str, ...] = ()
    settled: Callable[[Any, tuple[str, ...]], None] | None = None  # where marks are repeated elsewhere

    def rows(self, employee_id: UUID) -> Any:
        return self.model.objects.filter(**{self.subject: employee_id}).select_related(*self.related)


tables: list[Kept] = []


def find(code: str, employee_id: UUID, limit: int) -> list[Made]:
    """The latest acts of the person that carry a mark of this decision."""
    marked = reduce(or_, (Q(flags__contains=[each]) for each in registered.decisions[code].outcomes))
    made = [
        _made(code, table, row)
        for table in tables
        for row in table.rows(employee_id).filter(marked).order_by("-at")[:limit]
    ]
    return sorted(made, key=lambda each: each.at, reverse=True)[:limit]


def replay(code: str, employee_id: UUID, target_id: UUID) -> Replay | None:
    """The marks by today's rule from what the device had sent."""
    for table in tables:
        row = table.rows(employee_id).filter(pk=target_id).first()
        if row is not None and (stored := _marks(code, row)):
            again, inputs = _AGAIN[code](row)
            version = registered.decisions[code].version
            return Replay(_made(code, table, row), inputs, version, names_of(again), names_of(stored))
    return None


def undo(code: str, actor: Actor, target_id: UUID, text: str, now: datetime) -> None:
    """A person has looked and decided otherwise: the mark goes, the act stays."""
    outcomes = registered.decisions[code].outcomes
    for table in tables:
        for row in table.model.objects.filter(pk=target_id):
            row.flags = [each for each in row.flags if each not in outcomes]
            row.save(update_fields=["flags"])
            if table.settled:
                table.settled(row, outcomes)


def _marks(code: str, row: Any) -> list[str]:
    return [each for each in registered.decisions[code].outcomes if each in row.flags]


def _made(code: str, table: Kept, row: Any) -> Made:
    return Made(code, row.pk, row.at, table.about(row), names_of(_marks(code, row)))


def _time_again(row: Any) -> tuple[list[str], list[tuple[Text, str]]]:
    """What was read before it was cut to the moment of receiving: the phone's time less its skew."""
    skew = timedelta(seconds=row.skew_s)
    inputs: list[tuple[Text, str]] = [
        (_("Time by the phone"), _moment(row.device_time)),
        (_("Received"), _moment(row.received_at)),
        (_("Clock differs by"), _("%(n)s s") % {"n": row.skew_s}),
    ]
    return marks_of_time(row.device_time - skew, skew, row.received_at), inputs


def _mock_again(row: Any) -> tuple[list[str], list[tuple[Text, str]]]:
    told = is_mock(row)
    return ["mock"] if told else [], [(_("Simulated, by the device's own word"), said(told))]


def _approximate_again(row: Any) -> tuple[list[str], list[tuple[Text, str]]]:
    is_so = row.accuracy_m is not None and row.accuracy_m >= APPROXIMATE_M
    inputs: list[tuple[Text, str]] = [(_("Accuracy of the position"), metres(row.accuracy_m))]
    return ["approximate"] if is_so else [], inputs


_AGAIN: dict[str, Callable[[Any], tuple[list[str], list[tuple[Text, str]]]]] = {
    TIME: _time_again,
    MOCK: _mock_again,
    APPROXIMATE: _approximate_again,
}


def _moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


for _each in _AGAIN:
    registry.decide(
        _each, find=partial(find, _each), replay=partial(replay, _each), undo=partial(undo, _each)
    )
