"""The notice is made from the declarations, and every version of it is kept."""

import pytest
from django.utils import translation

from qince.core.organizations.models import Organization
from qince.core.people.tests import factories as people
from qince.core.privacy import notice
from qince.core.privacy.documents import HEADING
from qince.core.privacy.models import NoticeVersion
from qince.core.privacy.registry import Kind, Personal, declared

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


def document(organization, language="en", kind="privacy"):
    content = notice.current(organization, language).content
    return next(each for each in content["documents"] if each["kind"] == kind)


def paragraphs(organization, language="en", anchor=None):
    return [
        paragraph
        for section in document(organization, language)["sections"]
        if anchor in (None, section["anchor"])
        for paragraph in section["paragraphs"]
    ]


@LANGUAGES
@pytest.mark.clause("C0-11")
@pytest.mark.clause("C0-15")
def test_nine_parts_in_the_agreed_order_with_the_contact_last(language):
    sections = document(None, language)["sections"]
    assert [section["anchor"] for section in sections] == ["preamble", *notice.PARTS]
    assert sections[-1]["anchor"] == "contact"
    assert all(section["title"] and section["paragraphs"] for section in sections)


def test_the_user_agreement_is_a_second_document_of_the_same_parts_in_both_languages():
    anchors = [
        [section["anchor"] for section in document(None, language, "terms")["sections"]]
        for language in ("zh-hans", "en")
    ]
    assert anchors[0] == anchors[1]


def printed(shown):
    """Every text with whether it is bold: paragraphs, and the cells of tables."""
    for each in shown:
        yield each["text"], each["sensitive"]
        for row in each.get("rows", ()):
            yield from ((cell, row["sensitive"]) for cell in row["cells"])


@LANGUAGES
@pytest.mark.clause("C0-10")
def test_everything_declared_sensitive_is_bold(language):
    shown = paragraphs(None, language)
    bold, plain = ([text for text, is_bold in printed(shown) if is_bold is kind] for kind in (True, False))
    with translation.override(language):
        for purpose in declared.purposes.values():
            texts = (str(purpose.scope), str(purpose.method), str(purpose.if_refused))
            where = bold if purpose.kind is Kind.SENSITIVE else plain
            assert all(any(text in each for each in where) for text in texts), purpose.code
        sensitive = {
            str(meaning.category)
            for meaning in declared.fields.values()
            if isinstance(meaning, Personal) and meaning.kind is Kind.SENSITIVE
        }
    assert sensitive
    for category in sensitive:
        assert any(category in each for each in bold)
        assert not any(category in each for each in plain)


@LANGUAGES
@pytest.mark.clause("C1.2-03")
def test_each_purpose_says_why_what_how_and_what_refusing_means(language):
    headings = [p["text"] for p in paragraphs(None, language, "collection") if p["style"] == HEADING]
    with translation.override(language):
        for purpose in declared.purposes.values():
            texts = (purpose.title, purpose.why, purpose.scope, purpose.method, purpose.if_refused)
            assert all(str(text).strip() for text in texts), purpose.code
            assert str(purpose.title) in headings


def test_the_operator_comes_from_the_settings(settings):
    settings.OPERATOR = {
        "name": "Blue Kite Ltd",
        "address": "1 Quay Road",
        "email": "a@b.example",
        "phone": "",
    }
    texts = [p["text"] for p in paragraphs(None, anchor="contact")]
    assert "Operator: Blue Kite Ltd" in texts
    assert "E-mail: a@b.example" in texts
    settings.OPERATOR = {**settings.OPERATOR, "name": "Grey Heron Ltd"}
    assert "Operator: Grey Heron Ltd" in [p["text"] for p in paragraphs(None, anchor="contact")]


@pytest.mark.clause("C0-07")
@pytest.mark.clause("C2.0-05")
def test_a_function_switched_off_leaves_the_notice_of_that_organization_only():
    with_visits, without = people.organization("甲"), people.organization("乙")
    without.settings = {"location_visits": "off"}
    without.save()
    with translation.override("en"):
        visits = {
            str(each.title) for each in declared.functions.values() if each.setting == "location_visits"
        }
    shown = [{p["text"] for p in paragraphs(each, anchor="collection")} for each in (with_visits, without)]
    assert len(visits) == 2
    gone = shown[0] - shown[1]
    assert {text.partition(". ")[0] for text in gone} == visits
    assert shown[1] - shown[0] == set()


def test_without_any_function_that_uses_it_a_purpose_is_not_asked_for(monkeypatch):
    monkeypatch.delitem(declared.functions, "forms.place")
    organization = people.organization(
        "丙", settings={"location_visits": "off", "location_attendance": "off"}
    )
    codes = [purpose["code"] for purpose in notice.current(organization, "en").content["purposes"]]
    assert "location" not in codes
    open_ones = notice.current(None, "en").content["purposes"]
    assert "location" in [purpose["code"] for purpose in open_ones]


def test_purposes_that_are_duties_are_told_but_not_asked():
    content = notice.current(None, "en").content
    assert "security" not in [purpose["code"] for purpose in content["purposes"]]
    assert "Protecting accounts" in [p["text"] for p in paragraphs(None, anchor="collection")]


@pytest.mark.clause("C0-01")
def test_an_earlier_version_opens_unchanged_after_the_text_has_changed():
    organization = people.organization("丁")
    before = notice.current(organization, "en")
    Organization.objects.filter(pk=organization.pk).update(name="戊")
    organization.refresh_from_db()
    after = notice.current(organization, "en")
    assert after.hash != before.hash
    kept = NoticeVersion.objects.get(hash=before.hash)
    assert (kept.content, kept.version, kept.released_at) == (
        before.content,
        before.version,
        before.released_at,
    )
    assert kept.version != after.version
    assert set(notice.versions(organization, "en")) >= {before, after}


def test_the_text_in_force_is_known_by_its_hash_and_an_earlier_one_is_not():
    organization = people.organization("己")
    before = notice.current(organization, "zh-hans")
    assert notice.in_force(before.hash, organization) == before
    assert notice.in_force(notice.current(None, "en").hash, organization) is not None
    organization.name = "庚"
    organization.save()
    assert notice.in_force(before.hash, organization) is None


def test_serving_the_same_text_twice_keeps_it_once():
    first = notice.current(None, "en")
    assert notice.current(None, "en") == first
    assert NoticeVersion.objects.filter(hash=first.hash).count() == 1
