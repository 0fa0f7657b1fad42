"""Closing a family of functions ends its purposes: the terms of its data begin to run, and opening it stops them."""

from datetime import timedelta

import pytest

from qince.core.access.models import Role
from qince.core.erasure import retaining
from qince.core.organizations import actions as organizations
from qince.core.organizations.functions import family_of
from qince.core.people.models import Membership
from qince.core.people.tests import factories as people
from qince.core.privacy.ended import ends_with_function
from qince.core.privacy.registry import declared
from qince.core.privacy.retention import AT_ONCE
from qince.employee.attendance.jobs import erase_faces
from qince.employee.attendance.models import FaceEnrolment, Punch
from qince.kit import clock
from qince.kit.tenancy import tenant
from qince.masterdata.customers.models import Customer
from qince.sales.tracking.models import Fix
from qince.sales.visits.models import CheckEvent, Photo, StepRecord, Visit
from tests.access.planting import plant

DAY, YEAR = timedelta(days=1), 365
NOW = clock.now()


@pytest.fixture
def house(two_people):
    return two_people[0]


@pytest.fixture
def planted(two_people):
    return two_people[1]


def boss():
    return people.actor(people.employee("经理", roles=["administrator"]))


def close(house, family="sales", departments=(), days=0):
    with tenant(house):
        assert Role.objects.exists()
        organizations.close_family(boss(), family=family, departments=departments, now=NOW + days * DAY)
    house.refresh_from_db()


def reopen(house, family="sales"):
    with tenant(house):
        organizations.open_family(boss(), family=family)
    house.refresh_from_db()


def run(house, days, **more):
    return retaining.run(house.pk, now=NOW + days * DAY, **more)


def is_there(planted, model):
    with tenant(planted.organization):
        return model.objects.filter(pk=planted.rows[model._meta.label].pk).exists()


def lines(report):
    return {(each["model"], each["rule"]): each["rows"] for each in report.lines}


@pytest.mark.clause("C6.2-06")
def test_what_was_taken_for_a_closed_function_goes_by_its_terms_and_nothing_else(house, planted):
    mine, other = planted
    with tenant(house):
        Fix.objects.update(at=NOW)
    run(house, 31 * 0)
    close(house)
    run(house, 29)
    assert is_there(mine, Fix)
    tried = run(house, 31, dry_run=True)
    assert lines(tried)["tracking.Fix", "function+30d"] == 2
    assert is_there(mine, Fix)
    run(house, 31)
    assert not is_there(mine, Fix)
    assert not is_there(other, Fix)
    with tenant(house):
        assert Visit.objects.get(pk=mine.rows["visits.Visit"].pk).distance_m is not None
    run(house, 190)
    with tenant(house):
        kept = Visit.objects.get(pk=mine.rows["visits.Visit"].pk)
    assert (kept.distance_m, kept.employee_id) == (None, mine.employee.pk)
    run(house, 2 * YEAR - 5)
    assert is_there(mine, Visit)
    report = run(house, 2 * YEAR + 5)
    for model in (Visit, CheckEvent, StepRecord, Photo):
        assert not is_there(mine, model), model
        assert not is_there(other, model), model
    assert is_there(mine, Punch)  # of another family
    assert is_there(mine, Customer)  # of none
    assert report.left == 0
    again = lines(run(house, 2 * YEAR + 6))
    assert not [key for key in again if key[1].startswith("function")]


@pytest.mark.clause("C6.2-06")
def test_the_trial_run_shows_what_would_go_and_changes_nothing(house, planted):
    mine, _other = planted
    close(house)
    told = lines(run(house, 2 * YEAR + 5, dry_run=True))
    assert told["visits.Visit", "function+2y"] == 2
    assert is_there(mine, Visit)


def test_opening_it_again_stops_the_clock_and_closing_again_begins_it_anew(house, planted):
    mine, _other = planted
    close(house)
    reopen(house)
    run(house, 3 * YEAR)
    assert is_there(mine, Visit)
    close(house, days=3 * YEAR)
    run(house, 4 * YEAR)
    assert is_there(mine, Visit)


