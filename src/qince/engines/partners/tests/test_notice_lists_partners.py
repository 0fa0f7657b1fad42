"""The notice lists every active recipient, on every kind of page; the operator's own services as well."""

import io
import json

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Device
from qince.core.people.tests import factories as people
from qince.core.privacy import notice
from qince.engines.partners import actions, door
from qince.engines.partners.models import Disclosure, Outgoing
from qince.engines.partners.registry import KINDS, SCENES
from qince.engines.partners.tests.factories import administrator, recipient
from qince.engines.sync.tests import factories as phone
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant
from qince.masterdata.customers.models import Customer
from qince.sales.visits.models import Visit
from qince.sales.visits.tests import factories as visits

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")


def text_of(content):
    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return read.replace("\n", "").replace(" ", "")


@pytest.fixture
def partners(admin):
    """One of three kinds on, each in a scene of its own; one entered and never switched on."""
    on = [
        recipient(admin, name="Blue Kite Courses", profile="training", purpose="Courses and exams"),
        recipient(admin, name="Heron Parts", profile="supplier", scene="deployment", purpose="Rolling out"),
        recipient(admin, name="Otter Desk", profile="service_provider", purpose="Answering calls"),
    ]
    recipient(admin, is_on=False, name="Never Asked Ltd", profile="other")
    return on


def on_the_phone(client, organization, language):
    person = people.employee("小周")
    Device.objects.create(
        account=person.account, organization=organization, employee_id=person.pk, kind="phone",
        token_digest=token_digest("qd_test"), confirmed_at=clock.now(),
    )  # fmt: skip
    said = {"Authorization": "Bearer qd_test", "Qince-Protocol": "1", "Accept-Language": language}
    return client.get("/api/phone/v1/notice", headers=said).json()


def rows_of(organization, language):
    [shown] = [
        paragraph["rows"][1:]
        for document in notice.current(organization, language).content["documents"]
        for section in document["sections"]
        if section["anchor"] == "sharing"
        for paragraph in section["paragraphs"]
        if paragraph["style"] == "table" and "Kite" in json.dumps(paragraph["rows"])
    ]
    return {row["cells"][0]: row["cells"][1:] for row in shown}


@pytest.mark.clause("C4.1-18")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_active_recipient_is_in_the_notice_with_kind_scene_purpose_data_and_country(
    language, partners, inside
):
    """Page, print (the same page), PDF and the phone's answer say the same."""
    rows = rows_of(inside, language)
    assert set(rows) == {each.name for each in partners}
    with translation.override(language):
        for each in partners:
            kind, purpose, data, _country, terms = rows[each.name]
            assert str(KINDS[each.declared.kind]) in kind
            assert str(SCENES[each.scene]) in kind
            assert (purpose, terms) == (each.purpose, each.terms_url)
            assert data.count("、" if language == "zh-hans" else ",") == 2  # account, name, phone
    reader = people.browser(people.employee("赵敏"), language)
    reader.cookies["language"] = language
    page = reader.get(reverse("privacy:notice")).text
    paper = text_of(reader.get(reverse("privacy:notice_pdf")).content)
    told = json.dumps(on_the_phone(reader, inside, language), ensure_ascii=False)
    for each in partners:
        assert each.name in page
        assert each.name.replace(" ", "") in paper
        assert each.name in told
    assert "Never Asked Ltd" not in page + paper + told


def test_switching_one_off_makes_a_new_version_without_it(admin, partners, inside):
    before = notice.current(inside, "en")
    actions.switch_off(admin, partners[0], now=clock.now())
    after = notice.current(inside, "en")
    assert after.hash != before.hash
    assert "Blue Kite Courses" in json.dumps(before.content)
    assert "Blue Kite Courses" not in json.dumps(after.content)
    assert "Heron Parts" in json.dumps(after.content)


def test_another_organizations_notice_and_the_general_one_name_none_of_them(organization):
    with tenant(organization):
        recipient(administrator(), name="Heron Parts", profile="supplier")
        assert "Heron Parts" in json.dumps(notice.current(organization, "en").content)
    for whose in (people.organization("另一家"), None):
        assert "Heron Parts" not in json.dumps(notice.current(whose, "en").content)


def configured(settings):
    settings.TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"
    settings.SMS_ADAPTER = "tests.Gateway"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "mail.example"
    settings.SERVICE_COMPANIES = {
        **settings.SERVICE_COMPANIES,
        "sms": {"name": "Heron Messages", "country": "CN"},
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_operator_has_configured_is_listed_and_nothing_else(settings, language):
    names = ("tiles.example", "Heron Messages", "mail.example")
    without = json.dumps(notice.current(None, language).content)
    assert not any(name in without for name in names)
    configured(settings)
    shown = json.dumps(notice.current(None, language).content)
    assert all(name in shown for name in names)


@pytest.mark.clause("C1.3-06")
def test_with_the_map_adapter_off_address_and_manual_pin_still_work(settings, admin, inside):
    """No tiles are configured and the map partner is off: nothing goes to it, the console takes address and pin, the
    phone a place in words; the map is drawn from what this server holds.
    """
    assert settings.TILE_URL == ""
    off = recipient(admin, is_on=False, profile="map")
    rep = visits.rep(location=False)
    with pytest.raises(Refusal, match="recipient_off"):
        door.share(
            admin, subject=rep, to=off.code, act="address_of", why="Address of the pin",
            given={"place": "32.05,118.79"}, now=clock.now(),
        )  # fmt: skip
    console = people.browser(people.employee("李经理", roles=["administrator"]))
    entered = {
        "code": "M-9", "name": "九号店", "kind": "store", "status": "open", "address": "中山路9号",
        "given_lat": "32.05", "given_lng": "118.79", "given_datum": "GCJ02", "radius_m": "150",
    }  # fmt: skip
    answer = console.post(reverse("customers:customer_new"), entered)
    assert answer.status_code == 302, answer.context["form"].errors
    kept = Customer.objects.get(code="M-9")
    assert (kept.address, kept.given_lat, kept.given_lng) == ("中山路9号", 32.05, 118.79)
    page = console.get(reverse("customers:customer_detail", args=[kept.pk])).text
    assert "<qince-map" in page
    assert "provinces" in page
    came = visits.check_in(visits.store(rep), manual="中山路9号，店主在场")
    [result] = phone.push(people.actor(rep, client="phone"), came).values()
    assert result.state == "accepted", result
    visit = Visit.objects.get()
    assert visit.verdict == "manual"
    assert visit.check_events.get().place_text == "中山路9号，店主在场"
    assert Disclosure.objects.count() == Outgoing.objects.count() == 0
