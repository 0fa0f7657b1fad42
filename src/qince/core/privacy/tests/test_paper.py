"""The notice on paper, and the page about the life of each field."""

import io

import pytest
from pypdf import PdfReader

from qince.core.people.tests import factories as people
from qince.core.privacy import notice
from qince.core.privacy.lifecycle import lives
from qince.core.privacy.paper import pdf
from qince.core.privacy.registry import declared
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def text_of(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("kind", ["privacy", "terms"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_part_is_on_paper_with_version_and_hash(language, kind):
    shown = notice.current(None, language)
    read = text_of(pdf(shown, kind)).replace("\n", "").replace(" ", "")
    [document] = [each for each in shown.content["documents"] if each["kind"] == kind]
    for section in document["sections"]:
        assert section["title"].replace(" ", "") in read
    assert shown.hash in read
    assert shown.version in read


def test_the_pages_are_a4_and_the_address_serves_a_pdf(client):
    answer = client.get("/notice/privacy.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    page = PdfReader(io.BytesIO(answer.content)).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert client.get("/notice/privacy.pdf?version=unknown").status_code == 404


@pytest.mark.clause("C5.2-01")
def test_the_life_of_every_field_is_told_from_collecting_to_erasing(client):
    told = lives()
    assert sum(len(each.names.split()) for each in told) == len(declared.personal())
    assert all(each.collected and each.stored and each.used and each.shared and each.erased for each in told)
    client.cookies["language"] = "en"
    page = client.get("/notice/life/").content.decode()
    tables = {key.rpartition(".")[0] for key in declared.personal()}
    assert all(table in page for table in tables)


@pytest.mark.clause("C9-01")
def test_the_privacy_officers_are_named_in_the_notice_of_their_organization(organization):
    with tenant(organization):
        people.employee("陈静", roles=("privacy_officer",))
    texts = [
        paragraph["text"]
        for document in notice.opened(notice.current(organization, "en"))["documents"]
        for section in document["sections"]
        for paragraph in section["paragraphs"]
    ]
    assert "Privacy officers of your organization: 陈静" in texts