def test_closing_the_same_twice_does_not_begin_anew(house, planted):
    mine, _other = planted
    close(house)
    close(house, days=YEAR)
    run(house, 2 * YEAR + 5)
    assert not is_there(mine, Visit)


def test_closed_for_a_department_it_ends_for_its_people_alone(house, planted):
    mine, other = planted
    with tenant(house):
        east = people.department("华东组")
        Membership.objects.filter(employee=mine.employee).delete()
        Membership.objects.create(employee=mine.employee, department=east, starts_on=NOW.date())
        Membership.objects.filter(employee=other.employee).delete()
    close(house, departments=(str(east.pk),))
    run(house, 2 * YEAR + 5)
    assert not is_there(mine, Visit)
    assert is_there(other, Visit)


def member_of(planted, department, *, days=0, until=None):
    Membership.objects.filter(employee=planted.employee).delete()
    ends = NOW.date() + until * DAY if until else None
    Membership.objects.create(
        employee=planted.employee, department=department, starts_on=NOW.date() + days * DAY, ends_on=ends
    )


def test_who_joins_a_closed_department_later_begins_later_and_who_left_it_for_nowhere_is_counted(
    house, planted
):
    joined, left = planted
    with tenant(house):
        east = people.department("华东组")
        member_of(joined, east, days=YEAR)
        member_of(left, east, days=-YEAR, until=10)
    close(house, departments=(str(east.pk),))
    run(house, 2 * YEAR + 5)
    assert is_there(joined, Visit)
    assert not is_there(left, Visit)
    run(house, 3 * YEAR + 5)
    assert not is_there(joined, Visit)


def test_who_moved_on_uses_the_function_again_and_who_left_before_it_was_closed_is_not_meant(house, planted):
    moved, before = planted
    with tenant(house):
        east, west = people.department("华东组"), people.department("华西组")
        member_of(moved, east, days=-YEAR, until=10)
        member_of(before, east, days=-YEAR, until=-10)
        Membership.objects.create(employee=moved.employee, department=west, starts_on=NOW.date() + 10 * DAY)
    close(house, departments=(str(east.pk),))
    run(house, 2 * YEAR + 5)
    assert is_there(moved, Visit)
    assert is_there(before, Visit)


def test_another_organization_keeps_its_own(house, planted):
    elsewhere = people.organization("别家")
    with tenant(elsewhere):
        foreign = plant(elsewhere, people.employee("外人", roles=["rep"]), "外人")
    close(house)
    run(house, 2 * YEAR + 5)
    run(elsewhere, 2 * YEAR + 5)
    assert is_there(foreign, Visit)


def test_faces_get_their_thirty_days_and_keep_them_when_it_opens_in_time(house, planted):
    mine, _other = planted
    with tenant(house):
        FaceEnrolment.objects.update(delete_by=None)
    close(house, "employee")
    with tenant(house):
        assert FaceEnrolment.objects.get(employee=mine.employee).delete_by == NOW + 30 * DAY
    with clock.at(NOW + 31 * DAY):
        erase_faces(0)
    assert not is_there(mine, FaceEnrolment)


def test_every_field_of_a_closable_family_has_an_end_that_the_run_reaches():
    """Each is worked off by a group of the run, stays by a law, or is taken away by its feature's own handler."""
    reached = {
        f"{group.part.model._meta.label_lower}.{name}"
        for group in retaining.groups()
        if any(
            ends_with_function(f"{group.part.model._meta.label_lower}.{n}") == group.rule for n in group.names
        )
        for name in ([*group.part.fields] if group.action == "delete" else group.names)
    }
    closable = {
        key
        for key, each in declared.personal().items()
        if family_of(key) and not each.term.survives_erasure and each.withdrawn != AT_ONCE
    }
    assert len(closable) > 100
    assert closable - reached == set()
