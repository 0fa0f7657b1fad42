"""The agreement that tests begin with is the one that the acts write."""

import pytest

from qince.core.people.tests import factories as people
from qince.core.privacy.gate import ENTRY
from qince.core.privacy.models import Consent, ConsentEntry
from qince.core.privacy.tests.factories import agree, agree_by_acts

OWN = {"id", "employee_id", "entry_id", "occurred_at", "recorded_at", "at"}


def rows(model, employee):
    found = model.objects.filter(employee=employee).values()
    plain = [{name: value for name, value in row.items() if name not in OWN} for row in found]
    return sorted(plain, key=lambda row: (row["purpose"], row["act"]))


@pytest.mark.parametrize("purposes", [(), ("location:background", "tracking", "push")])
def test_written_at_once_they_are_what_the_acts_write(inside, purposes):
    one, other = people.employee("王芳"), people.employee("李雷")
    agree(one, *purposes)
    agree_by_acts(other, [each.partition(":")[::2] for each in (*ENTRY, *purposes)])
    for model in (ConsentEntry, Consent):
        assert rows(model, one) == rows(model, other)
    for consent in Consent.objects.filter(employee=one).select_related("entry"):
        assert (consent.entry.act, consent.entry.purpose) == ("granted", consent.purpose)
        assert consent.at == consent.entry.occurred_at
