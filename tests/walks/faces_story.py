"""Somebody who is expected to show a photo, or the face, when clocking in; and what the worker finds in it."""

from typing import Any

from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.policy.actions import sign_assessment, write_assessment
from qince.employee.attendance.faces.matching import compare
from qince.employee.attendance.faces.switching import switch
from qince.employee.attendance.models import FaceChallenge, FaceEnrolment, PunchPhoto
from qince.employee.attendance.privacy import FACE
from qince.employee.attendance.tests import factories as make
from qince.engines.recognition.faces import matcher
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant
from tests.walks.story import the_organization


def seed(mobile: str) -> bool:
    """Faces are used, and a photo is expected of this person; whether a machine compares here."""
    now, organization = clock.now(), the_organization()
    with tenant(organization):
        admin = people.actor(people.employee("人脸管理员", roles=["administrator"], number="FA0"))
        texts = dict.fromkeys(("necessity", "effects", "measures"), "已评估")
        found = write_assessment(admin, now=now, subject=FACE, risk="high", **texts)
        officer = people.actor(people.employee("人脸评估员", roles=["privacy_officer"], number="FA2"))
        sign_assessment(officer, found, now=now)
        switch(admin, is_on=True, now=now)
        one = people.employee("全面孔", mobile=mobile, number="FA1", roles=["rep"])
        make.group(one, kind="free", week=["free"] * 7, free_minutes=60, photo="required")
        return matcher() is not None


def shut() -> bool:
    """Others who walk here are not asked about faces."""
    with tenant(the_organization()):
        admin = Employee.objects.get(number="FA0")
        switch(people.actor(admin), is_on=False, now=clock.now())
    return True


def shown() -> int:
    with tenant(the_organization()):
        return FaceEnrolment.objects.count()


def found() -> dict[str, Any] | None:
    """What comparing finds once the picture is here, and how the press stands then."""
    organization = the_organization()
    with tenant(organization):
        photo = PunchPhoto.objects.filter(kind=PunchPhoto.Kind.FACE, blob__isnull=False).first()
        if photo is None:
            return None
        finding = compare(
            system_actor(organization.pk, "attendance.faces"), photo_id=photo.pk, now=clock.now()
        )
        photo.punch.refresh_from_db()
        return {
            "finding": finding, "has_turned": photo.has_turned, "counting": photo.punch.counting,
            "left": FaceChallenge.objects.count(),
        }  # fmt: skip
