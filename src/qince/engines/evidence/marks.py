"""Marks that a rule puts on acts (`flags`) as machine decisions: found, worked out again, taken away after a review.

marks.tables.append(Kept(Punch, "employee", about=…))        # in the feature's handlers.py: a table with evidence
Marks("visits.duration", [Kept(Visit, …)], _again, _name).offer()        # marks of a feature's own
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
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
from qince.engines.evidence.words import MARKS
from qince.kit.actor import Actor
from qince.kit.errors import Text


@dataclass(frozen=True, slots=True)
class Kept:
    """A table whose rows carry `flags`, how they lead to the person, and when what they tell happened (`at`)."""

    model: Any
    subject: str
    about: Callable[[Any], str]
    related: tuple[str, ...] = ()
    at: str = "at"
    settled: Callable[[Any, tuple[str, ...]], None] | None = None  # what follows once marks were taken away

    def rows(self, employee_id: UUID) -> Any:
        return self.model.objects.filter(**{self.subject: employee_id}).select_related(*self.related)


Again = Callable[[Any], tuple[list[str], list[tuple[Text, str]]]]


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one registered decision: found in its tables, and by today's rule (`again`) found once more."""

    code: str
    tables: list[Kept]
    again: Again
    name: Callable[[str], str]

    def offer(self) -> None:
        registry.decide(self.code, find=self.find, replay=self.replay, undo=self.undo)

    @property
    def outcomes(self) -> tuple[str, ...]:
        return registered.decisions[self.code].outcomes

    def find(self, employee_id: UUID, limit: int) -> list[Made]:
        """The latest acts of the person that carry such a mark."""
        marked = reduce(or_, (Q(flags__contains=[each]) for each in self.outcomes))
        made = [
            self._made(table, row)
            for table in self.tables
            for row in table.rows(employee_id).filter(marked).order_by(f"-{table.at}")[:limit]
        ]
        return sorted(made, key=lambda each: each.at, reverse=True)[:limit]

    def replay(self, employee_id: UUID, target_id: UUID) -> Replay | None:
        """The marks by today's rule from what is kept."""
        for table in self.tables:
            row = table.rows(employee_id).filter(pk=target_id).first()
            if row is not None and (stored := self._marks(row)):
                again, inputs = self.again(row)
                version = registered.decisions[self.code].version
                return Replay(
                    self._made(table, row), inputs, version, self._names(again), self._names(stored)
                )
        return None

    def undo(self, actor: Actor, target_id: UUID, text: str, now: datetime) -> None:
        """A person has looked and decided otherwise: the mark goes, the act stays."""
        for table in self.tables:
            for row in table.model.objects.filter(pk=target_id):
                unmark(row, self.outcomes)
                if table.settled:
                    table.settled(row, self.outcomes)

    def _marks(self, row: Any) -> list[str]:
        return [each for each in self.outcomes if each in row.flags]

    def _names(self, flags: list[str]) -> str:
        return ", ".join(self.name(each) for each in flags)

    def _made(self, table: Kept, row: Any) -> Made:
        names = self._names(self._marks(row))
        return Made(self.code, row.pk, getattr(row, table.at), table.about(row), names)


def unmark(row: Any, outcomes: tuple[str, ...]) -> None:
    row.flags = [each for each in row.flags if each not in outcomes]
    row.save(update_fields=["flags"])


tables: list[Kept] = []  # those that keep evidence


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


def _moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


for _code, _again in ((TIME, _time_again), (MOCK, _mock_again), (APPROXIMATE, _approximate_again)):
    Marks(_code, tables, _again, lambda flag: str(MARKS[flag][0])).offer()
