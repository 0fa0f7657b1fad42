"""The organization's pages, the developer outbox, and what is printed at the start."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from qince.core.accounts.actions import forget
from qince.core.accounts.models import Attempt, Device, OneTimeCode, OutboxMessage
from qince.core.audit.models import Entry
from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.people.tests import factories
from qince.core.signin.activation import Phone, activate_phone
from qince.core.signin.tests.visitor import Visitor
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db
SETTINGS = {
    "fence_cap_m": "80",
    "fence_unusable_m": "400",
    "outside_policy": "block",
    "photo_max_px": "1200",
    "sms_per_month": "500",
    "urgent_minutes": "20",
    "idle_minutes": "45",
    "export_rows_per_hour": "900",
    "people_opened_per_hour": "80",
    "alerts_lock": "on",
    "location_attendance": "required",
    "location_visits": "off",
    "location_tracking": "optional",
    "location_approvals": "optional",
    "address_book_reach": "everybody",
    "confirm_new_devices": "on",
    "why": "核对拜访是否到店",
}


@pytest.fixture
def signed_in(boss):
    visitor = Visitor()
    visitor.sign_in(boss.mobile)
    return visitor


def test_settings_are_changed_and_put_on_record(signed_in, organization):
    assert signed_in.submit("/organization/settings/", **SETTINGS).status_code == 302
    organization.refresh_from_db()
    assert Settings.of(organization) == Settings(
        fence_cap_m=80,
        fence_unusable_m=400,
        outside_policy="block",
        photo_max_px=1200,
        sms_per_month=500,
        urgent_minutes=20,
        idle_minutes=45,
        export_rows_per_hour=900,
        people_opened_per_hour=80,
        alerts_lock=True,
        location_attendance="required",
        location_visits="off",
        location_tracking="optional",
        location_approvals="optional",
        address_book_reach="everybody",
        confirm_new_devices=True,
        address_book_off=[],
        admits_minors=False,
        reasons=dict.fromkeys(
            ("location_attendance", "location_tracking", "location_approvals"), "核对拜访是否到店"
        ),
    )
    with tenant(organization):
        assert Entry.objects.get(action="organizations.edit_settings").changes["fence_cap_m"] == [100, 80]


@pytest.mark.parametrize("field", ["fence_cap_m", "photo_max_px", "outside_policy", "idle_minutes"])
def test_settings_out_of_range_are_refused(signed_in, organization, field):
    assert signed_in.submit("/organization/settings/", **{**SETTINGS, field: "-1"}).status_code == 422
    organization.refresh_from_db()
    assert Settings.of(organization) == Settings()


def details(**changes):
    return {
        "name": "金陵饮品",
        "kind": "company",
        "location": "南京",
        "industry": "快消品",
        "headcount": "61",
        "time_zone": "Asia/Shanghai",
        **changes,
    }


def test_a_credit_code_is_checked(signed_in):
    right, wrong = "91350100M000100Y43", "91350100M000100Y44"
    refused = signed_in.submit("/organization/", **details(credit_code=wrong))
    assert "not a valid unified social credit code" in refused.content.decode()
    signed_in.submit("/organization/", **details(credit_code=right.lower()))
    found = Organization.objects.get()
    assert (found.credit_code, found.headcount) == (right, 61)


def test_a_rep_cannot_open_the_organizations_pages(rep):
    visitor = Visitor()
    visitor.sign_in(rep.mobile)
    for address in ("/organization/", "/organization/settings/", "/organization/devices/"):
        assert visitor.get(address).status_code == 403
    with tenant(rep.organization):
        device = Device.objects.get()
    assert visitor.submit(f"/organization/devices/{device.pk}/sign-out/", page="/account/").status_code == 403


def phone_of(employee, now=None):
    with tenant(employee.organization):
        actor = factories.actor(employee)
    phone = Phone(uuid4(), "P40", "Android 15")
    activate_phone(actor, phone=phone, new_needs_confirmation=True, now=now or timezone.now())
    return Device.objects.get(app_device_id=phone.id)


@pytest.mark.clause("C2.2.2-04")
def test_an_administrator_sees_confirms_and_signs_out_devices(signed_in, rep):
    phone_of(rep)
    second = phone_of(rep)
    page = signed_in.get("/organization/devices/").content.decode()
    assert "Waits to be confirmed" in page
    signed_in.submit(f"/organization/devices/{second.pk}/confirmation/", page="/account/")
    second.refresh_from_db()
    assert second.confirmed_at is not None
    signed_in.submit(f"/organization/devices/{second.pk}/sign-out/", page="/account/")
    second.refresh_from_db()
    assert (second.confirmed_at, second.revoked_at is not None) == (None, True)


def test_devices_of_another_organization_are_not_found(signed_in):
    other = factories.organization(name="别家")
    with tenant(other):
        stranger = factories.employee("陌生人", roles=["rep"])
    device = phone_of(stranger)
    signed_in.submit(f"/organization/devices/{device.pk}/sign-out/", page="/account/")
    device.refresh_from_db()
    assert device.revoked_at is None


def test_the_outbox_shows_messages_newest_first(settings):
    settings.DEVELOPER_OUTBOX, settings.DEVELOPER_OUTBOX_FOR_ALL = True, False
    for text in ("first", "second"):
        OutboxMessage.objects.create(mobile="+8613900000001", text=text, sent_at=timezone.now())
    page = Visitor(address="127.0.0.1").get("/developer/outbox/").content.decode()
    assert page.index("second") < page.index("first")


@pytest.mark.parametrize(("switched_on", "address"), [(False, "127.0.0.1"), (True, "203.0.113.7")])
def test_the_outbox_is_closed_in_production_and_to_other_machines(settings, switched_on, address):
    settings.DEVELOPER_OUTBOX, settings.DEVELOPER_OUTBOX_FOR_ALL = switched_on, False
    assert Visitor(address=address).get("/developer/outbox/").status_code == 404


def printed():
    out = StringIO()
    call_command("next_steps", address="http://127.0.0.1:8000", stdout=out)
    return out.getvalue()


def test_next_steps_name_people_to_try_only_where_codes_can_be_read(boss, settings, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    settings.DEVELOPER_OUTBOX = True
    assert "Administrator: 李雷, 198" in printed()
    settings.DEVELOPER_OUTBOX = False
    assert "李雷" not in printed()


def test_next_steps_begin_with_registering(settings, db):
    assert "http://127.0.0.1:8000/register/" in printed()


def test_what_sign_in_leaves_behind_is_forgotten(boss):
    visitor = Visitor()
    visitor.sign_in(boss.mobile)
    Visitor().ask_for_code(boss.mobile)
    forget(now=timezone.now() + timedelta(hours=13))
    assert Device.objects.get().revoked_at is not None
    assert OutboxMessage.objects.count() == 2
    forget(now=timezone.now() + timedelta(days=2))
    assert (OneTimeCode.objects.count(), Attempt.objects.count(), OutboxMessage.objects.count()) == (0, 0, 0)
    forget(now=timezone.now() + timedelta(days=200))
    assert Device.objects.count() == 0
