"""A machine confirms and refuses nothing; the rest is looked at by whoever decides, and by nobody else."""

import pytest
from django.urls import reverse

from qince.core.audit.models import Entry
from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.attendance.faces.enrolling import base_pictures
from qince.employee.attendance.faces.tests.scene import (
    browser,
    compared,
    grey,
    open_faces,
    press,
    shown,
    turned,
    willing,
)


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
