"""Evidence beside the place: shared phones, speed, repeated positions, access points, work in the field."""

from datetime import timedelta
from uuid import uuid4

import pytest

from qince.core.accounts.models import Device
from qince.core.people.tests import factories as people
from qince.core.privacy.gate import AT_THE_ACT, LOCATION
from qince.core.privacy.tests.factories import agree
from qince.core.rights import registry
from qince.employee.attendance import decisions
from qince.employee.attendance.models import Punch, WorkPlace
from qince.employee.attendance.tests import factories as make
from qince.engines.sync.tests.factories import evidence, operation, push
from qince.kit import clock
from qince.kit.geo import Datum, Point, convert
from qince.kit.ids import uuid7

NOW = clock.now()
HERE = {"lat": 32.0415, "lng": 118.7781}


def phone(employee, app):
    return Device.objects.create(
        account_id=employee.account_id, organization_id=employee.organization_id, employee_id=employee.pk,
        kind=Device.Kind.PHONE, app_device_id=app, token_digest=str(uuid7()), confirmed_at=NOW, last_seen_at=NOW,
    )  # fmt: skip


@pytest.fixture
def reps(inside):
    found = [people.employee(name, roles=["rep"]) for name in ("王芳", "张三")]
    for each in found:
        agree(each, f"{LOCATION}:{AT_THE_ACT}")
    return found


def press(employee, *, device=None, minutes_ago=0, kind="in", is_field=False, note="", around=None, **place):
    at = NOW - timedelta(minutes=minutes_ago)
    payload = {
        "punch_id": str(uuid7()), "kind": kind, "note": note, "is_field": is_field, "around": around,
        "evidence": evidence(at=at, **place),
    }  # fmt: skip
    actor = people.actor(employee, client="phone", device_id=device.pk if device else None)
    sent = operation("attendance.punch", payload, at=at)
    [result] = push(actor, sent, now=NOW).values()
    return result, Punch.objects.filter(pk=payload["punch_id"]).first()


def codes(punch):
    punch.refresh_from_db()
    return [risk["code"] for risk in punch.risks]


def test_the_second_person_on_a_phone_minutes_later_flags_both(reps):
    """Acceptance: second person on that phone minutes later, both flagged."""
    app = uuid4()
    _result, first = press(reps[0], device=phone(reps[0], app), minutes_ago=5)
    assert codes(first) == []
    _result, second = press(reps[1], device=phone(reps[1], app))
    assert codes(first) == codes(second) == ["shared_device"]
    assert first.counting == second.counting == "counted"  # evidence, not verdict


def test_two_phones_or_half_a_day_between_flag_nobody(reps):
    app = uuid4()
    _result, first = press(reps[0], device=phone(reps[0], app), minutes_ago=13 * 60)
    _result, second = press(reps[1], device=phone(reps[1], app))
    assert codes(first) == codes(second) == []


def test_a_press_with_a_phone_new_to_the_person_is_a_reason_once(reps):
    old, new = phone(reps[0], uuid4()), phone(reps[0], uuid4())
    _result, first = press(reps[0], device=old, minutes_ago=60)
    assert codes(first) == []  # a first phone of all is nobody's change
    _result, changed = press(reps[0], device=new, minutes_ago=40)
    assert changed.risks == [{"code": "new_device", "phones": 1}]
    assert changed.counting == "counted"  # evidence, not verdict
    _result, back = press(reps[0], device=old, minutes_ago=20, lat=32.0416)
    _result, again = press(reps[0], device=new, lat=32.0417)
    assert codes(back) == codes(again) == []


def test_a_phone_is_forgotten_after_ninety_days_and_that_of_a_press_at_the_desk_is_none(reps):
    old = phone(reps[0], uuid4())
    _result, first = press(reps[0], device=old, minutes_ago=30)
    Punch.objects.filter(pk=first.pk).update(at=NOW - timedelta(days=91))
    _result, later = press(reps[0], device=phone(reps[0], uuid4()))
    assert codes(later) == []
    _result, desk = press(reps[0])
    assert codes(desk) == []


def test_a_new_phone_is_explained_replayed_and_settled_by_a_person(reps, in_english):
    press(reps[0], device=phone(reps[0], uuid4()), minutes_ago=60)
    _result, changed = press(reps[0], device=phone(reps[0], uuid4()))
    [made] = [each for each in registry.decisions_of(reps[0].pk) if each.decision == decisions.RISK]
    told = registry.replay(decisions.RISK, reps[0].pk, made.target_id)
    assert told.agrees
    assert [str(fact) for _label, fact in told.inputs] == ["1 other phones in the ninety days before"]
    registry.undo(people.actor(reps[1]), decisions.RISK, made.target_id, "公司换发了新手机", NOW)
    assert codes(changed) == []


def test_farther_than_anybody_travels_is_a_reason(reps):
    press(reps[0], minutes_ago=30)
    _result, far = press(reps[0], lat=39.9, lng=116.4, minutes_ago=10)
    assert codes(far) == ["impossible_speed"]
    _result, near = press(reps[0], lat=39.9004, lng=116.4003)
    assert codes(near) == []


def test_a_vague_position_explains_a_distance(reps):
    press(reps[0], minutes_ago=2)
    _result, vague = press(reps[0], lat=32.07, accuracy_m=3000.0)
    assert codes(vague) == []


