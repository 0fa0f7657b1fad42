"""Who owes a report, as stored: leave, holidays, joiners and leavers, versions; and what the round does about it."""

from datetime import date, timedelta

import pytest

from qince.core.letters.models import Letter
from qince.core.people.actions import leaving
from qince.core.people.tests import factories as people
from qince.employee.daily_reports import obliging, reminding, words
from qince.employee.daily_reports.actions import answering, designing
from qince.employee.daily_reports.models import Obligation
from qince.employee.daily_reports.owing.judging import Reporter, judge
from qince.employee.daily_reports.owing.rules import Cycle, Rule
from qince.employee.daily_reports.setting_up import Named
from qince.employee.daily_reports.tests.scene import (
    MONDAY,
    ONE,
    RULE,
    make,
    round_at,
    send,
    setup,
    shanghai,
    staff,
    states,
)
from qince.employee.leave.reckoning.counting import Segment
from qince.employee.leave.tests import scene as leave
from qince.employee.leave.tests.factories import leave_type
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import NotFound, Refusal

DEADLINE, AFTER = shanghai(MONDAY, 18), shanghai(MONDAY, 20, 1)


@pytest.fixture
def ten(company):
    """Ten reporters of one leader; the template speaks of their department."""
    from qince.core.people.models import Membership

    sales = people.department("Sales")
    company.crew = [staff(f"R{number}", leader=company.boss, department=sales) for number in range(10)]
    Membership.objects.update(starts_on=date(2020, 1, 1))
    company.ten = make(company, "十人", reporters=Named(departments=(sales.pk,)))
    company.hr = people.employee("HR", roles=["administrator"])
    company.sick = leave_type(
        company.admin, "病假", now=shanghai(date(2026, 3, 1)), terms=leave.Terms(backdate_days=30)
    )
    return company


def take_leave(company, who, *, now, on=MONDAY):
    asking = people.actor(who)
    with clock.at(now):
        wish = leave.requesting.Wish(company.sick.pk, [Segment(on, on)])
        row = leave.requesting.hand_in(asking, request_id=leave.uuid7(), wish=wish, now=now)
        return leave.decide(company, row, leave.deciding.approve, who=company.boss, now=now)


@pytest.mark.clause("C2.1.2-07")
def test_of_ten_reporters_with_one_on_leave_nine_are_expected_and_the_tenth_is_never_missing(ten, in_english):
    take_leave(ten, people_granted(ten.crew[9]), now=shanghai(MONDAY - ONE * 3))
    round_at(shanghai(MONDAY, 8))
    found = states(ten.ten, now=shanghai(MONDAY, 8))
    assert sorted(found.values()) == ["exempt"] + ["expected"] * 9
    for who in ten.crew[:4]:
        send(ten, people_granted(who), template=ten.ten)
    send(ten, people_granted(ten.crew[4]), template=ten.ten, at=shanghai(MONDAY, 18, 1))
    at_deadline = states(ten.ten, now=AFTER - timedelta(seconds=1))
    assert sorted(at_deadline.values()) == ["exempt"] + ["expected"] * 4 + ["late"] + ["on_time"] * 4
    found = states(ten.ten, now=AFTER)
    assert sorted(found.values()) == ["exempt", "late"] + ["missing"] * 4 + ["on_time"] * 4
    assert found["R9"] == "exempt"
    row = Obligation.objects.get(template=ten.ten, employee=ten.crew[9], period_on=MONDAY)
    assert row.reason == "leave"
    with clock.in_zone("Asia/Shanghai"):
        assert "leave" in words.explained(row)[0]


def people_granted(who):
    from qince.core.access.models import Grant

    if not Grant.objects.filter(employee=who).exists():
        people.grant(who, "rep")
    return who


def test_leave_approved_after_the_deadline_turns_missing_into_exempt(ten):
    who = people_granted(ten.crew[0])
    round_at(shanghai(MONDAY, 8))
    later = shanghai(MONDAY + ONE, 9)
    assert states(ten.ten, now=later)["R0"] == "missing"
    take_leave(ten, who, now=later)
    assert states(ten.ten, now=later)["R0"] == "exempt"


def test_the_database_and_the_rules_agree_on_every_state(company):
    round_at(shanghai(MONDAY, 8))
    version = company.template.versions.get()
    from qince.employee.daily_reports.owing.periods import period_at

    period = period_at(version.as_version, MONDAY, "Asia/Shanghai")
    moments = [None] + [DEADLINE + timedelta(seconds=step) for step in (-1, 0, 59, 60, 7200, 7259, 7260)]
    for sent in moments:
        for reason in ("", "leave"):
            Obligation.objects.update(sent_at=sent, reason=reason)
            for now in filter(None, moments):
                found = set(states(company.template, now=now).values())
                reporter = Reporter(is_exempt=bool(reason))
                assert found == {judge(period, reporter, sent, now).state.value}


def test_a_make_up_saturday_owes_and_the_holiday_does_not(company):
    # 2026: Spring Festival 15 to 23 February, made up for on Saturday the 14th and Saturday the 28th.
    for on, expected in (
        (date(2026, 2, 17), "holiday"),
        (date(2026, 2, 28), ""),
        (date(2026, 3, 7), "day_off"),
    ):
        template = make(company, f"T{on}", now=shanghai(on, 8), reporters=Named((company.ann.pk,)), rule=RULE)
        assert Obligation.objects.get(template=template, period_on=on).reason == expected, on


