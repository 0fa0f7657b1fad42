"""Permissions of the device: none comes from the policy, each closes its own channel and no other."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from qince.core.people.tests import factories as people
from qince.core.privacy.gate import AT_THE_ACT, ENTRY, LOCATION, Standing, device_scope, use_scope
from qince.core.privacy.models import Consent, ConsentEntry
from qince.core.privacy.registers import registered
from qince.core.privacy.tests.factories import allow, decide
from qince.employee.attendance.models import Punch, WorkPlace
from qince.engines.sync.pull import pull
from qince.engines.sync.tests.factories import HERE, evidence, operation, punch, push
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from qince.sales.visits.models import Photo, Visit
from qince.sales.visits.tests import factories as visits

pytestmark = pytest.mark.django_db
DEVICE_ID = uuid7()
FIVE = timedelta(minutes=5)


@pytest.fixture
def rep(inside):
    """Somebody who has agreed to the documents, and to nothing else: no permission, no position."""
    WorkPlace.objects.create(name="总部", radius_m=150, **HERE)
    found = people.employee(roles=("rep",))
    for each in ENTRY:
        decide(found, each)
    return found


def phone(rep):
    return people.actor(rep, client="phone", device_id=DEVICE_ID)


def only(answers):
    [answer] = answers.values()
    return answer


def switch(rep, permission, *, on, at=None, source="device_settings"):
    return allow(rep, permission, allowed=on, source=source, device_id=DEVICE_ID, at=at)


def photo_step(visit_id, *, at=None, manual="店里", after=()):
    told = evidence(at=at, manual=manual)
    picture = {"sha256": uuid7().hex * 2, "size": 1000, "taken_at": told["device_time"], "evidence": told}
    payload = {"visit_id": str(visit_id), "step_id": "shelf", "evidence": told, "photos": [picture]}
    return operation("visits.record_step", payload, after=after)


@pytest.fixture
def visit(rep):
    arriving = visits.check_in(visits.store(rep), template=visits.template(), manual="店里")
    assert only(push(phone(rep), arriving)).state == "accepted"
    return Visit.objects.get()


@pytest.mark.clause("C1.2-06")
@pytest.mark.clause("C2.5.0-01")
def test_agreeing_to_the_policy_opens_no_permission(rep, visit):
    """The ledger of permissions is empty, and whatever needs one is refused."""
    assert not ConsentEntry.objects.filter(purpose__startswith="device:").exists()
    position = only(push(phone(rep), punch()))
    assert (position.state, position.code) == ("rejected", "consent_required")
    photo = only(push(phone(rep), photo_step(visit.pk)))
    assert (photo.state, photo.code) == ("rejected", "permission_revoked")
    assert not Punch.objects.exists()
    assert not Photo.objects.exists()


@pytest.mark.clause("C2.5.3-18")
def test_what_the_systems_dialog_granted_is_in_the_ledger_with_time_and_client(rep):
    assert switch(rep, "camera", on=True, source="system_dialog")
    entry = ConsentEntry.objects.get(purpose=device_scope("camera", DEVICE_ID))
    assert (entry.act, entry.method, entry.client) == ("granted", "system_dialog", "phone")
    assert clock.now() - entry.occurred_at < FIVE


@pytest.mark.clause("C1.2-08")
@pytest.mark.clause("C2.5.0-03")
def test_switched_off_in_the_device_the_next_upload_is_refused(rep, visit):
    allow(rep, "camera", "visit_photo")
    switch(rep, "camera", on=True, at=clock.now() - 2 * FIVE)
    assert only(push(phone(rep), photo_step(visit.pk))).state == "accepted"
    switch(rep, "camera", on=False, at=clock.now() - FIVE)
    assert only(push(phone(rep), photo_step(visit.pk))).code == "permission_revoked"
    acts = ConsentEntry.objects.filter(purpose=device_scope("camera", DEVICE_ID)).order_by("recorded_at")
    assert [(each.act, each.method) for each in acts] == [
        ("granted", "device_settings"), ("withdrawn", "device_settings"),
    ]  # fmt: skip
    switch(rep, "camera", on=True)
    assert only(push(phone(rep), photo_step(visit.pk))).state == "accepted"


@pytest.mark.clause("C2.5.3-19")
def test_a_queued_position_taken_after_the_switch_is_refused_and_one_taken_before_is_kept(rep):
    decide(rep, LOCATION, circumstances=AT_THE_ACT)
    now = clock.now()
    switch(rep, "location", on=True, at=now - 3 * FIVE)
    switch(rep, "location", on=False, at=now - FIVE)
    late = only(push(phone(rep), punch(at=now - timedelta(minutes=2))))
    assert (late.state, late.code) == ("rejected", "permission_revoked")
    early = only(push(phone(rep), punch(at=now - 2 * FIVE)))
    assert early.state == "accepted"
    assert Punch.objects.get().lat is not None


@pytest.mark.clause("C2.5.3-20")
def test_what_was_lawfully_taken_before_stays(rep):
    decide(rep, LOCATION, circumstances=AT_THE_ACT)
    push(phone(rep), punch())
    before = Punch.objects.values().get()
    switch(rep, "location", on=False)
    decide(rep, LOCATION, "withdrawn", "never")
    assert Punch.objects.values().get() == before


@pytest.mark.clause("C2.5.1-03")
@pytest.mark.clause("C2.5.2-03")
def test_each_use_of_the_camera_is_asked_apart(rep):
    allow(rep, "camera", "visit_photo")
    switch(rep, "camera", on=True)
    standing = Standing(rep.pk)
    assert standing.device_allows("camera", clock.now, device_id=DEVICE_ID, use="visit_photo")
    built = set(registered.permissions["camera"].offered_uses)
    assert built == {"visit_photo", "form_photo", "form_barcode", "punch_photo", "face"}
    for use in built - {"visit_photo"}:  # one allowed opens no other
        assert not standing.device_allows("camera", clock.now, device_id=DEVICE_ID, use=use)
    others = [code for code, _text in registered.permissions["camera"].uses if code not in built]
    assert len(others) == 3
    for use in others:
        assert not standing.device_allows("camera", clock.now, device_id=DEVICE_ID, use=use)
        with pytest.raises(Refusal, match="unknown_use"):
            allow(rep, "camera", use)


@pytest.mark.clause("C2.0-06")
def test_a_use_is_allowed_on_the_notice_that_was_shown_and_on_no_other(rep):
    """The entry carries version and hash like every consent, and that it was shown stands before it."""
    from qince.core.privacy import notice

    text = notice.current(rep.organization, "en")
    for wrong in ("", "0" * 64):
        with pytest.raises(Refusal, match="notice_outdated"):
            allow(rep, "camera", "visit_photo", shown=wrong)
    scope = use_scope("camera", "visit_photo")
    assert not ConsentEntry.objects.filter(purpose=scope).exists()
    allow(rep, "camera", "visit_photo")
    served, granted = ConsentEntry.objects.filter(purpose=scope).order_by("recorded_at")
    assert (served.act, granted.act) == ("served", "granted")
    assert {(each.notice_version, each.notice_hash) for each in (served, granted)} == {
        (text.version, text.hash)
    }
    assert allow(
        rep, "camera", "visit_photo", allowed=False, shown=""
    )  # to take it back nothing need be shown
    assert not Standing(rep.pk).device_allows("camera", clock.now, use="visit_photo")


def test_another_phone_of_the_same_person_keeps_its_own_state(rep):
    switch(rep, "camera", on=False)
    allow(rep, "camera", "visit_photo")
    standing = Standing(rep.pk)
    assert not standing.device_allows("camera", clock.now, device_id=DEVICE_ID, use="visit_photo")
    assert standing.device_allows("camera", clock.now, device_id=uuid7(), use="visit_photo")


def test_a_use_declined_at_first_opens_nothing_taken_earlier(rep):
    allow(rep, "camera", "visit_photo", allowed=False)
    earlier = clock.now() - FIVE
    assert not Standing(rep.pk).device_allows("camera", lambda: earlier, use="visit_photo")


def test_reports_are_recorded_once_and_old_ones_change_nothing(rep):
    assert switch(rep, "camera", on=True)
    assert not switch(rep, "camera", on=True)
    assert not switch(rep, "camera", on=False, at=clock.now() - FIVE)
    assert ConsentEntry.objects.filter(purpose=device_scope("camera", DEVICE_ID)).count() == 1


@pytest.mark.parametrize("permission", ["contacts", "calendar", "face", ""])
def test_a_permission_this_software_does_not_ask_for_cannot_be_reported(rep, permission):
    with pytest.raises(Refusal, match="unknown_permission"):
        switch(rep, permission, on=True)


@pytest.mark.clause("C1.2-09")
@pytest.mark.clause("C2.5.0-04")
@pytest.mark.parametrize("denied", sorted(registered.permissions))
def test_the_basic_flows_pass_with_each_permission_denied_in_turn(rep, denied):
    """Clocking in, visiting step by step, checking out, fetching: in words where it must be, and without a photo."""
    deny(rep, denied)
    sender = phone(rep)
    assert only(push(sender, punch(manual="集庆门大街公交站旁"))).state == "accepted"
    steps = [{"id": "note", "kind": "note", "title": "Note", "required": False}]
    arriving = visits.check_in(visits.store(rep), template=visits.template(steps), manual="店里")
    key = arriving["payload"]["visit_id"]
    note = operation(
        "visits.record_step",
        {"visit_id": key, "step_id": "note", "evidence": evidence(manual="店里"), "answer": {"text": "补货"}},
        after=[arriving["id"]],
    )
    leaving = visits.check_out(key, after=[note["id"]], summary="已沟通", manual="店里")
    assert {each.state for each in push(sender, arriving, note, leaving).values()} == {"accepted"}
    fetched = pull(sender, "", now=clock.now())["collections"]
    assert fetched["me"]["upserts"]
    assert Visit.objects.get().state == "completed"


def deny(rep, permission):
    """The ledger says no to the system's switch and to every use, whatever the app can really ask for."""
    scopes = [device_scope(permission, DEVICE_ID)]
    scopes += [use_scope(permission, use) for use, _text in registered.permissions[permission].uses]
    for scope in scopes:
        entry = ConsentEntry.objects.create(
            employee=rep, purpose=scope, act="declined", circumstances="", notice_version="", notice_hash="",
            method="system_dialog", client="phone", occurred_at=clock.now(),
        )  # fmt: skip
        Consent.objects.create(
            employee=rep, purpose=scope, act="declined", is_granted=False, entry=entry, at=entry.occurred_at
        )


