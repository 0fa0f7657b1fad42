"""What a request would count, and what would be left: asked before it is handed in."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from qince.employee.leave import books
from qince.employee.leave.actions.booking import source_of
from qince.employee.leave.actions.requesting import Wish, application, reckoned, version_of
from qince.employee.leave.models import Account, LeaveRequest, TypeVersion
from qince.employee.leave.queries import own_request
from qince.employee.leave.reckoning.counting import Counted, by_date, total
from qince.employee.leave.reckoning.ledger import Kind, Ledger
from qince.employee.leave.reckoning.spending import Short, rebook, spend
from qince.employee.leave.reckoning.statement import balance_on
from qince.employee.leave.reckoning.terms import Terms
from qince.engines.approvals.presenting import Passage, ahead
from qince.kit.actor import Actor
from qince.kit.ids import uuid7


@dataclass(frozen=True, slots=True)
class Preview:
    days: list[Counted]
    qty: Decimal
    terms: Terms
    before: Decimal | None = None
    after: Decimal | None = None
    missing: Short | None = None


def preview(actor: Actor, *, wish: Wish, now: datetime, changes: UUID | None = None) -> Preview:
    """The same rules as handing in, writing nothing; a `Refusal` where it could not be handed in at all.

    `changes`: the actor's own request that came back and is being changed; it does not stand in its own way.
    """
    today = books.today_of(now)
    row = own_request(actor, changes) if changes else None
    version = row.version if row else version_of(wish.type_id, today)
    found = reckoned(actor.person_id, wish, version, today=today, but=changes)
    qty = total(found.days)
    if not version.terms.has_balance:
        return Preview(found.days, qty, version.terms)
    return _with_balance(actor.person_id, version, found.days, today, source_of(row) if row else "")


def way(
    actor: Actor, wish: Wish, found: Preview, *, now: datetime, changes: UUID | None = None
) -> list[Passage]:
    """Who would decide if it were handed in now, by the resolver of the run."""
    row = own_request(actor, changes) if changes else None
    version = row.version if row else version_of(wish.type_id, books.today_of(now))
    meant = LeaveRequest(
        id=changes or uuid7(), employee_id=actor.person_id, type=version.type, version=version, qty=found.qty,
        first_on=found.days[0].on, last_on=found.days[-1].on,
    )  # fmt: skip
    return ahead(actor, application(meant, wish.department_id), now)


def _with_balance(
    person: UUID, version: TypeVersion, days: list[Counted], today: date, held_for: str
) -> Preview:
    """`held_for`: the source of what the request holds so far, which it may spend again."""
    terms = version.terms
    account = Account.objects.filter(employee=person, type=version.type_id).first()
    ledger = books.ledgers([account])[account.pk] if account else Ledger()
    career = books.careers([person]).get(person)
    last = max(days[-1].on, today)
    book = books.Book(account or Account(), terms, career, ledger, 0)
    book.bring_up(today, last)
    if held_for:
        rebook(ledger, terms, {}, on=today, source=held_for, kind=Kind.HOLD)
    before = balance_on(ledger, terms, career, today=today, on=last)
    try:
        spend(ledger, terms, by_date(days), on=today, source="preview", kind=Kind.HOLD)
    except Short as short:
        return Preview(days, total(days), terms, before, None, short)
    return Preview(days, total(days), terms, before, balance_on(ledger, terms, career, today=today, on=last))
