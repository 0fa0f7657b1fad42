"""The officer's registers: the record of processing with both sides named, the control map, no certificate unset."""

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from qince.core.audit.models import Entry
from qince.core.organizations.actions import edit_settings
from qince.core.people.tests import factories as people
from qince.core.policy import processing
from qince.core.policy.controls import CONTROLS, GRADE_3, ISO_27018, ISO_27701
from qince.core.policy.tests.conftest import declared
from qince.core.policy.views.officer import _address
from qince.core.privacy import lifecycle, notice, services
from qince.core.privacy.recipients import recipients_of
from qince.core.privacy.registry import declared as declarations
from qince.core.privacy.tests.factories import agree, enter
from qince.engines.partners.registry import FIELDS
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def console(client, officer, settings):
    settings.OPERATOR = {**settings.OPERATOR, "name": "Blue Kite Ltd"}
    with tenant(officer.organization):
        agree(officer)
    enter(client, officer)
    client.cookies["language"] = "en"
    return client


@pytest.mark.clause("C1.1-15")
def test_the_record_of_processing_names_who_decides_and_who_acts_for_each_activity(organization, settings):
    settings.OPERATOR = {**settings.OPERATOR, "name": "Blue Kite Ltd"}
    with tenant(organization), translation.override("en"):
        found = processing.activities(organization)
    assert len(found) > 10
    assert all(each.controller and each.processor for each in found)
    sides = {(each.controller, each.processor) for each in found}
    assert sides == {
        (organization.name, "Blue Kite Ltd"),
        ("Blue Kite Ltd", "nobody: the operator acts itself"),
    }
    covered = {category for each in found for category in each.categories.split("; ")}
    with translation.override("en"):
        for meaning in declared.personal().values():
            assert any(str(meaning.category) in each for each in covered), meaning.category


def test_every_column_of_the_record_is_filled(organization):
    with tenant(organization):
        for each in processing.activities(organization):
            values = each.as_dict()
            assert all(values[name] for name, _label in processing.headings() if name != "functions"), (
                each.name
            )


def test_the_record_and_the_life_of_a_field_name_who_is_given_it(organization, settings):
    settings.SMS_ADAPTER = "some.Gateway"
    gateway = "The operator's text message gateway"
    with tenant(organization), translation.override("en"):
        told = {each.name: each.recipients for each in processing.activities(organization)}
        lives = lifecycle.lives(recipients_of(organization))
    assert [name for name, who in told.items() if gateway in who]
    assert any("with nobody outside" in who for who in told.values())
    shared = {(each.table, name): each.shared for each in lives for name in each.names.split()}
    assert shared["people.employee", "mobile"] == gateway
    assert shared["people.employee", "position"] == "with nobody outside"


@pytest.mark.clause("C2.2.5-08")
def test_taking_more_needs_a_reason_which_stands_in_the_record(organization, officer):
    with tenant(organization), translation.override("en"):
        boss = people.actor(people.employee("周主任", roles=["administrator"]))
        edit_settings(boss, address_book_off=["email"])  # taking less needs none
        for more in (
            {"location_tracking": "optional"},
            {"location_attendance": "required"},
            {"address_book_off": []},
        ):
            with pytest.raises(Refusal, match="reason_required"):
                edit_settings(boss, why=" ", **more)
            edit_settings(boss, why=f"because of {min(more)}", **more)
        organization.refresh_from_db()
        told = {each.reasons for each in processing.activities(organization)}
        assert Entry.objects.filter(action="organizations.edit_settings").latest("at").changes["reasons"]
    for name in ("location_tracking", "location_attendance", "address_book_off"):
        assert [each for each in told if f": because of {name}" in each], name
    with tenant(organization):
        edit_settings(boss, location_tracking="off")
        organization.refresh_from_db()
        assert set(organization.settings["reasons"]) == {"location_attendance", "address_book_off"}


def test_whatever_may_be_given_away_is_a_declared_field(organization, settings):
    settings.SMS_ADAPTER, settings.EMAIL_BACKEND = "some.Gateway", services.SMTP
    settings.PUSH_SERVICES = ["google", "mozilla"]
    given = {name for each in recipients_of(organization) for name in each.fields}
    given |= {each.source for each in FIELDS.values() if each.source}
    assert given
    assert given - set(declarations.personal()) == set()


def test_the_record_is_exported_as_workbook_and_json_and_that_is_on_record(console, officer):
    answer = console.get(reverse("policy:processing_xlsx"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        assert "Blue Kite Ltd" in book.read("xl/worksheets/sheet1.xml").decode() + "".join(
            book.read(name).decode() for name in book.namelist() if "sharedStrings" in name
        )
    told = json.loads(console.get(reverse("policy:processing_json")).content)
    assert told["operator"]["name"] == "Blue Kite Ltd"
    assert {"controller", "processor", "bases", "terms"} <= set(told["activities"][0])
    with tenant(officer.organization):
        assert Entry.objects.filter(action="policy.export_processing").count() == 2


@pytest.mark.parametrize(
    "name", ["policy:officer_releases", "policy:processing", "policy:controls", "policy:assessment_list"]
)
def test_the_registers_open_for_the_officer_and_not_for_a_rep(console, rep, name):
    assert console.get(reverse(name)).status_code == 200
    with tenant(rep.organization):
        agree(rep)
    other = Client()
    enter(other, rep)
    assert other.get(reverse(name)).status_code == 403


@pytest.mark.clause("C5.2-02")
@pytest.mark.clause("C5.2-03")
def test_no_certificate_is_claimed_that_the_operator_has_not_stated(console, settings):
    """The map covers both standards and the grade, each with evidence; the notice claims what the setting says."""
    assert {each.standard for each in CONTROLS} == {ISO_27701, ISO_27018, GRADE_3}
    assert all(_address(each.evidence) or each.note for each in CONTROLS)
    with translation.override("en"):
        topics = " ".join(str(each.topic) for each in CONTROLS if each.standard == ISO_27018)
    assert all(word in topics for word in ("Temporary files", "disclosures", "sub-processors", "disposal"))
    for language in ("en", "zh-hans"):
        assert "27701" not in json.dumps(notice.current(None, language).content)
    settings.CERTIFICATES = ["ISO/IEC 27701:2019"]
    assert "The operator states this certificate: ISO/IEC 27701:2019." in json.dumps(
        notice.current(None, "en").content
    )
    page = console.get(reverse("policy:controls")).content.decode()
    assert "ISO/IEC 27701:2019" in page


@pytest.mark.clause("C5.2-03")
def test_a_temporary_export_is_gone_with_its_answer(console, monkeypatch):
    import tempfile

    made = []
    real = tempfile.TemporaryFile

    def kept(*args, **kwargs):
        made.append(real(*args, **kwargs))
        return made[-1]

    monkeypatch.setattr(tempfile, "TemporaryFile", kept)
    answer = console.get(reverse("policy:processing_xlsx"))
    b"".join(answer.streaming_content)
    answer.close()
    assert made
    assert made[0].closed
