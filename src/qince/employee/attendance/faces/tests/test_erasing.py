"""Taken back, everything about the face is gone at once, and only that person's."""

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from qince.core.files.models import Blob
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree, decide
from qince.employee.attendance import codes
from qince.employee.attendance.faces.challenging import ask
from qince.employee.attendance.faces.tests.scene import BASE, NOW, grey, open_faces, phone, press, shown
from qince.employee.attendance.models import FaceChallenge, FaceEnrolment, PunchPhoto, WorkPlace
from qince.employee.attendance.privacy import FACE
from qince.engines.sync.tests.factories import HERE
from qince.kit import clock


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
