"""A privacy officer is named in the notice, and after the erasure in no version of it."""

import io
import json

import pytest
from django.test import Client
from pypdf import PdfReader

from qince.core.erasure import subjects, working
from qince.core.erasure.actions import erase, plan_for
from qince.core.erasure.sweeping import sweep
from qince.core.people.tests import factories as people
from qince.core.privacy import notice
from qince.core.privacy.models import NoticeVersion
from qince.kit import clock
from qince.kit.tenancy import tenant
from tests.access.planting import phone_token

MARKER = "ZQ5officer"
API = "/api/phone/v1"


@pytest.fixture
def house(db, data_folder):
    return people.organization()


@pytest.fixture
def reader(house):
    """A member who reads the notice in the browser, and the officers who are named there."""
    with tenant(house):
        people.employee(f"{MARKER}静", roles=["privacy_officer"])
        boss = people.employee("老板", roles=["administrator"])
        return people.browser(boss, "en"), boss


def readings(house, reader):
    """The text as page, PDF, phone and kept version show it."""
    browser, boss = reader
    found = notice.current(house, "en")
    paper = browser.get(f"/notice/privacy.pdf?version={found.hash}").content
    pages = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    with tenant(house):
        token = phone_token(boss)
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en", "Qince-Protocol": "1"}
    return {
        "page": browser.get("/notice/").text,
        "kept": browser.get(f"/notice/versions/{found.hash}/").text,
        "phone": json.dumps(Client().get(f"{API}/notice", headers=headers).json(), ensure_ascii=False),
        "version": json.dumps(Client().get(f"{API}/notice/versions/{found.hash}").json(), ensure_ascii=False),
        "paper": pages,
    }


def erased(house, boss):
    with tenant(house):
        person = people.Employee.objects.get(name__startswith=MARKER)
        subject = subjects.of_employee(person)
        people.employee("后任", roles=["privacy_officer"])  # the last one cannot go
        begun = erase(people.actor(boss), plan_for(subject), now=clock.now())
    return working.carry_out(house.pk, begun.pk, now=clock.now())


@pytest.mark.clause("C9-01")
def test_the_name_is_shown_everywhere_and_kept_nowhere(house, reader):
    told = readings(house, reader)
    assert {where for where, text in told.items() if MARKER not in text} == set()
    assert not any(
        MARKER in json.dumps(each.content, ensure_ascii=False) for each in NoticeVersion.objects.all()
    )


def test_after_the_erasure_every_version_stands_and_names_nobody(house, reader):
    browser, boss = reader
    before = notice.current(house, "en")
    browser.get("/notice/")
    done = erased(house, boss)
    assert [hit.place for hit in sweep(MARKER)] == []
    kept = NoticeVersion.objects.get(pk=before.pk)
    assert (kept.hash, kept.content) == (before.hash, before.content)
    page = browser.get(f"/notice/versions/{before.hash}/").text
    assert MARKER not in page
    assert done.pseudonym in page
    now = browser.get("/notice/").text
    assert "后任" in now
    assert done.pseudonym not in now


def test_the_general_notice_and_another_organization_name_nobody_of_here(house, reader):
    other = people.organization("别家")
    for text in (notice.opened(notice.current(None, "en")), notice.opened(notice.current(other, "en"))):
        assert MARKER not in json.dumps(text, ensure_ascii=False)
