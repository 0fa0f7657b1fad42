"""Shut until somebody has answered for it, and agreed to apart; closed, erasure has its date."""

from datetime import timedelta

import pytest
from django.urls import reverse

from qince.core.organizations.models import Organization
from qince.core.people.tests import factories as people
from qince.core.policy.actions import sign_assessment, write_assessment
from qince.core.privacy.gate import ConsentRequired, PermissionRevoked
from qince.core.privacy.tests.factories import allow, decide
from qince.employee.attendance.faces.enrolling import enrol
from qince.employee.attendance.faces.switching import erase_due, switch
from qince.employee.attendance.faces.tests.scene import (
    BASE,
    NOW,
    browser,
    grey,
    officer,
    open_faces,
    phone,
    press,
    refused,
    shown,
    sign,
    willing,
)
from qince.employee.attendance.models import FaceEnrolment, FaceTemplate
from qince.employee.attendance.privacy import FACE
from qince.kit.actor import system_actor


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
