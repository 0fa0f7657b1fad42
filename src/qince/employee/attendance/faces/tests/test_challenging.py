"""Turning the head as asked: a still picture waits for a person, and each answer serves one press."""

from datetime import timedelta
from hashlib import sha256

import pytest

from qince.core.files.models import Blob
from qince.core.people.tests import factories as people
from qince.core.privacy.gate import ConsentRequired
from qince.core.privacy.tests.factories import agree
from qince.employee.attendance.faces.challenging import answer, ask
from qince.employee.attendance.faces.switching import erase_due
from qince.employee.attendance.faces.tests.scene import (
    NOW,
    Grey,
    compared,
    grey,
    open_faces,
    phone,
    press,
    refused,
    shown,
    turned,
    willing,
)
from qince.employee.attendance.models import FaceChallenge
from qince.engines.recognition import faces as recognition
from qince.kit.actor import system_actor
from qince.kit.errors import NotFound
from qince.kit.ids import uuid7


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
