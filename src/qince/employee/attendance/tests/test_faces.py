"""The face as one way among others: shut unless signed for, agreed to apart, compared or looked at, erased at once."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import translation
from PIL import Image, ImageStat

from qince.core.audit.models import Entry
from qince.core.files.actions import receive_chunk
from qince.core.files.models import Blob
from qince.core.letters.models import Letter
from qince.core.organizations.models import Organization
from qince.core.people.tests import factories as people
from qince.core.policy.actions import sign_assessment, write_assessment
from qince.core.privacy.gate import ConsentRequired, PermissionRevoked
from qince.core.privacy.tests.factories import agree, allow, decide
from qince.employee.attendance import codes
from qince.employee.attendance.faces.challenging import answer, ask
from qince.employee.attendance.faces.enrolling import base_pictures, enrol
from qince.employee.attendance.faces.matching import compare
from qince.employee.attendance.faces.switching import erase_due, switch
from qince.employee.attendance.models import (
    FaceChallenge,
    FaceEnrolment,
    FaceTemplate,
    Punch,
    PunchPhoto,
    WorkPlace,
)
from qince.employee.attendance.privacy import FACE
from qince.employee.attendance.tests import factories as make
from qince.engines.recognition import faces as recognition
from qince.engines.recognition.faces import Face
from qince.engines.sync.tests.factories import HERE, evidence, operation, push
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.ids import uuid7

NOW = clock.now()


class Grey:
    """Stands in where dlib is not installed: a picture's face is how grey it is, turned to where it is brighter; a
    black one shows none.
    """

    version = "grey-1"

    def faces(self, picture):
        with Image.open(BytesIO(picture)) as image:
            clear = image.convert("L")
        middle, width, height = clear.width // 2, clear.width, clear.height
        left = ImageStat.Stat(clear.crop((0, 0, middle, height))).mean[0]
        right = ImageStat.Stat(clear.crop((middle, 0, width, height))).mean[0]
        level = (left + right) / 2
        return [] if level < 5 else [Face([level / 100], (right - left) / 100)]

    def distance(self, one, other):
        return abs(one[0] - other[0])


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def without(settings):
    settings.FACES = "off"


@pytest.fixture
def machine(settings, monkeypatch):
    settings.FACES = "auto"
    monkeypatch.setattr(recognition, "_installed", lambda: Grey())


def grey(level, turn=0):
    out = BytesIO()
    image = Image.new("RGB", (96, 96), (level - turn,) * 3)
    image.paste((level + turn,) * 3, (48, 0, 96, 96))
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


BASE = [grey(100), grey(104), grey(108)]


@pytest.fixture
def team(inside):
    admin = people.employee("管理员", roles=["administrator"])
    manager = people.employee("李经理", roles=["manager"])
    rep = people.employee("王芳", leader=manager, roles=["rep"])
    for each in (manager, rep):
        agree(each, "location:at_the_act")
    make.group(rep, kind="free", week=["free"] * 7, free_minutes=60, photo="required")
    return people.actor(admin), people.actor(manager), rep


def sign(admin, risk="high"):
    texts = dict.fromkeys(("necessity", "effects", "measures"), "已评估")
    found = write_assessment(admin, now=NOW, subject=FACE, risk=risk, **texts)
    sign_assessment(officer(), found, now=NOW)


def officer():
    """Who signs for the measures: never who weighed them."""
    return people.actor(people.employee("陈静", roles=["privacy_officer"]))


def open_faces(admin):
    sign(admin)
    switch(admin, is_on=True, now=NOW)


def phone(rep):
    return people.actor(rep, client="phone", device_id=uuid7())


def browser(employee):
    employee.organization.refresh_from_db()  # switched meanwhile: the notice that is agreed to says so
    return people.browser(employee)


def willing(rep):
    rep.organization.refresh_from_db()  # switched meanwhile: the notice says so
    decide(rep, FACE)
    allow(rep, "camera", "face")


def shown(rep, pictures=None):
    willing(rep)
    return enrol(phone(rep), pictures=pictures or BASE, now=NOW)


def refused(act, *args, **fields):
    with pytest.raises(Refusal) as error:
        act(*args, **fields)
    return error.value.code


def press(rep, picture=None, *, code="", upload=True, challenge=None):
    told = evidence()
    face = None
    if picture:
        face = {"sha256": sha256(picture).hexdigest(), "size": len(picture), "taken_at": told["device_time"]}
        face |= {"challenge": str(challenge)} if challenge else {}
    payload = {"punch_id": str(uuid7()), "kind": "in", "evidence": told, "face": face, "code": code}
    [result] = push(phone(rep), operation("attendance.punch", payload), now=clock.now()).values()
    if result.state == "accepted" and picture and upload:
        send(rep, picture)
    return result, Punch.objects.filter(pk=payload["punch_id"]).first()


def send(rep, picture):
    digest = sha256(picture).hexdigest()
    actor = phone(rep)
    return receive_chunk(actor, sha256=digest, offset=0, size=len(picture), chunk=picture, is_evidence=True)


TOWARDS = {"left": 10, "right": -10}  # in the picture, which the camera does not mirror


def turned(rep, front, by=1):
    """The challenge whose turns were shown, by so much of what is asked; 0: a still picture."""
    asked = ask(phone(rep), now=NOW)
    sides = [grey(105, turn=round(TOWARDS[act] * by)) for act in asked.acts]
    answer(phone(rep), challenge_id=asked.pk, pictures=[front, *sides], now=NOW)
    return asked.pk


def compared(punch):
    """As the worker does, once the picture is here."""
    photo = punch.photos.get(kind="face")
    found = compare(system_actor(punch.organization_id, "attendance.faces"), photo_id=photo.pk, now=NOW)
    punch.refresh_from_db()
    return found, punch.counting


# --- Shut until somebody has answered for it ---


@pytest.mark.clause("C2.5.3-05")
def test_it_cannot_be_switched_on_before_its_assessment_is_signed(team):
    admin, _manager, rep = team
    assert refused(switch, admin, is_on=True, now=NOW) == "not_assessed"
    texts = dict.fromkeys(("necessity", "effects", "measures"), "已评估")
    found = write_assessment(admin, now=NOW, subject=FACE, risk="high", **texts)
    assert refused(switch, admin, is_on=True, now=NOW) == "not_assessed"
    sign_assessment(officer(), found, now=NOW)
    switch(admin, is_on=True, now=NOW)
    shown(rep)
    write_assessment(admin, now=NOW, subject=FACE, risk="high", **texts)  # weighed anew: shut until signed
    assert refused(shown, rep) == "face_off"
    assert press(rep, grey(100))[0].code == "face_off"


def test_by_the_setting_alone_nothing_is_taken(team):
    _admin, _manager, rep = team
    organization = Organization.objects.get(pk=rep.organization_id)
    organization.settings = {**organization.settings, "face_attendance": "optional"}
    organization.save()
    assert refused(shown, rep) == "face_off"
    assert not FaceEnrolment.objects.exists()


@pytest.mark.clause("C2.5.3-05")
def test_the_consent_is_its_own_and_so_is_the_camera(team):
    admin, _manager, rep = team
    open_faces(admin)
    rep.organization.refresh_from_db()
    decide(rep, "attendance_photo")
    allow(rep, "camera", "punch_photo")
    with pytest.raises(ConsentRequired):
        enrol(phone(rep), pictures=BASE, now=NOW)
    rep.organization.refresh_from_db()
    decide(rep, FACE)
    with pytest.raises(PermissionRevoked):
        enrol(phone(rep), pictures=BASE, now=NOW)
    assert not FaceTemplate.objects.exists()
    allow(rep, "camera", "face")
    enrol(phone(rep), pictures=BASE, now=NOW)
    assert FaceTemplate.objects.count() == 1


def test_what_is_no_face_or_not_one_person_is_refused(team, machine):
    admin, _manager, rep = team
    open_faces(admin)
    willing(rep)
    actor = phone(rep)
    assert refused(enrol, actor, pictures=BASE[:2], now=NOW) == "pictures_needed"
    assert refused(enrol, actor, pictures=[*BASE[:2], grey(0)], now=NOW) == "one_face_each"
    assert refused(enrol, actor, pictures=[*BASE[:2], grey(200)], now=NOW) == "not_the_same"
    assert refused(enrol, actor, pictures=[b"x" * 900] * 3, now=NOW) == "damaged_image"
    assert not FaceTemplate.objects.exists()


# --- Comparing: a machine confirms, and refuses nothing ---


@pytest.mark.parametrize(
    ("level", "finding", "counting"),
    [
        (100, "matched", "counted"),
        (162, "review", "waiting"),
        (230, "differs", "waiting"),
        (0, "no_face", "waiting"),
    ],
)
def test_alike_it_counts_and_anything_else_waits_for_a_person(team, machine, level, finding, counting):
    admin, manager, rep = team
    open_faces(admin)
    shown(rep)
    result, punch = press(rep, grey(level), challenge=turned(rep, grey(level)) if level else None)
    assert (result.result["counting"], result.result["confirm_for"]) == ("waiting", "face")
    assert compared(punch) == (finding, counting)
    told = Letter.objects.filter(employee=manager.employee_id, kind="attendance.press_waiting").count()
    assert told == (counting == "waiting")
    page = browser(rep.leader).get(reverse("attendance:press_detail", args=[punch.pk])).content.decode()
    told = page.split("q-timeline")[-1]
    assert str(punch.photos.get().get_finding_display()) in told
    assert finding not in told
    assert ("Comparison of the faces" in page) == (counting == "counted")
    measured = punch.photos.get().measured
    assert (measured or {}).get("model") == (None if finding == "no_face" else "grey-1")


@pytest.mark.parametrize(
    ("by", "counting"), [(1, "counted"), (0.3, "waiting"), (0, "waiting"), (-1, "waiting")]
)
def test_a_picture_that_does_not_turn_waits_for_a_person_however_alike(team, machine, by, counting):
    admin, _manager, rep = team
    open_faces(admin)
    shown(rep)
    _result, punch = press(rep, grey(100), challenge=turned(rep, grey(100), by))
    assert compared(punch) == ("matched", counting)
    assert punch.photos.get().has_turned is (counting == "counted")
    assert not FaceChallenge.objects.exists()  # taken over; the pictures were never kept
    assert [blob.sha256 for blob in Blob.objects.all()] == [sha256(grey(100)).hexdigest()]


def test_the_turns_are_of_this_picture_this_person_and_one_press(team, machine):
    admin, _manager, rep = team
    open_faces(admin)
    shown(rep)
    other = people.employee("张三", roles=["rep"])
    agree(other)
    willing(other)
    used = turned(rep, grey(100))
    for picture, challenge in (
        (grey(101), used),
        (grey(102), turned(other, grey(102))),
        (grey(103), uuid7()),
    ):
        _result, punch = press(rep, picture, challenge=challenge)
        assert compared(punch) == ("matched", "waiting")
        assert punch.photos.get().has_turned is None
    _result, punch = press(rep, grey(100), challenge=used)  # named once before, for another picture: gone
    assert punch.photos.get().has_turned is None


def test_nobody_is_asked_to_turn_where_no_machine_compares_or_nobody_agreed(team, settings, monkeypatch):
    admin, _manager, rep = team
    assert refused(ask, phone(rep), now=NOW) == "face_off"
    open_faces(admin)
    with pytest.raises(ConsentRequired):
        ask(phone(rep), now=NOW)
    willing(rep)
    assert refused(ask, phone(rep), now=NOW) == "face_unassessed"
    settings.FACES = "auto"
    monkeypatch.setattr(recognition, "_installed", lambda: Grey())
    assert {tuple(ask(phone(rep), now=NOW).acts) for _each in range(10)} <= {
        ("left", "right"),
        ("right", "left"),
    }
    assert refused(ask, phone(rep), now=NOW) == "face_too_often"
    assert ask(phone(rep), now=NOW + timedelta(minutes=11)).acts


def test_turns_are_shown_in_time_once_and_complete(team, machine):
    admin, _manager, rep = team
    open_faces(admin)
    willing(rep)
    asked = ask(phone(rep), now=NOW)
    given = {"challenge_id": asked.pk, "pictures": [grey(100)] * 3}
    late = NOW + timedelta(seconds=91)
    assert refused(answer, phone(rep), **given, now=late) == "face_too_late"
    assert refused(answer, phone(rep), **given | {"pictures": [grey(100)]}, now=NOW) == "pictures_needed"
    assert refused(answer, phone(rep), **given | {"pictures": [grey(0)] * 3}, now=NOW) == "one_face_each"
    assert (
        refused(answer, phone(rep), **given | {"pictures": [b"x" * 1_600_000] * 3}, now=NOW)
        == "picture_too_large"
    )
    with pytest.raises(NotFound):
        answer(phone(rep), **given | {"challenge_id": uuid7()}, now=NOW)
    assert answer(phone(rep), **given, now=NOW) is False
    assert refused(answer, phone(rep), **given, now=NOW) == "face_too_late"
    worker = system_actor(rep.organization_id, "attendance.faces")
    erase_due(worker, now=NOW + timedelta(hours=23))
    assert FaceChallenge.objects.exists()
    erase_due(worker, now=NOW + timedelta(hours=25))
    assert not FaceChallenge.objects.exists()


def test_without_a_matcher_every_face_goes_to_the_leader_who_may_open_the_base_picture(team):
    admin, _manager, rep = team
    open_faces(admin)
    shown(rep)
    _result, punch = press(rep, grey(100))
    assert compared(punch) == ("unassessed", "waiting")
    url = reverse("attendance:face_base", args=[punch.pk])
    leader = browser(rep.leader)
    answer = leader.get(url)
    assert (answer.status_code, answer.content) == (200, base_pictures(rep.pk)[0])
    assert answer["Cache-Control"] == "private, no-store"
    assert Entry.objects.filter(action="attendance.open_face", target_id=punch.pk).count() == 1
    assert browser(rep).get(url).status_code == 403
    assert browser(people.employee("外组经理", roles=["manager"])).get(url).status_code == 404
    leader.post(reverse("attendance:press_act", args=[punch.pk, "confirm"]), {"confirmed": "1", "answer": ""})
    punch.refresh_from_db()
    assert (punch.counting, punch.decided_by) == ("counted", rep.leader)
    assert leader.get(url).status_code == 404  # decided: nothing to compare any more


def test_a_face_is_seen_by_whom_it_belongs_to_and_who_decides(team):
    admin, _manager, rep = team
    open_faces(admin)
    shown(rep)
    _result, punch = press(rep, grey(100))
    photo = punch.photos.get()
    address = reverse("files:display", args=[photo.blob_id])
    auditor = people.employee("审计", roles=["auditor"])
    seen = [browser(who).get(address).status_code for who in (rep, rep.leader, auditor)]
    assert seen == [200, 200, 404]
    marked = reverse("attendance:photo_watermarked", args=[punch.pk, photo.pk])
    assert browser(rep.leader).get(marked).status_code == 404  # a face is not handed on


def test_where_no_photo_is_expected_or_no_face_was_shown_none_is_taken(team):
    admin, _manager, rep = team
    open_faces(admin)
    willing(rep)
    assert press(rep, grey(100))[0].code == "face_unknown"
    other = people.employee("张三", roles=["rep"])
    agree(other, "location:at_the_act")
    shown(other)
    assert press(other, grey(100))[0].code == "face_off"


# --- Taking it back ---


def sealed_bytes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pictures, features FROM attendance_facetemplate")
        return [bytes(each) for row in cursor.fetchall() for each in row if each is not None]


def holding(needles):
    """Where any of these bytes lies in the store: every column of bytes of every table."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type = 'bytea'"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = ANY(%s)', [needles])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


