"""The calendar of assignments, and who owes what."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from qince.core.people.models import Employee, Membership
from qince.core.people.tests import factories as people
from qince.engines.forms import absence, actions, assigning, periods
from qince.engines.forms.actions.submitting import Origin
from qince.engines.forms.periods import Plan
from qince.engines.forms.tests import factories as forms
from qince.kit import clock
from qince.kit.errors import NotFound, Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")


def plan(period, **more):
    return Plan(period, date(2026, 1, 15), None, time(18, 0), **more)


def test_a_day_is_due_on_the_weekdays_chosen():
    daily = plan("day", weekdays=(1, 5))
    assert list(periods.between(daily, date(2026, 2, 1), date(2026, 2, 14))) == [
        date(2026, 2, 2), date(2026, 2, 6), date(2026, 2, 9), date(2026, 2, 13),
    ]  # fmt: skip
    assert periods.due(daily, date(2026, 2, 2)) == datetime(2026, 2, 2, 18, tzinfo=SHANGHAI)


def test_a_week_begins_on_monday_and_is_due_on_its_day():
    weekly = plan("week", due_day=5)
    assert periods.start_of(weekly, date(2026, 2, 8)) == date(2026, 2, 2)
    assert periods.due(weekly, date(2026, 2, 2)).date() == date(2026, 2, 6)
    assert periods.due(plan("week"), date(2026, 2, 2)).date() == date(2026, 2, 8)


def test_in_a_shorter_month_the_31st_is_its_last_day():
    monthly = plan("month", due_day=31)
    assert periods.due(monthly, date(2026, 2, 1)).date() == date(2026, 2, 28)
    assert periods.due(monthly, date(2028, 2, 1)).date() == date(2028, 2, 29)
    assert periods.due(monthly, date(2026, 3, 1)).date() == date(2026, 3, 31)


def test_once_is_due_on_its_last_day():
    once = Plan("once", date(2026, 1, 15), date(2026, 1, 20), time(12))
    assert list(periods.between(once, date(2026, 1, 1), date(2026, 3, 1))) == [date(2026, 1, 15)]
    assert periods.due(once, date(2026, 1, 15)) == datetime(2026, 1, 20, 12, tzinfo=SHANGHAI)
    assert periods.start_of(once, date(2026, 1, 21)) is None


def test_the_first_period_may_have_begun_before_the_assignment():
    weekly = plan("week")  # from a Thursday
    assert periods.is_start(weekly, date(2026, 1, 12))
    assert not periods.is_start(weekly, date(2026, 1, 15))
    assert not periods.is_start(weekly, date(2026, 1, 5))


@pytest.fixture
def sales(inside):
    """Two people in a department below Sales, one elsewhere, and the administrator."""
    north = people.department("North", parent=(top := people.department("Sales")))
    week_ago = clock.now().date() - timedelta(days=7)
    staff = [people.employee(name, roles=["rep"], department=north) for name in ("王芳", "赵强")]
    Membership.objects.update(starts_on=week_ago)
    return forms.administrator(), top, staff, people.employee("孙丽", roles=["rep"])


def daily(administrator, form, **more):
    values = {
        "name": "Daily",
        "period": "day",
        "starts_on": clock.now().date() - timedelta(days=7),
        "due_at": time(18),
    }
    return actions.assign(administrator, now=clock.now(), form=form, **{**values, **more})


def simple(administrator):
    return forms.form(
        administrator, forms.definition(forms.field("done", "text", required="true()")), is_open_to_all=False
    )


def fill(employee, task, at, on=None):
    origin = Origin(assignment=task, period_on=on)
    return actions.submit(people.actor(employee), form=task.form, data={"done": "yes"}, now=at, origin=origin)


def test_who_has_given_who_is_late_and_who_is_missing(sales, inside):
    administrator, top, (wang, zhao), _sun = sales
    form = simple(administrator)
    task = daily(administrator, form, departments=[top])
    zone = ZoneInfo(inside.time_zone)
    on = clock.now().astimezone(zone).date() - timedelta(days=1)
    due = datetime.combine(on, time(18), zone)
    fill(wang, task, due - timedelta(hours=1))

    def states(now):
        return {each.employee.name: each.state for each in assigning.owed(administrator, task, on, now)}

    assert states(due - timedelta(minutes=1)) == {"王芳": "done", "赵强": "open"}
    assert states(due + timedelta(minutes=1)) == {"王芳": "done", "赵强": "missing"}
    fill(zhao, task, due + timedelta(hours=2), on=on)
    assert states(due + timedelta(days=1)) == {"王芳": "done", "赵强": "late"}


def test_a_manager_sees_what_the_own_line_owes(sales):
    administrator, _top, (wang, _zhao), sun = sales
    leader = people.employee("李经理", roles=["manager"])
    Employee.objects.filter(pk=sun.pk).update(leader=leader)
    task = daily(administrator, simple(administrator), is_for_everybody=True)
    found = assigning.owed(people.actor(leader), task, clock.now().date(), clock.now())
    assert {each.employee.name for each in found} == {"李经理", "孙丽"}
    assert wang.name not in {each.employee.name for each in found}


def test_a_leaver_owes_nothing(sales):
    administrator, top, (wang, zhao), _sun = sales
    task = daily(administrator, simple(administrator), departments=[top])
    Employee.objects.filter(pk=wang.pk).update(status="left")
    found = assigning.owed(administrator, task, clock.now().date(), clock.now())
    assert [each.employee for each in found] == [zhao]


def test_a_form_is_given_within_reach_only(sales):
    administrator, top, _staff, sun = sales
    manager = people.employee("李经理", roles=["manager"])
    people.Role.objects.filter(key="manager").update(key="", permissions=["forms.assign", "forms.view"])
    actor, form = people.actor(manager), simple(administrator)
    with pytest.raises(Refusal, match="beyond_reach"):
        daily(actor, form, departments=[top])
    with pytest.raises(NotFound):
        daily(actor, form, employees=[sun])
    with pytest.raises(Refusal, match="invalid"):
        daily(administrator, form)


def test_a_period_is_excused_when_no_working_day_of_it_is_left():
    monday = date(2026, 2, 2)
    working = {monday + timedelta(days=step) for step in range(5)}
    assert absence.is_throughout(working, monday, monday + timedelta(days=6))
    assert not absence.is_throughout(working - {monday}, monday, monday + timedelta(days=6))
    assert not absence.is_throughout((), monday, monday)
    assert absence.is_throughout({date(2026, 2, 7)}, date(2026, 2, 7), date(2026, 2, 7))  # a Saturday of duty