def test_joiners_owe_from_the_day_they_come_and_leavers_no_longer(company):
    template = make(company, "全员", is_for_everybody=True)
    round_at(shanghai(MONDAY, 8))
    new = people.employee("New", hired_on=MONDAY, leader=company.boss)
    later = people.employee("Later", hired_on=MONDAY + ONE * 2, leader=company.boss)
    round_at(shanghai(MONDAY, 9))
    own = Obligation.objects.filter(template=template)
    assert set(own.filter(employee=new).values_list("period_on", flat=True)) == {MONDAY, MONDAY + ONE}
    assert not own.filter(employee=later).exists()
    with clock.at(shanghai(MONDAY, 10)):
        leaving.leave(company.admin, company.ben, now=shanghai(MONDAY, 10), successor=company.ann)
    row = own.get(employee=company.ben, period_on=MONDAY)
    assert row.reason == "left"
    friday = own.get(employee=company.ben, period_on=MONDAY - ONE * 3)
    assert friday.reason == ""  # what was missing before stays so


def test_a_change_holds_for_periods_that_begin_then(company):
    now = shanghai(MONDAY, 8)
    with clock.at(now):
        designing.edit_template(
            company.admin, company.template, now=now, effective_from=MONDAY + ONE,
            setup=setup(rule=Rule(cycle=Cycle.WEEKLY), reporters=Named((company.ann.pk,))),
        )  # fmt: skip
    round_at(shanghai(MONDAY + ONE, 8))
    found = set(
        Obligation.objects.filter(template=company.template, period_on__gte=MONDAY).values_list(
            "employee__name", "period_on"
        )
    )
    assert found == {("Ann", MONDAY), ("Ben", MONDAY)}
    with pytest.raises(Refusal, match="in_the_past"):
        designing.edit_template(
            company.admin, company.template, now=now, effective_from=MONDAY - ONE, setup=setup(is_for_everybody=True)
        )  # fmt: skip


def test_an_exempt_person_is_exempt_and_a_transfer_does_not_rewrite_what_is_over(company):
    now = shanghai(MONDAY, 8)
    template = make(company, "销售", is_for_everybody=True, exempt=Named((company.top.pk,)))
    round_at(now)
    assert Obligation.objects.get(template=template, employee=company.top, period_on=MONDAY).reason == "named"
    later = shanghai(MONDAY + ONE, 8)
    with clock.at(later):
        designing.edit_template(
            company.admin, template, now=later, setup=setup(reporters=Named((company.ann.pk,)))
        )
    held = Obligation.objects.filter(template=template, employee=company.ben)
    assert set(held.values_list("period_on", flat=True)) >= {MONDAY}
    assert not held.filter(period_on=MONDAY + ONE).exists()


def test_a_round_twice_changes_nothing(company):
    now = shanghai(MONDAY, 17, 5)
    system = system_actor(company.ann.organization_id, "test")
    for _ in range(2):
        round_at(now)
        reminding.remind_before_due(system, now=now)
    assert Obligation.objects.filter(period_on=MONDAY).count() == 2
    assert Letter.objects.filter(kind="daily_reports.due").count() == 2
    send(company, company.ann, at=shanghai(MONDAY, 17, 10))
    recalled = Letter.objects.get(kind="daily_reports.due", employee=company.ann)
    assert recalled.recalled_at is not None
    for _ in range(2):
        reminding.tell_missing(system, now=AFTER)
    told = Letter.objects.get(kind="daily_reports.missing")
    assert told.employee == company.boss
    assert told.values["names"] == str(company.ben.pk)
    assert told.rendered.body.endswith("Ben")
    assert (told.values["owed"], told.values["sent"]) == ("2", "1")


def test_nobody_is_told_before_the_time_for_being_late_is_over(company):
    round_at(shanghai(MONDAY, 8))
    system = system_actor(company.ann.organization_id, "test")
    assert reminding.remind_before_due(system, now=shanghai(MONDAY, 16, 59)) == 0
    assert reminding.tell_missing(system, now=shanghai(MONDAY, 20, 0, 59)) == 0
    assert reminding.tell_missing(system, now=AFTER) == 1


def test_a_manager_reminds_the_own_line_and_nobody_reminds_of_what_is_there(company):
    round_at(shanghai(MONDAY, 8))
    rows = {row.employee.name: row for row in Obligation.objects.filter(period_on=MONDAY)}
    boss, now = people.actor(company.boss), shanghai(MONDAY, 19)
    answering.remind(boss, rows["Ann"], now=now)
    answering.remind(boss, rows["Ann"], now=now)
    assert Letter.objects.filter(kind="daily_reports.nudged", employee=company.ann).count() == 1
    stranger = people.actor(staff("Other", roles=["manager"]))
    with pytest.raises(NotFound):
        answering.remind(stranger, rows["Ann"], now=now)
    with pytest.raises(Refusal):
        answering.remind(people.actor(company.ann), rows["Ben"], now=now)
    send(company, company.ben)
    with pytest.raises(Refusal, match="nothing_owed"):
        answering.remind(boss, rows["Ben"], now=now)


def test_the_number_of_queries_does_not_grow_with_the_people(company, django_assert_max_num_queries):
    make(company, "全员", is_for_everybody=True)
    for number in range(30):
        people.employee(f"P{number}", hired_on=date(2020, 1, 1), leader=company.boss)
    with django_assert_max_num_queries(60):
        obliging.renew(MONDAY, MONDAY, now=shanghai(MONDAY, 8))
