"""The privacy officer's pages, and the copies of one's own data, as a browser asks for them."""

import io
import zipfile

import pytest

from qince.core.erasure import jobs, subjects, working
from qince.core.erasure.actions import erase, plan_for
from qince.core.erasure.models import Copy, Erasure, Hold, Report
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.tenancy import tenant
from tests.erasure.planting import MARKER


def browser(planted, employee=None):
    with tenant(planted.organization):
        return people.browser(employee or planted.rows["colleague"])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_plan_is_shown_and_only_the_typed_name_carries_it_out(planted, language):
    with tenant(planted.organization):
        client = people.browser(planted.rows["colleague"], language)
    address = f"/erasures/plans/{planted.employee.pk}/"
    page = client.get(address).content.decode()
    assert planted.employee.name in page
    assert client.post(address, {"name": "somebody"}).status_code == 422
    with tenant(planted.organization):
        assert not Erasure.objects.filter(subject_id=planted.employee.pk).exists()
    answer = client.post(address, {"name": planted.employee.name})
    assert answer.status_code == 302
    with tenant(planted.organization):
        begun = Erasure.objects.get(subject_id=planted.employee.pk)
    working.carry_out(planted.organization.pk, begun.pk, now=clock.now())
    done = client.get(answer["Location"]).content.decode()
    assert begun.pseudonym in done
    assert MARKER not in done
    assert begun.pseudonym in client.get("/erasures/").content.decode()


def test_the_proof_page_says_when_a_proof_was_altered(planted):
    with tenant(planted.organization):
        plan = plan_for(subjects.of_employee(planted.employee))
        begun = erase(people.actor(planted.rows["colleague"]), plan, now=clock.now())
    working.carry_out(planted.organization.pk, begun.pk, now=clock.now())
    with tenant(planted.organization):
        Erasure.objects.filter(pk=begun.pk).update(signature="0" * 64)
    assert "This proof was altered." in browser(planted).get(f"/erasures/{begun.pk}/").content.decode()


def test_retention_shows_rules_tries_and_holds(planted):
    client = browser(planted)
    page = client.get("/retention/").content.decode()
    assert "two years after the employment ends" in page
    answer = client.post("/retention/trial/")
    with tenant(planted.organization):
        made = Report.objects.filter(is_dry_run=True).latest("ran_at")
    assert answer["Location"].endswith(f"/retention/reports/{made.pk}/")
    assert "On trial" in client.get(answer["Location"]).content.decode()
    fields = {"model": "visits.visit", "reason": "仲裁", "reference": "HT-7", "until": ""}
    assert client.post("/retention/holds/", {**fields, "row_id": str(planted.employee.pk)}).status_code == 422
    answer = client.post("/retention/holds/", {**fields, "row_id": str(planted.rows["visits.Visit"].pk)})
    assert answer.status_code == 302
    with tenant(planted.organization):
        held = Hold.objects.get(reference="HT-7")
    assert "HT-7" in client.get("/retention/").content.decode()
    release = f"/retention/holds/{held.pk}/release/"
    assert "somebody else must release it" in client.post(release, follow=True).text
    with tenant(planted.organization):
        assert Hold.objects.get(reference="HT-7").released_at is None
        client = people.browser(people.employee("周专员", roles=["privacy_officer"]))
    assert client.post(release).status_code == 302
    assert client.post(f"/retention/holds/{held.pk}/release/").status_code == 404


def test_one_asks_for_a_copy_and_collects_it(planted):
    client = browser(planted, planted.employee)
    assert client.post("/me/copies/").status_code == 302
    with tenant(planted.organization):
        asked = Copy.objects.get(employee=planted.employee, state="making")
    jobs.make_copy.func(organization_id=str(planted.organization.pk), copy_id=str(asked.pk))
    assert "Collect" in client.get("/me/copies/").content.decode()
    answer = client.post(f"/me/copies/{asked.pk}/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "index.html" in archive.namelist()
    assert browser(planted).post(f"/me/copies/{asked.pk}/").status_code == 404


def test_others_are_refused(planted):
    client = browser(planted, planted.employee)
    for address in ("/erasures/", "/retention/", f"/erasures/plans/{planted.employee.pk}/"):
        assert client.get(address).status_code == 403
