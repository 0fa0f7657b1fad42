"""The balance on a day, each line in words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from qince.employee.leave import books
from qince.employee.leave.models import Account, LedgerEntry, TypeVersion
from qince.employee.leave.reckoning.ledger import ADVANCE, Entry, Kind
from qince.employee.leave.reckoning.statement import Line, statement
from qince.employee.leave.reckoning.terms import ZERO

KINDS = dict(LedgerEntry.Kind.choices)
TONES = {
    Kind.GRANT: "green", Kind.CARRY: "teal", Kind.USE: "blue", Kind.HOLD: "orange", Kind.RELEASE: "purple",
    Kind.EXPIRE: "red", Kind.ADJUST: "grey",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    on: date
    kind: str
    tone: str
    text: str
    qty: Decimal
    balance: Decimal
    is_expected: bool


@dataclass(frozen=True, slots=True)
class Explained:
    lines: list[Told]
    balance: Decimal
    later: int  # lines that count only after that day

    @property
    def expected(self) -> int:
        return sum(line.is_expected for line in self.lines)


def explained(account: Account, version: TypeVersion, *, today: date, on: date) -> Explained:
    book = books.reading(account, version)
    lines = statement(book.ledger, version.terms, book.career, today=today, on=on)
    notes = {
        (row.counts_on, row.lot, row.qty): row.note
        for row in LedgerEntry.objects.filter(account=account).exclude(note="")
    }
    later = sum(entry.on > on for entry in book.ledger.entries)
    told = [_told(line, notes) for line in lines]
    return Explained(told, lines[-1].balance if lines else ZERO, later)


def _told(line: Line, notes: dict[tuple[date, str, Decimal], str]) -> Told:
    entry = line.entry
    note = notes.get((entry.on, entry.lot, entry.qty), "") if entry.kind is Kind.ADJUST else ""
    text = " · ".join(filter(None, (_text(entry), note)))
    return Told(
        entry.on,
        str(KINDS[entry.kind.value]),
        TONES[entry.kind],
        text,
        entry.qty,
        line.balance,
        line.is_expected,
    )


def _text(entry: Entry) -> str:
    if entry.kind in (Kind.USE, Kind.HOLD, Kind.RELEASE):
        day = _date(entry.day) if entry.day else ""
        if entry.lot == ADVANCE:
            return _("Leave on %(day)s, in advance") % {"day": day}
        return _("Leave on %(day)s, from what is valid until %(until)s") % {
            "day": day,
            "until": _date(entry.valid_to),
        }
    if entry.kind is Kind.EXPIRE and entry.qty < 0:
        return _("Not used by %(until)s") % {"until": _date(entry.valid_to)}
    if entry.kind is Kind.EXPIRE:
        return _("Did not lapse after all: used late")
    if entry.valid_from and entry.valid_to:
        return _("Valid from %(first)s until %(until)s") % {
            "first": _date(entry.valid_from), "until": _date(entry.valid_to),
        }  # fmt: skip
    return ""


def _date(on: date | None) -> str:
    return formats.date_format(on, "SHORT_DATE_FORMAT") if on else ""
