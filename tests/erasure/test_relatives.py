"""The dead and their close relatives (C6.6-02): erasure, a copy cut to their interest, and the wish of the dead."""

import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qince.core.audit.models import Entry
from qince.core.erasure import copies
from qince.core.erasure.sweeping import sweep
from qince.core.letters.models import Letter
from qince.core.people.actions import leave
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.rights.actions.own import make_legacy
from qince.core.rights.models import Case, CaseFile, Legacy
from qince.core.rights.screens import CASES
from qince.kit import clock
from qince.kit.tenancy import tenant
from qince.kit.vault import api as vault
from tests.erasure.outside import OF_ANOTHER, PDF, act, again, finish, opened, tell_everybody, without_effect
from tests.erasure.planting import canary


@pytest.fixture
def late(house):
    """A member, planted everywhere, who then died."""
    return canary(house, "ZQ7canary")


def of_relative(desk, late, **fields):
    house = late.organization
    case = opened(
        desk, house, "relative", subject=late.employee, contact_name="王强", contact_mobile="13955554444",
        details="家属来信", **fields,
    )  # fmt: skip
    for role in ("death", "kinship"):
        act(desk, case, "file", role=role, file=SimpleUploadedFile(f"{role}.pdf", PDF + role.encode()))
    assert act(desk, case, "verify", how="证件").status_code == 422  # own interest is not shown yet
    act(desk, case, "file", role="interest", file=SimpleUploadedFile("interest.pdf", PDF))
    assert act(desk, case, "verify", how="证件").status_code == 302
    return case


@pytest.mark.clause("C6.6-02")
def test_a_relative_has_the_dead_members_data_erased(desk, house, late, django_capture_on_commit_callbacks):
    case = of_relative(desk, late, asked="delete")
    assert act(desk, case, "answer", answer="已删除").status_code == 422
    assert act(desk, case, "carry").status_code == 302
    done, letters = finish(house)
    assert done.proof["key_destroyed"] is True
    with tenant(house):
        assert Employee.objects.get(pk=late.employee.pk).name == done.pseudonym
        assert Letter.objects.get(pk=letters[0]).mobile == ""  # to the relative, and forgotten
    assert act(desk, case, "answer", answer="已删除").status_code == 422  # recipients first
    tell_everybody(desk, case)
    with django_capture_on_commit_callbacks(execute=True):
        assert act(desk, case, "answer", answer="已删除").status_code == 302
    with tenant(house):
        proofs = CaseFile.objects.filter(case=case.pk)
        assert [bool(each.sealed) for each in proofs] == [False] * 3
    left = [hit.place for hit in sweep("ZQ7canary") if hit.place not in OF_ANOTHER]
    assert left == []


@pytest.mark.clause("C6.6-02")
def test_the_wish_to_be_erased_comes_before_the_relatives_wish_for_a_copy(desk, house, late):
    with tenant(house):
        make_legacy(people.actor(late.employee), now=clock.now(), wish="erase")
    case = of_relative(desk, late, asked="copy")
    page = desk[1].get(f"/privacy-requests/{case.pk}/").text
    assert "Carry the deletion out" in page
    assert without_effect(desk, case, "copy")
    assert act(desk, case, "answer", answer="附件").status_code == 422
    assert act(desk, case, "carry").status_code == 302
    finish(house)
    tell_everybody(desk, case)
    assert act(desk, case, "answer", answer="依其生前安排已全部删除").status_code == 302
    with tenant(house):
        assert vault.is_destroyed(house.pk, late.employee.pk)
        assert Case.objects.get(pk=case.pk).state == "answered"


def test_the_wish_to_keep_everything_carries_nothing_out(desk, house, late):
    with tenant(house):
        make_legacy(people.actor(late.employee), now=clock.now(), wish="keep")
    case = of_relative(desk, late, asked="delete")
    for name in ("carry", "copy"):
        assert without_effect(desk, case, name)
    assert act(desk, case, "answer", answer="已删除").status_code == 422
    refused = act(desk, case, "refuse", ground="rights", text="逝者生前另有安排", tried="已尝试遮蔽")
    assert refused.status_code in (302, 422)
    assert again(house, late.employee).name == late.employee.name


@pytest.fixture
def gone(house, late):
    with tenant(house):
        leave(people.actor(people.employee("人事", roles=["administrator"])), late.employee, now=clock.now())
    return late


def handed_over(desk, house, case):
    """The package as the officer takes it: its index, and the rows of each kind of records."""
    with tenant(house):
        copy = copies.copies_for(house.pk, case)[0]
    copies.make(house.pk, copy.pk, now=clock.now())
    answer = desk[1].post(f"/privacy-requests/{case.pk}/copy/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    rows = {
        name.removeprefix("data/").rsplit("-", 1)[0]: json.loads(archive.read(name))
        for name in archive.namelist()
        if name.startswith("data/")
    }
    return archive, json.loads(archive.read("index.json")), rows


