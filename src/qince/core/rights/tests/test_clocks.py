"""The two clocks: calendar days from receipt, working days from contact and identity; reminders and alarms."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qince.core.audit.models import Entry
from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.rights.actions import handling
from qince.core.rights.actions.watching import remind
from qince.core.rights.calendar import working_days_after
from qince.core.rights.kinds import Kind
from qince.core.rights.models import CalendarDay, Case
from qince.core.rights.queries import overdue
from qince.core.rights.tests.factories import entered, officer, own
from qince.kit.actor import system_actor


def at(text):
    """Noon in China on a day."""
    return datetime.fromisoformat(f"{text}T04:00:00").replace(tzinfo=UTC)


def letters(kind):
    return Letter.objects.filter(kind=kind)


class TestWorkingDays:
    def test_the_spring_festival_does_not_count_and_its_make_up_days_do(self, inside):
        # 2026: 15 to 23 February are off, Saturday the 14th and the 28th are worked.
        assert working_days_after(date(2026, 2, 11), 3) == date(2026, 2, 14)
        assert working_days_after(date(2026, 2, 14), 1) == date(2026, 2, 24)
        assert working_days_after(date(2026, 2, 27), 1) == date(2026, 2, 28)

    def test_the_own_table_overrules_the_library(self, inside):
        CalendarDay.objects.create(on=date(2026, 3, 3), is_workday=False)
        CalendarDay.objects.create(on=date(2026, 3, 7), is_workday=True)  # a Saturday
        assert working_days_after(date(2026, 3, 2), 1) == date(2026, 3, 4)
        assert working_days_after(date(2026, 3, 6), 1) == date(2026, 3, 7)


class TestDueDates:
    @pytest.mark.clause("C6.7-03")
    def test_each_kind_gets_its_date_and_the_overdue_list_is_right(self, inside):
        """Every kind, by one clock of fifteen days; the day itself is not overdue, the next one is."""
        actor, person = officer(), people.employee("王芳")
        received = at("2026-03-02")
        first = entered(actor, "query", now=received, subject=person)
        kinds = [kind for kind in Kind if kind not in (Kind.EXPLAIN, Kind.OBJECT)]
        values = {"subject": person, "first_case": first, "details": "请处理"}
        cases = [entered(actor, kind, now=received, **values) for kind in kinds]
        assert {case.calendar_due_on for case in cases} == {date(2026, 3, 17)}
        assert not overdue(date(2026, 3, 17)).exists()
        assert set(overdue(date(2026, 3, 18))) == {first, *cases}
        Case.objects.filter(pk=first.pk).update(state=Case.State.ANSWERED)
        assert first not in overdue(date(2026, 3, 18))

    @pytest.mark.clause("C9-04")
    @pytest.mark.clause("C9-05")
    def test_the_second_clock_runs_over_a_holiday_and_the_earlier_one_counts(self, inside):
        """Fifteen working days from contact and identity, over the spring festival: later than fifteen days."""
        actor = officer()
        case = entered(actor, now=at("2026-02-09"))
        assert case.working_due_on is None
        case = handling.verify_identity(actor, case, now=at("2026-02-10"), how="回拨")
        assert case.working_due_on == date(2026, 3, 9)
        assert case.due_on == date(2026, 2, 24) == case.calendar_due_on

    def test_the_second_clock_waits_for_contact_data(self, inside):
        actor = officer()
        case = entered(actor, now=at("2026-03-02"), contact_mobile="")
        case = handling.verify_identity(actor, case, now=at("2026-03-03"), how="当面核对身份证")
        assert case.working_due_on is None
        assert case.due_on == date(2026, 3, 17)

    @pytest.mark.clause("C9-05")
    def test_where_working_days_end_first_they_count(self, inside):
        """With every weekend worked, fifteen working days pass in fifteen days from the check on the first day."""
        for day in range(1, 29):
            CalendarDay.objects.create(on=date(2026, 3, day), is_workday=True)
        case = own(people.employee("王芳"), now=at("2026-03-02"))
        assert case.working_due_on == date(2026, 3, 17)
        late = own(people.employee("李雷"), now=datetime(2026, 3, 2, 15, 30, tzinfo=UTC))  # 23:30 in China
        assert late.calendar_due_on == date(2026, 3, 17)


class TestReminders:
    @pytest.mark.clause("C6.1-10")
    def test_on_the_thirteenth_day_a_reminder_and_after_the_fifteenth_an_alarm(self, inside, organization):
        actor = officer()
        case = own(people.employee("王芳"), now=at("2026-03-02"))
        system = system_actor(organization.pk, "test")
        assert remind(system, now=at("2026-03-14")) == (0, 0)
        assert remind(system, now=at("2026-03-15")) == (1, 0)  # day 13
        assert remind(system, now=at("2026-03-15")) == (0, 0)  # once
        letter = letters("rights.reminder").get()
        assert letter.employee_id == actor.employee_id
        assert letter.values["number"] == case.number
        assert remind(system, now=at("2026-03-17")) == (0, 0)  # day 15 is still in time
        assert remind(system, now=at("2026-03-18")) == (0, 1)
        assert remind(system, now=at("2026-03-18") + timedelta(hours=3)) == (0, 0)
        assert remind(system, now=at("2026-03-19")) == (0, 1)  # again each day
        assert letters("rights.overdue").count() == 2
        assert Entry.objects.filter(action="rights.remind", target_id=case.pk).count() == 3
