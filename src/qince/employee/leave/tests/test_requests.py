"""Asking for leave: held at once, used when approved, released when not; called off, changed, counted anew."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.privacy.gate import ConsentRequired
from qince.core.privacy.tests.factories import agree
from qince.core.rights.models import CalendarDay
from qince.employee.attendance.models import DayResult
from qince.employee.attendance.recompute import recompute
from qince.employee.attendance.supplements import supplements
from qince.employee.attendance.tests import factories as attendance
from qince.employee.leave.actions import booking, cancelling, papers, recounting, requesting
from qince.employee.leave.events import LeaveApproved, LeaveChanged
from qince.employee.leave.models import LeaveDay, LeaveRequest, LedgerEntry, Paper
from qince.employee.leave.privacy import PAPERS
from qince.employee.leave.reckoning.counting import Part, Segment
from qince.employee.leave.reckoning.terms import Bridge, Granting, Terms, Unit
from qince.employee.leave.tests.factories import balance, entries, give, leave_type
from qince.employee.leave.tests.scene import (
    FRIDAY,
    MONDAY,
    NEXT_MONDAY,
    NOW,
    approve,
    approved,
    ask,
    call_off,
    instance_of,
    reject,
    send_back,
    whole,
)
from qince.engines.forms import actions as form_actions
from qince.engines.forms import assigning
from qince.engines.forms.tests import factories as forms
from qince.kit import events
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.ids import uuid7

D = Decimal
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)
PDF = b"%PDF-1.4 a sick note"


def kinds(company):
    return [kind for kind, _qty in entries(company.ann, company.annual)]


def test_approved_leave_tells_attendance_from_when_to_when(company):
    row = ask(company)
    assert (row.state, row.qty, balance(company.ann, company.annual)) == ("pending", 5, 15)
    assert supplements([company.ann.pk], MONDAY, FRIDAY) == []
    approve(company, row)
    assert (row.state, balance(company.ann, company.annual)) == ("approved", 15)
    told = supplements([company.ann.pk], MONDAY, FRIDAY)
    assert {(each.kind, each.label) for each in told} == {("leave", "年假")}
    assert [(each.starts_at, each.ends_at) for each in told] == [
        (datetime(2026, 3, day, 1, tzinfo=UTC), datetime(2026, 3, day, 10, tzinfo=UTC))
        for day in range(9, 14)
    ]


@pytest.mark.clause("C2.1.2-04")
def test_approved_leave_removes_an_absence_and_lowers_the_balance(company):
    attendance.group(company.ann, week=attendance.office())
    after = datetime(2026, 4, 2, tzinfo=UTC)

    def day():
        recompute([company.ann.pk], MONDAY, MONDAY, now=after)
        found = DayResult.objects.get(employee=company.ann, on=MONDAY)
        return found.status, found.absent_minutes, found.leave_minutes

    absent = day()
    assert absent[1:] == (480, 0)
    row = ask(company, whole(MONDAY, MONDAY))
    assert day() == absent  # not before it is approved
    approve(company, row)
    assert day()[1:] == (0, 480)
    assert balance(company.ann, company.annual) == 19
    approve(company, call_off(company, row))
    assert day() == absent
    assert balance(company.ann, company.annual) == 20


def test_a_refused_request_releases_what_it_held(company):
    row = reject(company, ask(company))
    assert (row.state, balance(company.ann, company.annual)) == ("rejected", 20)
    assert kinds(company) == ["grant", *["hold"] * 5, *["release"] * 5]
    assert ask(company).state == "pending"  # its days are free again


def test_a_returned_request_keeps_its_hold_and_is_counted_anew(company):
    row = send_back(company, ask(company))
    assert (row.state, balance(company.ann, company.annual)) == ("returned", 15)
    wish = requesting.Wish(company.annual.pk, whole(MONDAY, MONDAY + timedelta(days=1)))
    row = requesting.change(people.actor(company.ann), request_id=row.pk, wish=wish, now=NOW)
    assert (row.state, row.qty, balance(company.ann, company.annual)) == ("pending", 2, 18)
    assert instance_of(row).facts["days"] == "2.00"
    approve(company, row)
    assert (row.state, balance(company.ann, company.annual)) == ("approved", 18)


def test_nobody_else_withdraws_or_changes_it(company):
    row = ask(company)
    with pytest.raises(NotFound):
        requesting.withdraw(people.actor(company.boss), request_id=row.pk, now=NOW)
    approve(company, row)
    with pytest.raises(Conflict, match="wrong_state"):
        requesting.withdraw(people.actor(company.ann), request_id=row.pk, now=NOW)


def test_more_than_the_balance_is_refused_and_leaves_nothing(company):
    with pytest.raises(Refusal) as refusal:
        ask(company, whole(MONDAY, date(2026, 4, 10)))
    assert (refusal.value.code, refusal.value.details["day"]) == ("not_enough", "2026-04-07")
    assert not LeaveRequest.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_next_years_days_come_from_next_years_grant(company):
    row = ask(company, whole(date(2026, 12, 30), date(2027, 1, 5)), now=datetime(2026, 12, 1, tzinfo=UTC))
    assert row.qty == 4  # 1 January is a holiday, the weekend follows it
    lots = LedgerEntry.objects.filter(kind="hold").order_by("day").values_list("day", "lot")
    assert {lot for day, lot in lots if day.year == 2026} == {"2026"}
    assert {lot for day, lot in lots if day.year == 2027} == {"2027"}


@pytest.mark.parametrize(("taken", "left", "lapsed"), [(8, 20, 2), (12, 18, 0)])
def test_ten_carried_days_lapse_on_31_march_only_unused(company, taken, left, lapsed):
    first = datetime(2026, 1, 1, 2, tzinfo=UTC)
    give(
        company.admin,
        company.ann,
        company.annual,
        10,
        now=first,
        first=date(2026, 1, 1),
        last=date(2026, 3, 31),
    )
    days = [date(2026, 1, 5) + timedelta(days=step) for step in range(19)]
    workdays = [day for day in days if day.weekday() < 5 and day != date(2026, 1, 2)][:taken]
    company.ann.leader = None
    row = ask(company, whole(workdays[0], workdays[-1]), now=first)
    assert row.qty == taken
    approve(company, row, now=first)
    booking.bring_up(company.admin, now=datetime(2026, 4, 1, 2, tzinfo=UTC))
    assert balance(company.ann, company.annual) == left
    assert -sum(qty for kind, qty in entries(company.ann, company.annual) if kind == "expire") == lapsed


def test_half_days_leave_the_other_half_to_be_worked(company):
    row = approved(company, [Segment(MONDAY, MONDAY, Part.PM)])
    assert (row.qty, balance(company.ann, company.annual)) == (D("0.5"), D("19.5"))
    [told] = supplements([company.ann.pk], MONDAY, MONDAY)
    assert (told.starts_at, told.ends_at) == (
        datetime(2026, 3, 9, 5, tzinfo=UTC), datetime(2026, 3, 9, 10, tzinfo=UTC),
    )  # fmt: skip
    assert ask(company, [Segment(MONDAY, MONDAY, Part.FULL, Part.AM)]).state == "pending"


def test_the_same_day_twice_is_refused(company):
    ask(company)
    with pytest.raises(Refusal, match="overlap"):
        ask(company, whole(FRIDAY, FRIDAY), kind=company.sick)


def test_days_off_alone_need_no_leave(company):
    with pytest.raises(Refusal, match="counts_nothing"):
        ask(company, whole(date(2026, 3, 14), date(2026, 3, 15)))


def test_afterwards_only_as_long_as_the_type_says(company):
    with pytest.raises(Refusal, match="too_late"):
        ask(company, whole(date(2026, 1, 5), date(2026, 1, 5)))


def test_hours_are_counted_from_the_shift(company):
    kind = leave_type(company.admin, "调休", now=NOW, terms=Terms(unit=Unit.HOUR, grant=Granting.COMP))
    booking.credit(
        company.admin, employee_id=company.ann.pk, type=kind, qty=D(8), on=date(2026, 2, 28), key="1", now=NOW
    )
    row = ask(company, [Segment(MONDAY, MONDAY, from_minute=660, to_minute=840)], kind=kind)  # noon is free
    assert (row.qty, balance(company.ann, kind)) == (2, 6)
    assert instance_of(row).facts["days"] == "0.25"  # flows ask in days, whatever the type is taken in


# --- Reasons about health and papers ---


def test_a_reason_about_health_needs_its_own_consent_and_there_is_another_way(company):
    sick = {"kind": company.sick, "segments": whole(MONDAY, MONDAY + timedelta(days=1))}
    with pytest.raises(ConsentRequired) as refusal:
        ask(company, reason="流感", paper_by_hand=True, **sick)
    assert refusal.value.message == papers.ALTERNATIVE
    assert not LeaveRequest.objects.exists()
    row = ask(company, paper_by_hand=True, **sick)  # the same leave, without a word about health
    assert (row.state, row.health_reason, row.paper_by_hand) == ("pending", None, True)


def test_with_consent_reason_and_paper_are_kept_sealed(company):
    agree(company.ann, PAPERS)
    row = ask(
        company,
        whole(MONDAY, FRIDAY),
        kind=company.sick,
        reason="流感",
        papers=[papers.File("病假条.pdf", PDF)],
    )
    row.refresh_from_db()
    assert (row.reason, row.health_reason) == (None, "流感")
    paper = Paper.objects.get(request=row)
    assert (paper.name, bytes(paper.content)) == ("病假条.pdf", PDF)
    assert "流感" not in str(instance_of(row).title)
    hr, boss = people.actor(company.hr), people.actor(company.boss)
    assert papers.open_reason(hr, request_id=row.pk, now=NOW) == "流感"
    assert bytes(papers.open_paper(hr, paper_id=paper.pk, now=NOW).content) == PDF
    with pytest.raises(NotFound):
        papers.open_paper(boss, paper_id=paper.pk, now=NOW)


def test_a_paper_is_needed_above_the_limit_and_must_be_one(company):
    two = {"kind": company.sick, "segments": whole(MONDAY, MONDAY + timedelta(days=1))}
    with pytest.raises(Refusal, match="proof_needed"):
        ask(company, **two)
    agree(company.ann, PAPERS)
    with pytest.raises(Refusal, match=r"unsupported|wrong_kind"):
        ask(company, papers=[papers.File("x.exe", b"MZ not a paper")], **two)
    assert ask(company, whole(MONDAY, MONDAY), kind=company.sick).state == "pending"  # one day needs none


# --- Calling off ---


def test_early_return_gives_back_the_rest_once_approved(company):
    row = approved(company)
    found = call_off(company, row, whole(MONDAY, MONDAY + timedelta(days=2), ends=Part.AM))
    assert (found.qty, balance(company.ann, company.annual)) == (D("2.5"), 15)
    approve(company, found)
    row.refresh_from_db()
    assert (row.state, row.qty, row.last_on) == ("approved", D("2.5"), MONDAY + timedelta(days=2))
    assert balance(company.ann, company.annual) == D("17.5")
    assert len(supplements([company.ann.pk], MONDAY, FRIDAY)) == 3


def test_all_of_it_can_be_called_off(company):
    row = approved(company)
    approve(company, call_off(company, row))
    row.refresh_from_db()
    assert (row.state, balance(company.ann, company.annual)) == ("cancelled", 20)
    assert supplements([company.ann.pk], MONDAY, FRIDAY) == []


def test_what_is_refused_stays_as_it_was(company):
    row = approved(company)
    found = reject(company, call_off(company, row))
    row.refresh_from_db()
    assert (found.state, row.state, balance(company.ann, company.annual)) == ("rejected", "approved", 15)


@pytest.mark.parametrize("kept", [whole(), whole(MONDAY, NEXT_MONDAY), whole(NEXT_MONDAY, NEXT_MONDAY)])
def test_only_a_part_of_it_can_remain(company, kept):
    row = approved(company)
    with pytest.raises(Refusal, match="not_a_part"):
        call_off(company, row, kept)


def test_one_change_at_a_time_and_it_can_be_taken_back(company):
    row = approved(company)
    found = call_off(company, row)
    with pytest.raises(Conflict, match="under_way"):
        call_off(company, row)
    cancelling.withdraw_call_off(people.actor(company.ann), cancellation_id=found.pk, now=NOW)
    assert call_off(company, row).state == "pending"


# --- Calendar and shifts change ---


def test_a_changed_calendar_counts_leave_anew_and_tells_the_person(company):
    row = approved(company)
    CalendarDay.objects.create(on=FRIDAY, is_workday=False, note="公司日")
    assert recounting.recount(company.admin, first=FRIDAY, last=FRIDAY, now=NOW) == 1
    row.refresh_from_db()
    assert (row.qty, balance(company.ann, company.annual)) == (4, 16)
    assert Letter.objects.get(kind="leave.recounted").employee_id == company.ann.pk
    assert recounting.recount(company.admin, first=FRIDAY, last=FRIDAY, now=NOW) == 0


def test_a_working_weekend_counts_more_or_says_that_it_is_not_covered(company):
    saturday = date(2026, 3, 14)
    give(company.admin, company.ann, company.annual, -14, now=NOW)
    row = approved(company, whole(MONDAY, NEXT_MONDAY))
    assert balance(company.ann, company.annual) == 0
    CalendarDay.objects.create(on=saturday, is_workday=True)
    assert recounting.recount(company.admin, first=saturday, last=saturday, now=NOW) == 0
    row.refresh_from_db()
    assert (row.qty, row.is_short) == (6, True)
    assert Letter.objects.filter(kind="leave.short").count() == 1
    give(company.admin, company.ann, company.annual, 1, now=NOW)
    recounting.recount(company.admin, first=saturday, last=saturday, now=NOW)
    row.refresh_from_db()
    assert (row.qty, row.is_short, balance(company.ann, company.annual)) == (7, False, 0)


def test_bridges_count_where_the_type_says_so(company):
    kind = leave_type(company.admin, "事假", now=NOW, terms=Terms(bridge=Bridge.WITHIN))
    row = ask(company, whole(FRIDAY, NEXT_MONDAY), kind=kind)
    assert row.qty == 4
    assert {day.why for day in LeaveDay.objects.filter(request=row)} == {"work", "bridge"}


def test_others_hear_of_it(company, monkeypatch):
    heard = []
    for kind in (LeaveApproved, LeaveChanged):
        monkeypatch.setitem(events._handlers, kind, [*events._handlers[kind], heard.append])
    row = approved(company, [Segment(MONDAY, MONDAY + timedelta(days=1), Part.PM)])
    assert heard == [
        LeaveApproved(
            row.pk, company.ann.pk, MONDAY, MONDAY + timedelta(days=1), (MONDAY + timedelta(days=1),)
        )
    ]
    approve(company, call_off(company, row))
    assert isinstance(heard[-1], LeaveChanged)


def test_a_type_out_of_use_is_not_asked_for(company):
    company.annual.is_active = False
    company.annual.save()
    with pytest.raises(Refusal, match="not_in_use"):
        ask(company)
    with pytest.raises(NotFound):
        requesting.hand_in(
            people.actor(company.ann), request_id=uuid7(), wish=requesting.Wish(uuid7(), whole()), now=NOW
        )


def test_whoever_is_on_leave_is_not_missing_a_form(company):
    approved(company)
    office = forms.administrator()
    task = form_actions.assign(
        office, now=NOW, form=forms.form(office), name="Daily", period="day", starts_on=MONDAY, due_at=time(18),
        employees=[company.ann, company.boss],
    )  # fmt: skip

    def states(on):
        return {
            str(each.employee): each.state
            for each in assigning.owed(office, task, on, NOW + timedelta(days=30))
        }

    assert states(MONDAY) == {"Ann": "away", "Boss": "missing"}
    assert states(NEXT_MONDAY) == {"Ann": "missing", "Boss": "missing"}
