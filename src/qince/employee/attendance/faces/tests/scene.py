"""A team whose group expects a photo, the phone of its rep, and a machine in place of dlib where that is not there."""

from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image, ImageStat

from qince.core.files.actions import receive_chunk
from qince.core.people.tests import factories as people
from qince.core.policy.actions import sign_assessment, write_assessment
from qince.core.privacy.tests.factories import allow, decide
from qince.employee.attendance.faces.challenging import answer, ask
from qince.employee.attendance.faces.enrolling import enrol
from qince.employee.attendance.faces.matching import compare
from qince.employee.attendance.faces.switching import switch
from qince.employee.attendance.models import Punch
from qince.employee.attendance.privacy import FACE
from qince.engines.recognition.faces import Face
from qince.engines.sync.tests.factories import evidence, operation, push
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Refusal
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


def grey(level, turn=0):
    out = BytesIO()
    image = Image.new("RGB", (96, 96), (level - turn,) * 3)
    image.paste((level + turn,) * 3, (48, 0, 96, 96))
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


BASE = [grey(100), grey(104), grey(108)]


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
