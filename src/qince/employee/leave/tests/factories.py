"""Types, people with balances."""

from datetime import date
from decimal import Decimal

from qince.core.people.tests import factories as people
from qince.employee.leave.actions import booking, typing
from qince.employee.leave.models import Account, LedgerEntry
from qince.employee.leave.reckoning.terms import Granting, Terms

D = Decimal


def leave_type(actor, name="年假", *, now, terms=None, **fields):
    terms = terms or Terms(grant=Granting.FIXED, amount=D(20), carry_max=D(10))
    return typing.create_type(
        actor, now=now, name=name, terms=terms, effective_from=date(2025, 1, 1), **fields
    )


def give(actor, employee, kind, qty, *, now, first=None, last=None):
    booking.adjust(
        actor,
        employee=employee,
        type=kind,
        qty=D(qty),
        reason="开户",
        valid_from=first,
        valid_to=last,
        now=now,
    )


def balance(employee, kind):
    return Account.objects.get(employee=employee, type=kind).balance


def entries(employee, kind):
    rows = LedgerEntry.objects.filter(account__employee=employee, account__type=kind).order_by("sequence")
    return [(row.kind, row.qty) for row in rows]


def admin():
    return people.employee("Admin", roles=["administrator"])
