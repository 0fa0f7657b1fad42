"""What happens to balances: grants on their day, adjustments, credits for overtime, bookings of requests."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.employee.leave import books
from qince.employee.leave.models import (
    Account,
    LeaveRequest,
    LeaveType,
    LedgerEntry,
    ServiceRecord,
    TypeVersion,
)
from qince.employee.leave.reckoning.closing import close
from qince.employee.leave.reckoning.ledger import Entry, Kind
from qince.employee.leave.reckoning.months import after_months
from qince.employee.leave.reckoning.spending import (
    Short,
    free,
    rebook,
    settle_request,
    usable,
)
from qince.employee.leave.reckoning.terms import Granting
from qince.employee.leave.rules import ADJUST, EDIT_TYPES
from qince.employee.leave.words import missing_text, number
from qince.kit import bulk
from qince.kit.action import action, note, note_set
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.ids import uuid7

PEOPLE = 500  # at a time
LARGEST = Decimal(9999)


@action("leave.bring_up", permission=EDIT_TYPES)
def bring_up(actor: Actor, *, now: datetime, employee_ids: Collection[UUID] | None = None) -> int:
    """Book what is due today for everybody, or these people: grants, carrying, lapsing. Twice changes nothing."""
    today = books.today_of(now)
    if employee_ids is None:
        employee_ids = list(Employee.objects.present().values_list("pk", flat=True))
    ids, written = sorted(employee_ids), 0
    for start in range(0, len(ids), PEOPLE):
        written += _bring_up(ids[start : start + PEOPLE], today, now)
    note_set(LedgerEntry, str(_("Grants")), entries=written, on=today)
    return written


def _bring_up(ids: list[UUID], today: date, now: datetime) -> int:
    versions = {
        key: each
        for key, each in books.versions_on(today).items()
        if each.terms.has_balance and each.type.is_active
    }
    careers = books.careers(ids)
    _open_accounts(ids, careers, versions)
    rows = Account.objects.select_for_update(of=("self",)).filter(employee__in=ids, type__in=list(versions))
    accounts = list(rows.order_by("pk"))
    held = books.ledgers(accounts)
    open_books = []
    for account in accounts:
        ledger = held[account.pk]
        book = books.Book(
            account,
            versions[account.type_id].terms,
            careers.get(account.employee_id),
            ledger,
            len(ledger.entries),
        )
        book.bring_up(today)
        open_books.append(book)
    return books.write(open_books, today=today, now=now, by=None)


def _open_accounts(
    ids: list[UUID], careers: Mapping[UUID, object], versions: Mapping[UUID, TypeVersion]
) -> None:
    there = set(Account.objects.filter(employee__in=ids).values_list("employee_id", "type_id"))
    missing = [
        Account(employee_id=person, type_id=key)
        for person in ids
        if person in careers
        for key, version in versions.items()
        if version.terms.grant is not Granting.COMP and (person, key) not in there
    ]
    if missing:
        bulk.put(missing, key=("organization", "employee", "type"))


@action("leave.adjust")
def adjust(
    actor: Actor, *, employee: Employee, type: LeaveType, qty: Decimal, reason: str, now: datetime,
    valid_from: date | None = None, valid_to: date | None = None,
) -> None:  # fmt: skip
    """Add to somebody's balance, or take from it what is not spent. The reason stands in the ledger."""
    _require_person(actor, employee.pk)
    today = books.today_of(now)
    book = _book(employee.pk, type, today, now)
    if not reason.strip():
        raise Refusal("no_reason", _("Say why: it stands in the ledger."), field="reason")
    if not qty or abs(qty) > LARGEST or qty != qty.quantize(Decimal("0.01")):
        raise Refusal("bad_quantity", _("Give a quantity with at most two decimals, not zero."), field="qty")
    if qty > 0:
        _add(book, qty, f"adjust:{uuid7()}", Kind.ADJUST, today, valid_from, valid_to)
    else:
        _take(book, -qty, today)
    books.write([book], today=today, now=now, by=actor.employee_id, note=reason.strip()[:200])
    note(book.account, quantity=qty, reason=reason.strip()[:200])


def _add(
    book: books.Book, qty: Decimal, lot: str, kind: Kind, today: date, first: date | None, last: date | None
) -> None:
    first = first or today
    last = last or date(first.year, 12, 31)
    if last < max(first, today):
        raise Refusal("bad_validity", _("It must be valid for some time from today on."), field="valid_to")
    book.ledger.add(Entry(kind, qty, max(first, today), lot, first, last, lot))
    close(book.ledger, book.terms, as_of=today)


