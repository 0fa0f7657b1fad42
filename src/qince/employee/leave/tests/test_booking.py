"""Balances: granted on their day, once; adjusted with a reason; credited for overtime."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qince.core.audit.models import Entry as Trail
from qince.core.people.tests import factories as people
from qince.employee.attendance import month_actions
from qince.employee.attendance.models import MonthReport
from qince.employee.leave.actions import booking, typing
from qince.employee.leave.models import Account, LedgerEntry, TypeVersion
from qince.employee.leave.reckoning.templates import TEMPLATES
from qince.employee.leave.reckoning.terms import Granting, GrantOn, Overtime, Terms, Unit
from qince.employee.leave.tests.factories import admin, balance, entries, give, leave_type
from qince.kit import clock
from qince.kit.errors import Forbidden, NotFound, Refusal

D = Decimal
NOW = datetime(2026, 3, 10, 2, tzinfo=UTC)


@pytest.fixture
def company(inside):
    boss = admin()
    ann = people.employee("Ann", roles=["rep"], hired_on=date(2020, 5, 4))
    actor = people.actor(boss)
    return SimpleNamespace(boss=actor, ann=ann, kind=leave_type(actor, now=NOW))


def test_grants_come_on_their_day_and_once(company):
    booking.bring_up(company.boss, now=NOW)
    written = LedgerEntry.objects.count()
    assert booking.bring_up(company.boss, now=NOW) == 0
    assert LedgerEntry.objects.count() == written
    assert entries(company.ann, company.kind) == [("grant", 20)]
    assert not Account.objects.filter(
        employee__hired_on=None
    ).exists()  # nobody knows since when they are here


def test_a_year_begins_at_the_organizations_midnight_not_at_that_of_utc(company):
    before, after = datetime(2026, 12, 31, 15, 59, tzinfo=UTC), datetime(2026, 12, 31, 16, 1, tzinfo=UTC)
    booking.bring_up(company.boss, now=before)
    assert entries(company.ann, company.kind) == [("grant", 20)]
    booking.bring_up(company.boss, now=after)  # 00:01 in Shanghai
    told = entries(company.ann, company.kind)
    assert told[1:] == [("grant", 20), ("carry", -10), ("carry", 10), ("expire", -10)]
    account = Account.objects.get(employee=company.ann)
    assert (account.balance, account.lapses_on, account.lapsing) == (30, date(2027, 3, 31), 10)


def test_an_adjustment_has_a_reason_and_stands_in_the_trail(company):
    with pytest.raises(Refusal, match="no_reason"):
        booking.adjust(company.boss, employee=company.ann, type=company.kind, qty=D(2), reason=" ", now=NOW)
    give(company.boss, company.ann, company.kind, 2, now=NOW)
    give(company.boss, company.ann, company.kind, "-0.5", now=NOW)
    assert balance(company.ann, company.kind) == D("21.5")
    row = LedgerEntry.objects.filter(kind="adjust").latest("sequence")
    assert (row.note, row.written_by_id, row.qty) == ("开户", company.boss.employee_id, D("-0.5"))
    assert Trail.objects.filter(action="leave.adjust").count() == 2


def test_no_more_is_taken_away_than_is_left(company):
    with pytest.raises(Refusal, match="not_enough"):
        give(company.boss, company.ann, company.kind, -21, now=NOW)
    assert not LedgerEntry.objects.exists()  # the refused act wrote nothing


@pytest.mark.parametrize("qty", ["0", "0.001", "100000"])
def test_a_quantity_that_cannot_be_meant_is_refused(company, qty):
    with pytest.raises(Refusal, match="bad_quantity"):
        give(company.boss, company.ann, company.kind, qty, now=NOW)


def test_a_manager_adjusts_nobody(company):
    manager = people.employee("Boss", roles=["manager"])
    with pytest.raises(Forbidden):
        give(people.actor(manager), company.ann, company.kind, 1, now=NOW)


def test_somebody_who_left_does_not_exist_here(company):
    gone = people.employee("Gone", status="left")
    with pytest.raises(NotFound):
        give(company.boss, gone, company.kind, 1, now=NOW)


def test_overtime_is_credited_once_and_lapses(company):
    kind = leave_type(
        company.boss, "调休", now=NOW, terms=Terms(unit=Unit.HOUR, grant=Granting.COMP, valid_months=2)
    )
    day = date(2026, 3, 7)
    for _time in range(2):
        booking.credit(
            company.boss, employee_id=company.ann.pk, type=kind, qty=D(4), on=day, key="overtime-1", now=NOW
        )
    assert balance(company.ann, kind) == 4
    booking.bring_up(company.boss, now=datetime(2026, 5, 8, tzinfo=UTC))
    assert entries(company.ann, kind) == [("grant", 4), ("expire", -4)]
    assert balance(company.ann, kind) == 0


def test_years_of_service_told_later_change_the_grant_by_the_difference(company):
    kind = leave_type(company.boss, "法定年假", now=NOW, terms=TEMPLATES["annual"].terms)
    booking.bring_up(company.boss, now=NOW)
    assert balance(company.ann, kind) == 5
    booking.set_service(company.boss, employee=company.ann, working_since=date(2000, 1, 1), now=NOW)
    assert entries(company.ann, kind) == [("grant", 5), ("grant", 10)]


def test_the_law_s_types_are_made_once(company):
    assert typing.add_templates(company.boss, now=NOW) == len(TEMPLATES)
    assert typing.add_templates(company.boss, now=NOW) == 0


def test_changed_terms_make_a_version_from_a_day_on(company):
    kind = company.kind
    more = Terms(grant=Granting.FIXED, amount=D(25))
    with pytest.raises(Refusal, match="in_the_past"):
        typing.edit_type(company.boss, kind, terms=more, effective_from=date(2026, 1, 1), now=NOW)
    booking.bring_up(company.boss, now=NOW)
    with pytest.raises(Refusal, match="other_measure"):
        typing.edit_type(
            company.boss, kind, terms=Terms(unit=Unit.HOUR, grant=Granting.FIXED, amount=D(40)), now=NOW
        )
    typing.edit_type(company.boss, kind, terms=more, effective_from=date(2027, 1, 1), now=NOW)
    assert [each.version for each in TypeVersion.objects.filter(type=kind).order_by("version")] == [1, 2]
    booking.bring_up(company.boss, now=NOW)
    assert balance(company.ann, kind) == 20
    booking.bring_up(company.boss, now=datetime(2027, 1, 2, tzinfo=UTC))
    assert balance(company.ann, kind) == 25


def test_nonsense_is_named_field_by_field(company):
    with pytest.raises(Refusal) as refusal:
        leave_type(company.boss, "X", now=NOW, terms=Terms(grant=Granting.FIXED, step=D(0)))
    assert set(refusal.value.fields) == {"amount", "step"}


def test_a_hundred_people_cost_as_many_queries_as_ten(company):
    leave_type(
        company.boss,
        "月假",
        now=NOW,
        terms=Terms(grant=Granting.ACCRUAL, grant_on=GrantOn.MONTH, amount=D(1)),
    )

    def cost(number):
        for _each in range(number):
            people.employee("X", hired_on=date(2024, 1, 1))
        with CaptureQueriesContext(connection) as captured:
            booking.bring_up(company.boss, now=NOW)
        return len(captured)

    cost(1)
    few = cost(10)
    assert cost(90) == few


def lock(company, **figures):
    report = MonthReport.objects.create(
        employee=company.ann, month=date(2026, 2, 1), state=MonthReport.State.CONFIRMED,
        totals={f"overtime_{kind}": minutes for kind, minutes in figures.items()},
    )  # fmt: skip
    return month_actions.lock_month(company.boss, report, now=NOW)


def test_a_locked_month_gives_its_overtime_on_rest_days_back_as_leave(company):
    with clock.at(NOW):
        kind = leave_type(company.boss, "调休", now=NOW, terms=Terms(grant=Granting.COMP, unit=Unit.HALF))
        terms = Terms(grant=Granting.COMP, unit=Unit.HOUR, comp_for=(Overtime.WORKDAY,))
        hourly = leave_type(company.boss, "加班换休", now=NOW, terms=terms)
        lock(company, weekend=10 * 60, swapped_rest=3 * 60, workday=100, statutory=480)
        assert balance(company.ann, kind) == D("1.5")  # 13 of 16 hours: whole half days
        assert balance(company.ann, hourly) == D("1.5")  # 100 minutes: whole half hours
        [lot] = LedgerEntry.objects.filter(account__type=kind)
        assert (lot.kind, lot.valid_from, lot.valid_to) == ("grant", date(2026, 2, 28), date(2027, 2, 28))


def test_without_enough_overtime_or_without_such_a_type_locking_credits_nothing(company):
    with clock.at(NOW):
        kind = leave_type(company.boss, "调休", now=NOW, terms=Terms(grant=Granting.COMP))
        lock(company, weekend=3 * 60, statutory=16 * 60)
        assert not LedgerEntry.objects.filter(account__type=kind).exists()