@pytest.mark.clause("C2.2.1-08")
def test_withdrawn_a_sweep_of_the_store_finds_nothing_and_the_code_still_works(team, machine):
    admin, _manager, rep = team
    place = WorkPlace.objects.create(name="总部", **HERE)
    open_faces(admin)
    shown(rep)
    assert press(rep, grey(101))[1].photos.count() == 1
    ask(phone(rep), now=NOW)
    blob = Blob.objects.get()
    names = [blob.storage_name, blob.thumbnail_name]
    needles = sealed_bytes()
    assert len(needles) == 2
    assert all(b"grey" not in each and BASE[0][:40] not in each for each in needles)  # sealed
    assert holding(needles) == ["attendance_facetemplate.features", "attendance_facetemplate.pictures"]
    assert all(default_storage.exists(name) for name in names)
    decide(rep, FACE, "withdrawn")
    assert holding(needles) == []
    assert not FaceEnrolment.objects.exists()
    assert not FaceChallenge.objects.exists()
    assert not PunchPhoto.objects.exists()
    assert not Blob.objects.exists()
    assert not any(default_storage.exists(name) for name in names)
    assert press(rep, grey(101))[0].code == "consent_required"
    result, punch = press(rep, code=codes.code_of(place, clock.now()))
    assert (result.state, punch.counting, punch.is_code_right) == ("accepted", "counted", True)


