"""Check-ins in the field and photos at a press: what is asked for, what takes its place, who confirms, what is told."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from PIL import Image, ImageDraw

from qince.core.audit.models import Entry
from qince.core.files.actions import receive_chunk
from qince.core.files.models import Blob
from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree, allow, decide
from qince.employee.attendance import codes
from qince.employee.attendance.explaining import asides
from qince.employee.attendance.models import DayResult, MonthReport, Punch, PunchPhoto, WorkPlace
from qince.employee.attendance.privacy import PHOTO
from qince.employee.attendance.recompute import recompute_stale
from qince.employee.attendance.request_actions import confirm_press, refuse_press
from qince.employee.attendance.rules import MASK_POSITION
from qince.employee.attendance.tests import factories as make
from qince.engines.sync.pull import pull
from qince.engines.sync.tests.factories import HERE, evidence, operation, push
from qince.kit import clock
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant

NOW = make.daytime()
TODAY = clock.local_date(NOW, "Asia/Shanghai")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def jpeg(colour):
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


BYTES = jpeg((30, 120, 60))
PICTURE = {"sha256": sha256(BYTES).hexdigest(), "size": len(BYTES)}


@pytest.fixture
def team(inside):
    manager = people.employee("李经理", roles=["manager"])
    rep = people.employee("王芳", leader=manager, roles=["rep"])
    for each in (manager, rep):
        agree(each, "location:at_the_act")
    return manager, rep


def agree_to_photos(rep):
    decide(rep, PHOTO)
    allow(rep, "camera", "punch_photo")


def phone(rep):
    return people.actor(rep, client="phone", device_id=uuid7())


def press(
    rep, *, kind="in", note="", is_field=False, photos=(), code="", minutes_ago=0, manual="", sent_now=NOW
):
    at = NOW - timedelta(minutes=minutes_ago)
    told = evidence(at=at, manual=manual)
    payload = {
        "punch_id": str(uuid7()), "kind": kind, "note": note, "is_field": is_field, "code": code, "evidence": told,
        "photos": [{**each, "taken_at": told["device_time"]} for each in photos],
    }  # fmt: skip
    [result] = push(phone(rep), operation("attendance.punch", payload, at=at), now=sent_now).values()
    return result, Punch.objects.filter(pk=payload["punch_id"]).first()


def upload(rep, content=BYTES):
    digest = sha256(content).hexdigest()
    return receive_chunk(
        phone(rep), sha256=digest, offset=0, size=len(content), chunk=content, is_evidence=True
    )


# --- In the field ---


def test_a_field_check_in_waits_with_its_photo_until_somebody_confirms(team):
    """Field punch: photo, note, approval, counted or not; the result stands in the sheet and is explained."""
    manager, rep = team
    make.group(rep, kind="free", week=["free"] * 7, free_minutes=60, field="approval")
    agree_to_photos(rep)
    result, punch = press(rep, is_field=True, note="拜访客户", photos=[PICTURE], minutes_ago=90)
    assert (result.state, result.result["counting"], result.result["confirm_for"]) == (
        "accepted",
        "waiting",
        "field",
    )
    photo = PunchPhoto.objects.get()
    assert (photo.punch, photo.blob, photo.taken_at) == (punch, None, punch.at)
    blob = upload(rep)
    photo.refresh_from_db()
    assert photo.blob == blob
    assert Blob.objects.get().is_sealed  # under the key of the person who took it
    [told] = Letter.objects.filter(employee=manager)
    assert (told.kind, told.link) == ("attendance.press_waiting", "/attendance/check-ins/?counting=waiting")
    recompute_stale(today=TODAY, now=NOW)
    assert DayResult.objects.get(employee=rep, on=punch.work_date).points[0].get("at") is None
    assert "does not count yet" in asides([punch])[0]
    confirm_press(people.actor(manager), punch, now=NOW, answer="已电话核实")
    recompute_stale(today=TODAY, now=NOW)
    point = DayResult.objects.get(employee=rep, on=punch.work_date).points[0]
    assert (point["punch"], point["supplement"]) == (str(punch.pk), "field")
    punch.refresh_from_db()
    assert (punch.counting, punch.decided_by, punch.answer) == ("counted", manager, "已电话核实")
    assert "李经理 has confirmed it: 已电话核实" in asides([punch])[0]
    told.refresh_from_db()
    assert told.recalled_at is not None  # nothing waits any more
    assert Letter.objects.get(employee=rep).kind == "attendance.press_counts"
    assert Entry.objects.filter(action="attendance.confirm_press").count() == 1


def test_who_may_decide_and_what_a_refusal_needs(team):
    manager, rep = team
    make.group(rep, kind="free", week=["free"] * 7, field="approval")
    _result, punch = press(rep, is_field=True, note="路演")
    stranger = people.employee("外组经理", roles=["manager"])
    with pytest.raises(NotFound):
        confirm_press(people.actor(stranger), punch, now=NOW)
    with pytest.raises(Forbidden):
        confirm_press(people.actor(rep), punch, now=NOW)
    with pytest.raises(Refusal) as empty:
        refuse_press(people.actor(manager), punch, now=NOW, answer=" ")
    assert empty.value.code == "reason_required"
    refuse_press(people.actor(manager), punch, now=NOW, answer="当天无外勤安排")
    punch.refresh_from_db()
    assert (punch.counting, punch.kind) == ("refused", "in")  # kept as it was made
    assert "decided so: 当天无外勤安排" in asides([Punch.objects.get()])[0]
    letter = Letter.objects.get(employee=rep)
    assert (letter.kind, letter.values["answer"]) == ("attendance.press_refused", "当天无外勤安排")
    with pytest.raises(Conflict):
        confirm_press(people.actor(manager), punch, now=NOW)


def test_a_locked_month_takes_no_decision(team):
    manager, rep = team
    make.group(rep, kind="free", week=["free"] * 7, field="approval")
    _result, punch = press(rep, is_field=True, note="路演")
    month = punch.work_date.replace(day=1)
    MonthReport.objects.create(employee=rep, month=month, totals={}, state="locked")
    with pytest.raises(Conflict) as locked:
        confirm_press(people.actor(manager), punch, now=NOW)
    assert locked.value.code == "month_locked"
    assert Punch.objects.get().counting == "waiting"


def test_where_field_work_counts_nobody_need_confirm_and_where_it_is_off_it_is_an_ordinary_press(team):
    _manager, rep = team
    make.group(rep, kind="free", week=["free"] * 7, field="counted")
    _result, punch = press(rep, is_field=True, note="拜访")
    assert (punch.is_field, punch.counting, punch.confirm_for) == (True, "counted", "")
    days = pull(phone(rep), "", now=NOW)["collections"]["attendance_days"]["upserts"]
    assert {(row["field"], row["field_photo"], row["photo"]) for row in days} == {
        ("counted", "optional", "off")
    }
    other = people.employee("张三", roles=["rep"])
    agree(other, "location:at_the_act")
    _result, plain = press(other, is_field=True, note="拜访")
    assert (plain.is_field, plain.counting) == (False, "counted")


def test_the_phone_hears_the_decision_and_its_reason(team):
    manager, rep = team
    make.group(rep, kind="free", week=["free"] * 7, field="approval")
    _result, punch = press(rep, is_field=True, note="路演", manual="夫子庙")
    actor = phone(rep)
    first = pull(actor, "", now=NOW)
    [row] = first["collections"]["punches"]["upserts"]
    assert (row["counting"], row["is_field"], row["place_text"]) == ("waiting", True, "夫子庙")
    refuse_press(people.actor(manager), punch, now=NOW, answer="不在名单")
    [row] = pull(actor, first["cursor"], now=NOW)["collections"]["punches"]["upserts"]
    assert (row["counting"], row["answer"]) == ("refused", "不在名单")


# --- Photos ---


def test_a_photo_needs_the_rule_the_consent_and_the_camera_each_of_its_own(team):
    _manager, rep = team
    refused, none = press(rep, photos=[PICTURE])
    assert (refused.code, none) == ("photo_off", None)
    make.group(rep, kind="free", week=["free"] * 7, photo="optional")
    assert press(rep, photos=[PICTURE])[0].code == "consent_required"
    decide(rep, PHOTO)
    assert press(rep, photos=[PICTURE])[0].code == "permission_revoked"  # agreeing opens no permission
    assert not PunchPhoto.objects.exists()
    allow(rep, "camera", "punch_photo")
    accepted, punch = press(rep, photos=[PICTURE])
    assert (accepted.state, punch.counting, punch.photos.count()) == ("accepted", "counted", 1)
    decide(rep, PHOTO, "withdrawn")
    again, _punch = press(rep, photos=[PICTURE])
    assert again.code == "consent_required"
    assert PunchPhoto.objects.count() == 1
    assert press(rep)[1].counting == "counted"  # and without one everything goes on


def test_who_refuses_the_photo_types_the_code_of_the_place_and_it_counts_the_same(team):
    _manager, rep = team
    place = WorkPlace.objects.create(name="总部", **HERE)
    WorkPlace.objects.create(name="仓库", lat=32.2, lng=118.9)
    make.group(rep, kind="free", week=["free"] * 7, photo="required")
    decide(rep, PHOTO, "declined")
    code = codes.code_of(place, NOW)
    result, punch = press(rep, code=f"{code[:3]} {code[3:]}", manual="前台")
    assert (result.result["counting"], punch.is_code_right, punch.work_place) == ("counted", True, place)
    # Hours later, without signal in between: the code of the minute of the press.
    old = codes.code_of(place, NOW - timedelta(minutes=200))
    assert press(rep, code=old, minutes_ago=200)[1].counting == "counted"
    stale, late = press(rep, code=old)
    assert (stale.result["counting"], late.is_code_right, late.confirm_for) == ("waiting", False, "photo")


def test_with_neither_the_leader_confirms_and_the_time_is_that_of_the_press(team):
    manager, rep = team
    make.group(rep, kind="free", week=["free"] * 7, free_minutes=60, photo="required")
    result, punch = press(rep, minutes_ago=120)
    assert (result.state, result.result["confirm_for"]) == ("accepted", "photo")
    confirm_press(people.actor(manager), punch, now=NOW)
    recompute_stale(today=TODAY, now=NOW)
    point = DayResult.objects.get(employee=rep, on=punch.work_date).points[0]
    assert point["at"] == int(punch.at.timestamp())


def test_codes_change_each_minute_and_differ_by_place():
    one, other = (WorkPlace(pk=uuid7(), organization_id=uuid7(), name=name) for name in "ab")
    shown = [[codes.code_of(place, NOW, step) for step in range(20)] for place in (one, other)]
    assert shown[0] != shown[1]
    assert len(set(shown[0])) > 18
    assert codes.place_of(codes.code_of(one, NOW, -codes.EARLIER - 1), [one], NOW) is None
    assert codes.place_of(codes.code_of(one, NOW, -codes.EARLIER), [one, other], NOW) == one
    for said in ("", "12345", "abcdef", "1234567"):
        assert codes.place_of(said, [one], NOW) is None


def test_a_time_before_the_press_stays_the_time_of_the_photo(team):
    _manager, rep = team
    make.group(rep, kind="free", week=["free"] * 7, photo="optional")
    agree_to_photos(rep)
    told = evidence(at=NOW)
    taken = NOW - timedelta(minutes=7)
    payload = {"punch_id": str(uuid7()), "kind": "in", "evidence": told,
               "photos": [{**PICTURE, "taken_at": taken.isoformat()}] * 2}  # fmt: skip
    [result] = push(phone(rep), operation("attendance.punch", payload), now=NOW).values()
    assert result.state == "accepted"
    photo = PunchPhoto.objects.get()  # the same picture twice is one
    assert photo.punch.at - photo.taken_at == timedelta(minutes=7)


# --- The pages ---


def test_the_page_lists_filters_and_decides_many_at_once(team):
    manager, rep = team
    make.group(rep, kind="free", week=["free"] * 7, field="approval", photo="required")
    agree_to_photos(rep)
    _result, one = press(rep, is_field=True, note="拜访甲", photos=[PICTURE])
    _result, two = press(rep, is_field=True, note="拜访乙", manual="新街口")
    _result, three = press(rep)
    upload(rep)
    browser = people.browser(manager)
    listed = browser.get(reverse("attendance:press_list")).content.decode()
    assert "拜访甲" in listed
    assert "拜访乙" in listed
    assert reverse("files:thumbnail", args=[PunchPhoto.objects.get().blob_id]) in listed
    only = browser.get(reverse("attendance:press_list"), {"confirm_for": "photo"}).content.decode()
    assert "拜访甲" not in only
    bulk = reverse("attendance:press_bulk", args=["refuse"])
    both = {"ids": [str(two.pk), str(three.pk)], "confirmed": "1"}
    assert browser.post(bulk, {**both, "answer": ""}).status_code == 422
    assert browser.post(bulk, {**both, "answer": "未安排"}).status_code == 302
    assert set(Punch.objects.filter(counting="refused")) == {two, three}
    detail = browser.get(reverse("attendance:press_detail", args=[one.pk])).content.decode()
    assert "拜访甲" in detail
    assert PICTURE["sha256"][:16] in detail
    assert "qince-map" in detail
    day = browser.get(reverse("attendance:explain", args=[rep.pk]), {"on": one.work_date.isoformat()})
    assert "未安排" in day.content.decode()


def test_a_photo_is_seen_by_whom_the_press_is_and_handed_on_with_its_mark(team):
    manager, rep = team
    make.group(rep, kind="free", week=["free"] * 7, field="approval")
    agree_to_photos(rep)
    _result, punch = press(rep, is_field=True, note="拜访", photos=[PICTURE])
    upload(rep)
    photo = PunchPhoto.objects.get()
    stranger = people.employee("外组经理", roles=["manager"])
    marked = reverse("attendance:photo_watermarked", args=[punch.pk, photo.pk])
    picture = reverse("files:display", args=[photo.blob_id])
    assert [people.browser(who).get(picture).status_code for who in (manager, rep, stranger)] == [
        200,
        200,
        404,
    ]
    assert [people.browser(who).get(marked).status_code for who in (manager, rep, stranger)] == [
        200,
        403,
        404,
    ]
    assert Entry.objects.filter(action="attendance.download_watermarked", target_id=punch.pk).count() == 1


def desk(name, masks=()):
    codes = ["attendance.view", "attendance.export", "people.view"]
    return people.browser(people.holding(people.employee(name), *codes, masked=masks))


def test_a_photo_gives_its_position_to_whom_the_role_shows_positions_and_to_nobody_else(team, monkeypatch):
    _manager, rep = team
    make.group(rep, kind="free", week=["free"] * 7, field="approval")
    agree_to_photos(rep)
    _result, punch = press(rep, is_field=True, note="拜访", photos=[PICTURE])
    upload(rep)
    photo, place = PunchPhoto.objects.get(), f"{punch.lat:.5f}"
    drawn = []
    monkeypatch.setattr(ImageDraw.ImageDraw, "text", lambda pen, at, line, **_rest: drawn.append(line))
    marked = reverse("attendance:photo_watermarked", args=[punch.pk, photo.pk])
    original = reverse("files:original", args=[photo.blob_id])
    clear, masked = desk("看得见"), desk("看不见", [MASK_POSITION])
    for browser, is_told in ((clear, True), (masked, False)):
        page = browser.get(reverse("attendance:press_detail", args=[punch.pk])).text
        assert (place in page, PICTURE["sha256"][:16] in page) == (is_told, True)
        drawn.clear()
        assert browser.get(marked).status_code == 200
        assert any(place in line for line in drawn) is is_told
        assert browser.get(original).status_code == (200 if is_told else 404)
        assert browser.get(reverse("files:thumbnail", args=[photo.blob_id])).status_code == 200


def test_the_code_is_shown_to_whom_it_is_entrusted(organization):
    with tenant(organization):
        place = WorkPlace.objects.create(name="总部", **HERE)
        manager, rep = (
            people.employee(name, roles=[role]) for name, role in (("李经理", "manager"), ("王芳", "rep"))
        )
        browsers = [people.browser(each) for each in (manager, rep)]
    url = reverse("attendance:place_code", args=[place.pk])
    now = clock.now()
    with clock.at(now):
        shown, hidden = (browser.get(url) for browser in browsers)
    code = codes.code_of(place, now)
    assert f"<span>{code[:3]}</span> <span>{code[3:]}</span>" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert hidden.status_code == 403