def _take(book: books.Book, qty: Decimal, today: date) -> None:
    """From what can be spent today, what lapses first to begin with."""
    rest = qty
    for lot in usable(book.ledger, today):
        part = min(rest, free(book.ledger, lot))
        if part > 0:
            book.ledger.write(Kind.ADJUST, -part, today, lot.key, f"adjust:{uuid7()}")
            rest -= part
    if rest > 0:
        raise Refusal(
            "not_enough",
            _("Only %(left)s can be taken away: the rest is spent or held.")
            % {"left": number(qty - rest)},
            field="qty",
        )  # fmt: skip


@action("leave.credit", permission=ADJUST)
def credit(
    actor: Actor, *, employee_id: UUID, type: LeaveType, qty: Decimal, on: date, key: str, now: datetime
) -> bool:
    """Compensatory leave for overtime of day `on`; `key` says which, and the same one credits once."""
    _require_person(actor, employee_id)
    today = books.today_of(now)
    book = _book(employee_id, type, today, now)
    lot = f"comp:{key}"[:60]
    if book.terms.grant is not Granting.COMP:
        raise Refusal("not_compensatory", _("This type is not granted for overtime."), field="type")
    if not 0 < qty <= LARGEST:
        raise Refusal("bad_quantity", _("Give a quantity above zero."), field="qty")
    if lot in book.ledger.lots:
        return False
    last = after_months(on, book.terms.valid_months)
    _add(book, qty, lot, Kind.GRANT, today, on, last)
    books.write([book], today=today, now=now, by=actor.employee_id)
    note(book.account, quantity=qty, overtime=on)
    return True


def credit_month(
    actor: Actor, *, employee_id: UUID, type: LeaveType, minutes: int, month: date, now: datetime
) -> bool:
    """A month's overtime as leave, in whole steps of the type; nothing where it is less than one."""
    today = books.today_of(now)
    terms = books.versions_on(today, [type.pk])[type.pk].terms
    hours = Decimal(minutes) / 60
    qty = terms.rounded(hours if terms.is_hourly else hours / terms.hours_per_day)
    if qty <= 0:
        return False
    last = after_months(month, 1) - timedelta(days=1)
    return credit(actor, employee_id=employee_id, type=type, qty=qty, on=last, key=f"{month:%Y-%m}", now=now)


@action("leave.set_service", permission=ADJUST)
def set_service(actor: Actor, *, employee: Employee, working_since: date, now: datetime) -> None:
    """Since when somebody has worked at all; grants that depend on it follow at once."""
    _require_person(actor, employee.pk)
    today = books.today_of(now)
    if not date(1940, 1, 1) <= working_since <= today:
        raise Refusal("bad_date", _("Give a day in the past."), field="working_since")
    row = ServiceRecord.objects.select_for_update().filter(employee=employee).first() or ServiceRecord(
        employee=employee
    )
    before = row.working_since
    row.working_since = working_since
    row.save()
    note(row, working_since=(before, working_since))
    _bring_up([employee.pk], today, now)


def _require_person(actor: Actor, employee_id: UUID) -> None:
    present = Employee.objects.present().filter(pk=employee_id)
    if not actor.scope(ADJUST).covers(employee_id) or not present.exists():
        raise NotFound


def _book(employee_id: UUID, leave_type: LeaveType, today: date, now: datetime) -> books.Book:
    """The account of a type with a balance, locked and brought up to today."""
    version = books.versions_on(today, [leave_type.pk]).get(leave_type.pk)
    if version is None:
        raise NotFound
    if not version.terms.has_balance:
        raise Refusal(
            "no_balance", _("This type has no balance: it is asked for when there is cause."), field="type"
        )
    book = books.locked(employee_id, version.type, version)
    book.bring_up(today)
    return book


# --- Requests: called inside their acts ---


def book_request(
    row: LeaveRequest, wanted: Mapping[date, Decimal], *, now: datetime, by: UUID | None, kind: Kind
) -> None:
    """Make what the request has booked what is wanted; a `Refusal` "not_enough" names the day and what is missing."""
    if not row.version.terms.has_balance:
        return
    today = books.today_of(now)
    book = books.locked(row.employee_id, row.type, row.version)
    book.bring_up(today, max(wanted, default=today))
    try:
        rebook(book.ledger, book.terms, wanted, on=today, source=source_of(row), kind=kind)
    except Short as short:
        raise _not_enough(short) from short
    close(book.ledger, book.terms, as_of=today)
    books.write([book], today=today, now=now, by=by)


def settle(row: LeaveRequest, *, now: datetime) -> None:
    """What was held is used."""
    if not row.version.terms.has_balance:
        return
    today = books.today_of(now)
    book = books.locked(row.employee_id, row.type, row.version)
    book.bring_up(today)
    settle_request(book.ledger, on=today, source=source_of(row))
    books.write([book], today=today, now=now, by=None)


def source_of(row: LeaveRequest) -> str:
    return f"request:{row.pk}"


def _not_enough(short: Short) -> Refusal:
    return Refusal(
        "not_enough",
        missing_text(short),
        field="segments",
        day=short.day.isoformat(),
        missing=str(short.missing),
    )