def test_another_persons_face_stays(team, machine):
    admin, _manager, rep = team
    open_faces(admin)
    other = people.employee("张三", roles=["rep"])
    agree(other)
    shown(rep)
    shown(other)
    decide(rep, FACE, "withdrawn")
    assert [row.employee for row in FaceEnrolment.objects.all()] == [other]


@pytest.mark.clause("C2.2.5-02")
def test_closed_nothing_is_taken_and_erasure_has_its_date(team, machine):
    admin, _manager, rep = team
    open_faces(admin)
    shown(rep)
    switch(admin, is_on=False, now=NOW)
    assert press(rep, grey(100))[0].code == "face_off"
    assert refused(shown, rep) == "face_off"
    assert FaceEnrolment.objects.get().delete_by == NOW + timedelta(days=30)
    worker = system_actor(rep.organization_id, "attendance.faces")
    assert erase_due(worker, now=NOW + timedelta(days=29)) == 0
    assert FaceTemplate.objects.exists()
    assert erase_due(worker, now=NOW + timedelta(days=31)) > 0
    assert not FaceTemplate.objects.exists()


def test_the_page_says_how_it_stands_and_switches(team):
    admin, _manager, rep = team
    pages = browser(people.employee("系统管理员", roles=["administrator"]))
    url = reverse("attendance:face")
    before = pages.get(url).content.decode()
    assert "By a person only: no matcher is installed" in before
    assert "Not signed yet" in before
    assert pages.post(url, {"is_on": "1"}).status_code == 302
    assert "Off</span>" in pages.get(url).content.decode()  # refused: not signed
    sign(admin)
    pages.post(url, {"is_on": "1"})
    assert "On: each person chooses" in pages.get(url).content.decode()
    assert browser(rep.leader).get(url).status_code == 403