def test_positions_equal_to_the_last_digit_are_a_reason(reps):
    press(reps[0], minutes_ago=60)
    press(reps[0], minutes_ago=40)
    _result, third = press(reps[0], minutes_ago=20)
    assert codes(third) == ["identical_coordinates"]
    _result, moved = press(reps[0], lat=32.04151)
    assert codes(moved) == []


def test_a_reason_is_explained_and_a_person_may_settle_it(reps):
    press(reps[0], minutes_ago=30)
    _result, far = press(reps[0], lat=39.9, lng=116.4)
    [made] = [each for each in registry.decisions_of(reps[0].pk) if each.decision == decisions.RISK]
    told = registry.replay(decisions.RISK, reps[0].pk, made.target_id)
    assert told.agrees
    assert told.inputs
    assert registry.replay(decisions.RISK, reps[1].pk, made.target_id) is None
    registry.undo(people.actor(reps[1]), decisions.RISK, made.target_id, "出差乘飞机", NOW)
    assert codes(far) == []


# --- Places ---


def test_a_point_given_in_gcj02_passes_and_the_same_numbers_as_wgs84_fail(reps):
    """Acceptance: a GCJ-02 point 60 m from the centre, radius 100, passes; declared WGS-84 the same numbers fail;
    accuracy 800 m is uncertain.
    """
    WorkPlace.objects.create(name="总部", radius_m=100, **HERE)
    near = convert(Point(HERE["lat"] + 60 / 111_320, HERE["lng"]), Datum.WGS84, Datum.GCJ02)
    given = evidence(at=NOW, lat=near.lat, lng=near.lng, accuracy_m=10.0)
    verdicts = []
    for datum, accuracy in ((Datum.GCJ02, 10.0), (Datum.WGS84, 10.0), (Datum.GCJ02, 800.0)):
        proof = {**given, "position": {**given["position"], "datum": datum.value, "accuracy_m": accuracy}}
        sent = operation(
            "attendance.punch", {"punch_id": str(uuid7()), "kind": "in", "evidence": proof}, at=NOW
        )
        [result] = push(people.actor(reps[0], client="phone"), sent, now=NOW).values()
        verdicts.append(result.result["verdict"])
    assert verdicts == ["inside", "outside", "uncertain"]
    vague = Punch.objects.get(verdict="uncertain")
    assert decisions.replay(reps[0].pk, vague.pk).agrees


def test_any_of_many_places_will_do(reps):
    """The middle of a small place is nearer, yet one stands inside the big one."""
    WorkPlace.objects.create(name="门岗", radius_m=20, lat=HERE["lat"] + 0.002, lng=HERE["lng"])
    big = WorkPlace.objects.create(name="园区", radius_m=800, lat=HERE["lat"] + 0.005, lng=HERE["lng"])
    _result, punch = press(reps[0])
    assert (punch.verdict, punch.work_place) == ("inside", big)


def test_a_group_may_have_places_of_its_own(reps):
    near = WorkPlace.objects.create(name="近", radius_m=200, **HERE)
    own = WorkPlace.objects.create(name="本组", radius_m=200, lat=HERE["lat"] + 0.05, lng=HERE["lng"])
    make.group(reps[0], week=make.office(), places=[str(own.pk)])
    _result, punch = press(reps[0])
    assert (punch.verdict, punch.work_place) == ("outside", own)
    _result, other = press(reps[1])
    assert (other.verdict, other.work_place) == ("inside", near)


def test_a_known_access_point_is_evidence_and_a_browser_says_that_it_hears_none(reps):
    place = WorkPlace.objects.create(name="总部", radius_m=100, bssids=["00:1a:2b:3c:4d:5e"], **HERE)
    known = {"is_available": True, "bssids": ["00:1A:2B:3C:4D:5E"]}
    _result, punch = press(reps[0], manual="总部三楼", around=known)
    assert (punch.radio, punch.work_place, punch.verdict) == ("matched", place, "manual")
    _result, punch = press(reps[0], around={"is_available": True, "bssids": ["ff:ff:ff:ff:ff:ff"]})
    assert punch.radio == "unknown"
    _result, punch = press(reps[0], around={"is_available": False})
    assert punch.radio == "unavailable"
    assert "1A:2B" not in str(Punch.objects.values()).upper()  # compared and forgotten


def test_a_known_beacon_says_at_which_of_two_places_somebody_is(reps):
    WorkPlace.objects.create(
        name="一号楼", radius_m=100, beacons=["e2c56db5-dffb-48d2-b060-d0f5a71096e0:1:1"], **HERE
    )
    other = WorkPlace.objects.create(
        name="二号楼", radius_m=100, beacons=["e2c56db5-dffb-48d2-b060-d0f5a71096e0:1:2"], **HERE
    )
    heard = {"is_available": True, "beacons": ["E2C56DB5-DFFB-48D2-B060-D0F5A71096E0:1:2"]}
    _result, punch = press(reps[0], manual="走廊", around=heard)
    assert (punch.radio, punch.work_place) == ("matched", other)
    assert "E2C56DB5" not in str(Punch.objects.values()).upper()


def test_work_in_the_field_needs_a_note_and_waits_where_the_group_decides(reps):
    make.group(reps[0], week=make.office(), field="approval")
    result, none = press(reps[0], is_field=True)
    assert (result.state, result.code, none) == ("rejected", "note_required", None)
    result, punch = press(reps[0], is_field=True, note="拜访客户")
    assert (punch.is_field, punch.counting, result.result["counting"]) == (True, "waiting", "waiting")
    _result, other = press(reps[1], is_field=True)  # no such rule: an ordinary press
    assert (other.is_field, other.counting) == (False, "counted")
