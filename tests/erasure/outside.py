"""What a case of somebody who is no member goes through at the privacy officer's desk."""

from qince.core.erasure import working
from qince.core.erasure.models import Copy, Erasure, SetAside
from qince.core.erasure.sweeping import sweep
from qince.core.letters.delivering import carry_all
from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.rights.models import Case
from qince.core.rights.screens import CASES
from qince.core.rights.tests.factories import entered
from qince.kit import clock
from qince.kit.tenancy import tenant

MARKER, MOBILE, WRITTEN = "ZQ9contact", "+8613966667777", "139-6666 7777"
PDF = b"%PDF-1.4 "
OF_ANOTHER = ("table customers_customer", "table erasure_setaside")  # the planted customer's contact


def opened(desk, house, kind="outside", **fields):
    values = {"contact_name": f"{MARKER}老马", "contact_mobile": "13966667777", "details": f"{MARKER}请删除"}
    with tenant(house):
        return entered(desk[0], kind, **{**values, **fields})


def another(house):
    """The desk of a second officer, for what the first may not do alone."""
    with tenant(house):
        officer = people.employee("周专员", roles=["privacy_officer"])
        return people.actor(officer), people.browser(officer)


def act(desk, case, name, /, **values):
    return desk[1].post(CASES.url("act", case.pk, name), {"confirmed": "1", **values})


def without_effect(desk, case, name):
    """An act without a form answers with a message and changes nothing; one that is not offered with nothing."""
    before = _state(desk, case)
    return act(desk, case, name).status_code in (302, 404, 422) and _state(desk, case) == before


def _state(desk, case):
    with tenant(desk[0].organization_id):
        (found,) = Case.objects.filter(pk=case.pk).values_list("is_carried_out", "state")
        return found, *(model.objects.count() for model in (Erasure, SetAside, Copy))


def tell_everybody(desk, case):
    """Whoever was given the data is told, one by one."""
    with tenant(desk[0].organization_id):
        tasks = list(Case.objects.get(pk=case.pk).onward.values_list("pk", flat=True))
    assert tasks
    for key in tasks:
        assert act(desk, case, "tell", task_id=str(key), state="sent").status_code == 302


def again(house, row):
    with tenant(house):
        return type(row).objects.get(pk=row.pk)


def places():
    return [hit.place for hit in sweep(MARKER)]


def finish(house):
    """The jobs that follow: the letter leaves, the rows go."""
    with tenant(house):
        waiting = [*Letter.objects.filter(kind="rights.farewell").values_list("pk", flat=True)]
        erasure = Erasure.objects.exclude(state="done").get()
    carry_all(house.pk, waiting, now=clock.now())
    done = working.carry_out(house.pk, erasure.pk, now=clock.now())
    return done, waiting
