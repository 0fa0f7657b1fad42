"""A personal field is read only for what it was collected for: exports and reports name their purposes."""

import gc

import pytest
from django.urls import get_resolver

from qince.core.audit.screens import TRAIL
from qince.core.privacy.limitation import UndeclaredPurpose, require_declared
from qince.core.privacy.registry import Personal, declared
from qince.employee.attendance.exports import COLUMNS
from qince.kit.resource import Resource
from qince.kit.resource.exporting import _askers
from qince.sales.visits.screens import VISITS


def resources():
    assert get_resolver().url_patterns  # every page is imported
    gc.unfreeze()  # a server that some test imported has frozen them, and frozen objects are not listed
    return {
        each.key: each for each in gc.get_objects() if type(each) is Resource and ".tests." not in each.key
    }


def undeclared(resource):
    """Fields of its columns that were not collected for what it is taken away for."""
    found = []
    for field in resource.fields_of(resource.columns):
        try:
            require_declared(field, *resource.purposes)
        except UndeclaredPurpose:
            found.append(field)
    return found


@pytest.mark.clause("C2.0-01")
def test_a_position_may_not_be_read_for_user_analysis():
    require_declared("attendance.punch.lat", "location")
    for field in ("attendance.punch.lat", "visits.checkevent.lat"):
        with pytest.raises(UndeclaredPurpose, match="purpose_undeclared"):
            require_declared(field, "improvement")
    require_declared("customers.customer.lat", "improvement")  # about the customer, not a person
    with pytest.raises(UndeclaredPurpose):
        require_declared("people.employee.shoe_size", "basic")


@pytest.mark.clause("C2.0-01")
def test_every_export_reads_what_was_collected_for_its_purposes():
    known = [each for key, each in resources().items() if key.count(".") == 1]
    assert VISITS in known
    assert {each.key: undeclared(each) for each in known if undeclared(each)} == {}
    assert undeclared(TRAIL) == []
    for field, purpose in COLUMNS.items():
        require_declared(field, purpose)


@pytest.mark.clause("C2.0-01")
def test_an_export_for_another_purpose_is_refused():
    fields = VISITS.fields_of(VISITS.columns)
    assert any(isinstance(declared.fields[field], Personal) for field in fields)
    [asker] = _askers
    asker(fields, VISITS.purposes)
    with pytest.raises(UndeclaredPurpose):
        asker(fields, ("improvement",))
    with pytest.raises(UndeclaredPurpose):
        asker(fields, ("basic",))  # the distance is a position's, and needs its purpose