@pytest.mark.clause("C6.6-02")
def test_a_relatives_copy_holds_what_their_own_interest_covers_and_says_so(desk, house, gone):
    case = of_relative(desk, gone, asked="copy")
    assert without_effect(desk, case, "copy")  # nobody has decided how far the interest reaches
    form = desk[1].get(CASES.url("act", case.pk, "interest")).text
    assert 'value="attendance.punch"' in form
    assert (
        re.search(r"<input[^>]* checked", form) is None
    )  # no message, no position, nothing of health unless an officer says so
    for kept_back in ("files.blob", "accounts.device", "sync.operation", "watch.reading", "rights.case"):
        assert f'value="{kept_back}"' not in form
    reason = "核算尚欠的工资"
    for wrong in ({"kinds": []}, {"kinds": ["files.blob"]}, {"kinds": ["attendance.punch"], "reason": " "}):
        assert act(desk, case, "interest", **{"reason": reason, **wrong}).status_code == 422
    chosen = {"kinds": ["attendance.punch", "attendance.dayresult"], "reason": reason}
    assert act(desk, case, "interest", **chosen).status_code == 302
    assert reason in desk[1].get(f"/privacy-requests/{case.pk}/").text
    assert act(desk, case, "copy").status_code == 302
    archive, index, rows = handed_over(desk, house, case)
    assert {key.split(".self")[0].rsplit(".", 1)[0] for key in rows} <= {
        "attendance.punch",
        "attendance.dayresult",
    }
    [punch] = rows["attendance.punch.employee"]
    assert "kind" in punch
    assert not {"lat", "lng", "distance_m", "envelope"} & set(punch)
    assert index["scope"] == {"kinds": ["attendance.dayresult", "attendance.punch"], "sensitive": []}
    assert index["person"] == ""
    said = archive.read("index.en.html").decode()
    assert "these kinds of records and nothing else" in said
    assert "No sensitive data is in it." in said
    assert "Records of others that speak of you" not in said
    assert "ZQ7canary-name" not in "".join(
        archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()
    )
    with tenant(house):
        entry = Entry.objects.get(action="rights.limit_to_interest")
        assert (len(entry.changes["interest"]), entry.changes["sensitive"], entry.changes["reason"]) == (
            2,
            [],
            reason,
        )
        kept = {"kinds": ["attendance.dayresult", "attendance.punch"], "sensitive": []}
        assert copies.copies_for(house.pk, case).get().scope == Case.objects.get(pk=case.pk).interest == kept


def test_sensitive_data_is_in_a_relatives_copy_where_the_officer_named_it(desk, house, gone):
    case = of_relative(desk, gone, asked="copy")
    chosen = {
        "kinds": ["attendance.punch", "people.employee"],
        "sensitive": ["location"],
        "reason": "工伤认定",
    }
    assert act(desk, case, "interest", **chosen).status_code == 302
    assert act(desk, case, "copy").status_code == 302
    archive, index, rows = handed_over(desk, house, case)
    assert {"lat", "lng", "distance_m"} <= set(rows["attendance.punch.employee"][0])
    assert index["scope"]["sensitive"] == ["location"]
    assert "No sensitive data is in it." not in archive.read("index.en.html").decode()


def test_what_the_dead_gave_to_this_relative_is_cut_by_nobody(desk, house, gone):
    with tenant(house):
        Legacy.objects.create(employee=gone.employee, wish="give", trusted_name="王强", made_at=clock.now())
    case = of_relative(desk, gone, asked="copy")
    assert "Decide what the interest covers" not in desk[1].get(f"/privacy-requests/{case.pk}/").text
    assert act(desk, case, "copy").status_code == 302
    _archive, index, rows = handed_over(desk, house, case)
    assert "scope" not in index
    assert "letters.letter.employee" in rows


def test_a_colleague_who_asks_as_a_relative_is_not_taken_for_the_dead(desk, house):
    with tenant(house):
        people.employee("王强", mobile="+8613955554444")
    case = opened(desk, house, "relative", asked="delete", contact_name="王强", contact_mobile="13955554444")
    assert again(house, case).subject_id is None
    for role in ("death", "kinship", "interest"):
        act(desk, case, "file", role=role, file=SimpleUploadedFile(f"{role}.pdf", PDF + role.encode()))
    assert act(desk, case, "verify", how="证件").status_code == 422  # whose data is still to be said