AT = "/api/phone/v1"


@pytest.mark.clause("C2.5.1-07")
@pytest.mark.clause("C2.5.2-10")
@pytest.mark.parametrize(("platform", "rows"), [("ios", 6), ("android", 9)])
def test_the_phone_gets_the_table_of_its_platform(platform, rows):
    answer = Client().get(f"{AT}/permissions?platform={platform}", headers={"Accept-Language": "en"})
    listed = answer.json()["permissions"]
    assert len([each for each in listed if each["code"] != "notifications"]) == rows  # ours comes beside them
    assert all(each["how_to_disable"] and each["uses"] and each["if_refused"] for each in listed)
    assert {each["code"] for each in listed if each["is_used"]} == {"location", "camera", "notifications"}
    assert Client().get(f"{AT}/permissions?platform=palm").status_code == 404


@pytest.mark.clause("C1.2-07")
def test_within_two_days_of_a_refusal_nobody_is_asked_again(rep):
    from qince.core.privacy import notice
    from qince.core.privacy.permissions import open_prompt

    text = notice.current(rep.organization, "en").hash

    def asked(after=timedelta(0)):
        return open_prompt(phone(rep), purpose="improvement", notice_hash=text, now=clock.now() + after)

    assert asked()
    decide(rep, "improvement", "declined")
    assert not asked()
    assert not asked(timedelta(hours=47))
    assert asked(timedelta(hours=49))
    served = ConsentEntry.objects.filter(purpose="improvement", act="served", method="prompt")
    assert served.count() == 1


def test_the_report_arrives_over_the_phones_own_address(rep):
    from qince.core.privacy import notice
    from tests.access.planting import phone_token

    headers = {"Authorization": f"Bearer {phone_token(rep)}", "Qince-Protocol": "1", "Accept-Language": "en"}
    body = {
        "id": str(uuid7()), "permission": "camera", "is_allowed": False, "source": "device_settings",
        "occurred_at": clock.now().isoformat(),
    }  # fmt: skip
    send = lambda: Client().post(  # noqa: E731
        f"{AT}/permissions", json.dumps(body), content_type="application/json", headers=headers
    )
    assert send().json() == {"is_new": True}
    assert send().json() == {"is_new": False}
    given = {"id": str(uuid7()), "use": "visit_photo", "is_allowed": True, "source": "popup"}
    body |= given | {"occurred_at": clock.now().isoformat()}
    assert (send().status_code, send().json()["code"]) == (409, "notice_outdated")
    body |= {"notice_hash": notice.current(rep.organization, "zh-hans").hash}
    assert send().json() == {"is_new": True}
    body["permission"] = "contacts"
    assert send().status_code == 422
