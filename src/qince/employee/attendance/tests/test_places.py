"""Work places: made by administrators, kept in WGS-84, fetched by phones."""

from itertools import count

import pytest

from qince.core.people.tests import factories as people
from qince.employee.attendance import place_actions as actions
from qince.employee.attendance.models import WorkPlace
from qince.employee.attendance.place_screens import WORK_PLACES
from qince.employee.attendance.sync import _place_versions
from qince.kit import clock
from qince.kit.errors import Forbidden, Refusal
from qince.masterdata.customers.tests.test_screens import MasterDataSuite

NOW = clock.now()
OFFICE = {"name": "总部", "radius_m": 150, "given_lat": 32.0415, "given_lng": 118.7781}
_numbers = count(1)


@pytest.fixture
def admin(inside):
    return people.actor(people.employee("唐德胜", roles=["administrator"]))


def test_a_place_given_in_gcj02_is_kept_in_wgs84(admin):
    made = actions.create_place(admin, now=NOW, **OFFICE, given_datum="GCJ02")
    assert made.lat == pytest.approx(32.04357, abs=2e-4)
    assert made.lng == pytest.approx(118.77289, abs=2e-4)


def test_phones_hear_of_a_change_and_of_the_end(admin):
    made = actions.create_place(admin, now=NOW, **OFFICE)
    assert _place_versions(admin, NOW) == {str(made.pk): 1}
    actions.edit_place(admin, made, now=NOW, radius_m=300)
    assert _place_versions(admin, NOW) == {str(made.pk): 2}
    actions.edit_place(admin, made, now=NOW, is_active=False)
    assert _place_versions(admin, NOW) == {}


def test_two_places_cannot_share_a_name(admin):
    actions.create_place(admin, now=NOW, **OFFICE)
    with pytest.raises(Refusal) as refused:
        actions.create_place(admin, now=NOW, **OFFICE)
    assert list(refused.value.fields) == ["name"]


def test_only_who_may_sets_places(inside):
    manager = people.actor(people.employee("李经理", roles=["manager"]))
    with pytest.raises(Forbidden):
        actions.create_place(manager, now=NOW, **OFFICE)


class TestWorkPlaces(MasterDataSuite):
    resource = WORK_PLACES

    def make(self, n):
        return [
            WorkPlace.objects.create(name=f"仓库{next(_numbers):04d}", lat=32.04, lng=118.77)
            for _ in range(n)
        ]
