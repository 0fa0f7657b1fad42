"""Accounts as ledgers: read many at once, reckon with them, write what was added."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.employee.leave.models import Account, LeaveType, LedgerEntry, ServiceRecord, TypeVersion
from qince.employee.leave.reckoning.closing import close
from qince.employee.leave.reckoning.granting import Career, bring_up, grants
from qince.employee.leave.reckoning.ledger import Entry, Kind, Ledger
from qince.employee.leave.reckoning.terms import ZERO, Terms
from qince.kit import bulk
from qince.kit.clock import local_date
from qince.kit.tenancy import current_organization_id


def today_of(now: datetime) -> date:
    """The organization's date: grants begin and lapse at its midnight, not at that of UTC."""
    zone = Organization.objects.values_list("time_zone", flat=True).get(pk=current_organization_id())
    return local_date(now, zone)


def versions_on(on: date, type_ids: Collection[UUID] | None = None) -> dict[UUID, TypeVersion]:
    """The version of each type in force on that day; before its first one, that."""
    rows: Any = TypeVersion.objects.select_related("type").order_by("effective_from", "version")
    if type_ids is not None:
        rows = rows.filter(type__in=type_ids)
    found: dict[UUID, TypeVersion] = {}
    for row in rows:
        if row.type_id not in found or row.effective_from <= on:
            found[row.type_id] = row
    return found


def careers(employee_ids: Collection[UUID]) -> dict[UUID, Career]:
    """The dates that grants depend on; who has no date of employment is left out and granted nothing."""
    since = dict(
        ServiceRecord.objects.filter(employee__in=employee_ids).values_list("employee_id", "working_since")
    )
    rows = Employee.objects.filter(pk__in=employee_ids, hired_on__isnull=False)
    return {
        key: Career(hired, left, since.get(key))
        for key, hired, left in rows.values_list("pk", "hired_on", "left_on")
        if hired
    }


@dataclass
class Book:
    """One account open for reckoning. `stored` entries are in the database already."""

    account: Account
    terms: Terms
    career: Career | None
    ledger: Ledger
    stored: int

    def bring_up(self, today: date, through: date | None = None) -> None:
        """Grant and close what is due by today; grants of periods up to `through`, too, so that they can be booked."""
        if self.career is not None:
            due = grants(self.terms, self.career, today, max(through or today, today))
            bring_up(self.ledger, due, on=today)
        close(self.ledger, self.terms, as_of=today)

    def fresh(self, *, now: datetime, by: UUID | None, note: str = "") -> list[LedgerEntry]:
        """Rows of what was added, not yet written; the account's figures are brought up."""
        rows = [
            LedgerEntry(
                account=self.account, sequence=number, kind=each.kind.value, qty=each.qty, counts_on=each.on,
                lot=each.lot, valid_from=each.valid_from, valid_to=each.valid_to, source=each.source, day=each.day,
                note=note, written_at=now, written_by_id=by,
            )
            for number, each in enumerate(self.ledger.entries)
            if number >= self.stored
        ]  # fmt: skip
        self.stored = len(self.ledger.entries)
        return rows

    def sum_up(self, today: date) -> None:
        account, running = self.account, []
        for lot in self.ledger.lots.values():
            if lot.valid_to >= today and (left := self.ledger.left(lot.key)) > 0:
                running.append((lot.valid_to, left))
        account.balance = self.ledger.balance(today)
        account.closed_on = today
        account.entries = len(self.ledger.entries)
        account.lapses_on = min(running)[0] if running else None
        account.lapsing = sum((left for on, left in running if on == account.lapses_on), ZERO)


SUMMED = ("balance", "closed_on", "entries", "lapses_on", "lapsing")


def entry_of(row: LedgerEntry) -> Entry:
    return Entry(
        Kind(row.kind), row.qty, row.counts_on, row.lot, row.valid_from, row.valid_to, row.source, row.day
    )


def ledgers(accounts: Iterable[Account]) -> dict[UUID, Ledger]:
    """One query, whatever the number of accounts."""
    found: dict[UUID, Ledger] = defaultdict(Ledger)
    rows = LedgerEntry.objects.filter(account__in=[each.pk for each in accounts])
    for row in rows.order_by("account", "sequence"):
        found[row.account_id].add(entry_of(row))
    return found


def locked(employee_id: UUID, leave_type: LeaveType, version: TypeVersion) -> Book:
    """The account, made if need be, its row locked until the act ends."""
    Account.objects.get_or_create(employee_id=employee_id, type=leave_type)
    account = Account.objects.select_for_update(of=("self",)).get(employee=employee_id, type=leave_type)
    ledger = ledgers([account])[account.pk]
    career = careers([employee_id]).get(employee_id)
    return Book(account, version.terms, career, ledger, len(ledger.entries))


def lock_person(employee_id: UUID) -> None:
    """One request of a person at a time: two that overlap cannot both find the days free."""
    list(
        Employee.objects.select_for_update(of=("self",), no_key=True).filter(pk=employee_id).values_list("pk")
    )


def reading(account: Account, version: TypeVersion) -> Book:
    """The same for reading."""
    ledger = ledgers([account])[account.pk]
    career = careers([account.employee_id]).get(account.employee_id)
    return Book(account, version.terms, career, ledger, len(ledger.entries))


def write(books: Collection[Book], *, today: date, now: datetime, by: UUID | None, note: str = "") -> int:
    """Write what was added to locked accounts and their figures; how many entries."""
    rows = [row for book in books for row in book.fresh(now=now, by=by, note=note)]
    for book in books:
        book.sum_up(today)
    bulk.insert(rows)
    bulk.update([book.account for book in books], SUMMED)
    return len(rows)
