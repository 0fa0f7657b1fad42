"""Visits in the console: who sees which, and what stands on the pages."""

import pytest
from django.urls import reverse
from PIL import ImageDraw

from qince.core.people.tests import factories as people
from qince.core.people.tests.test_screens import PeopleSuite
from qince.kit.tenancy import tenant
from qince.kit.testing import read_csv
from qince.sales.visits import queries, rules
from qince.sales.visits.screens import VISITS
from qince.sales.visits.tests import factories, records

pytestmark = pytest.mark.usefixtures("data_folder")


class TestVisits(PeopleSuite):
    resource = VISITS

    def make(self, n):
        rep = people.employee("王芳")
        return [records.visit(rep, factories.store(rep, name=f"门店{i:03d}")) for i in range(n)]


@pytest.fixture
def team(organization):
    """A manager with one rep below, and another rep who reports to nobody."""
    with tenant(organization):
        manager = people.employee("陈晓东", roles=["manager"])
        mine = factories.rep("王芳", leader=manager)
        other = factories.rep("李娜")
        own = records.visit(mine, factories.store(mine, name="苏果便利"))
        foreign = records.visit(other, factories.store(other, name="全家便利"))
        records.photo(own, records.picture(1))
        records.photo(foreign, records.picture(2))
        yield {"manager": manager, "mine": mine, "own": own, "foreign": foreign}


def in_tenant(team, do):
    with tenant(team["manager"].organization_id):
        return do()


def test_a_manager_sees_only_the_own_reporting_line(team):
    browser = people.browser(team["manager"])
    own, foreign = team["own"], team["foreign"]
    text = browser.get(reverse("visits:visit_list")).text
    assert "苏果便利" in text
    assert "全家便利" not in text
    assert browser.get(reverse("visits:visit_detail", args=[own.pk])).status_code == 200
    for name in ("visit_detail", "visit_print_one"):
        assert browser.get(reverse(f"visits:{name}", args=[foreign.pk])).status_code == 404


def test_exports_counts_photos_and_search_end_at_the_reporting_line(team):
    browser = people.browser(team["manager"])
    table = read_csv(browser.get(reverse("visits:visit_export_csv")))
    assert [row[0] for row in table[1:]] == ["苏果便利"]
    assert "1 of 1" in browser.get(reverse("visits:visit_list")).text
    wall = browser.get(reverse("visits:photos"))
    assert [shot.photo.visit_id for shot in wall.context["shots"]] == [team["own"].pk]
    found = browser.get(reverse("search"), {"q": "便利"}).json()["results"]
    labels = [each["label"] for each in found if each["url"].startswith("/visits/")]
    assert labels == ["苏果便利"]
    assert browser.get(reverse("visits:visit_filter", args=["employee"])).text.count("李娜") == 0


@pytest.mark.parametrize("kind", ["thumbnail", "display", "original"])
def test_a_photo_is_shown_to_the_visits_managers_only(team, kind):
    browser = people.browser(team["manager"])
    own = team["own"].photos.get().blob_id
    foreign = team["foreign"].photos.get().blob_id
    answer = browser.get(reverse(f"files:{kind}", args=[own]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"
    assert browser.get(reverse(f"files:{kind}", args=[foreign])).status_code == 404


def test_files_are_never_run_and_kept_by_nobody_else(team):
    browser = people.browser(team["manager"])
    url = reverse("files:original", args=[team["own"].photos.get().blob_id])
    answer = browser.get(url)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"].startswith("private")
    assert answer["Content-Disposition"].startswith("attachment")
    assert browser.get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_the_original_is_the_evidence_byte_for_byte(team):
    photo = team["own"].photos.get()
    answer = people.browser(team["manager"]).get(reverse("files:original", args=[photo.blob_id]))
    assert b"".join(answer.streaming_content) == records.picture(1)


def test_a_photo_with_watermark_is_drawn_and_written_down(team):
    from qince.core.audit.models import Entry

    photo = team["own"].photos.get()
    url = reverse("visits:photo_watermarked", args=[team["own"].pk, photo.pk])
    answer = people.browser(team["manager"]).get(url)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.content != records.picture(1)
    assert Entry.objects.filter(action="visits.download_watermarked", target_id=team["own"].pk).count() == 1
    assert people.browser(team["mine"]).get(url).status_code == 403  # a rep may look, not export


def watching(name, masks=()):
    """Somebody who sees and exports every visit, positions aside where `masks` says so."""
    codes = ["visits.view", "visits.export", "people.view"]
    return people.browser(people.holding(people.employee(name), *codes, masked=masks))


def test_a_photo_gives_its_position_to_whom_the_role_shows_positions_and_to_nobody_else(team, monkeypatch):
    """On the wall, the page, the paper and the handed-on picture, and in the metadata of the original."""
    photo, visit = team["own"].photos.get(), team["own"]
    clear, masked = in_tenant(team, lambda: (watching("看得见"), watching("看不见", [rules.MASK_POSITION])))
    place = f"{photo.lat:.5f}"
    drawn = []
    monkeypatch.setattr(ImageDraw.ImageDraw, "text", lambda pen, at, line, **_rest: drawn.append(line))
    pages = [reverse("visits:photos")] + [
        reverse(f"visits:{name}", args=[visit.pk]) for name in ("visit_detail", "visit_print_one")
    ]
    for url in pages:
        assert place in clear.get(url).text, url
        hidden = masked.get(url).text
        assert place not in hidden, url
        assert "SHA-256" in hidden, url
        assert "±12 m" not in hidden, url
    marked = reverse("visits:photo_watermarked", args=[visit.pk, photo.pk])
    for browser, is_told in ((clear, True), (masked, False)):
        drawn.clear()
        assert browser.get(marked).status_code == 200
        assert any(place in line for line in drawn) is is_told
        assert any("SHA-256" in line for line in drawn)
    for kind, answers in (("original", (200, 404)), ("thumbnail", (200, 200)), ("display", (200, 200))):
        url = reverse(f"files:{kind}", args=[photo.blob_id])
        assert (clear.get(url).status_code, masked.get(url).status_code) == answers, kind


def test_a_place_typed_by_hand_is_told_as_a_position_is(team, monkeypatch):
    """Somebody who shared no position said where they were: that is one."""
    visit, typed = team["own"], "中山路9号后门"
    said = {"verdict": "manual", "lat": None, "lng": None, "distance_m": None, "place_text": typed}
    in_tenant(team, lambda: [rows.update(**said) for rows in (visit.check_events, visit.photos)])
    clear, masked = in_tenant(team, lambda: (watching("看得见"), watching("看不见", [rules.MASK_POSITION])))
    pages = [reverse("visits:photos"), reverse("visits:visit_detail", args=[visit.pk])]
    for url in [*pages, reverse("visits:visit_print_one", args=[visit.pk])]:
        assert typed in clear.get(url).text, url
        assert typed not in masked.get(url).text, url
    drawn = []
    monkeypatch.setattr(ImageDraw.ImageDraw, "text", lambda pen, at, line, **_rest: drawn.append(line))
    masked.get(reverse("visits:photo_watermarked", args=[visit.pk, visit.photos.get().pk]))
    assert drawn
    assert typed not in str(drawn)


@pytest.mark.clause("C2.2.4-04")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_shows_two_points_and_why_they_count(team, language):
    page = people.browser(team["manager"], language).get(
        reverse("visits:visit_detail", args=[team["own"].pk])
    )
    assert page.status_code == 200
    assert [check.event.kind for check in page.context["checks"]] == ["in", "out"]
    assert len(page.context["map"]["points"]) == 3  # the store and two points; no track between
    assert "trail" not in page.context["map"]
    assert "ab" * 32 in page.text
    assert "<c-" not in page.text


@pytest.mark.clause("C2.2.1-03")
def test_a_visit_out_of_range_is_marked_and_not_lost(team):
    def make():
        store = factories.store(team["mine"], name="罗森")
        return records.visit(team["mine"], store, verdict="outside", distance_m=480.0, reason="搬到对面")

    visit = in_tenant(team, make)
    browser = people.browser(team["manager"])
    text = browser.get(reverse("visits:visit_detail", args=[visit.pk])).text
    assert "480.0 m" in text
    assert "搬到对面" in text
    listed = browser.get(reverse("visits:visit_list"), {"exception": "1"}).text
    assert "罗森" in listed
    assert "苏果便利" not in listed


def test_a_photo_not_yet_here_is_shown_as_arriving(team):
    in_tenant(team, lambda: records.photo(team["own"], records.picture(9), has_arrived=False))
    browser = people.browser(team["manager"])
    assert "is-arriving" in browser.get(reverse("visits:visit_detail", args=[team["own"].pk])).text
    assert len(browser.get(reverse("visits:photos"), {"state": "arriving"}).context["shots"]) == 1


def test_the_photo_wall_pages_by_key(team, monkeypatch):
    from qince.sales.visits.views import photos

    monkeypatch.setattr(photos, "SIZE", 2)
    in_tenant(team, lambda: [records.photo(team["own"], records.picture(n)) for n in range(3, 6)])
    browser = people.browser(team["manager"])
    first = browser.get(reverse("visits:photos"))
    second = browser.get(reverse("visits:photos") + first.context["next"])
    seen = [shot.photo.pk for page in (first, second) for shot in page.context["shots"]]
    assert len(seen) == len(set(seen)) == 4
    assert second.context["previous"]


def test_is_exception_and_its_query_agree(team):
    def both():
        rep = team["mine"]
        for verdict in ("inside", "outside", "uncertain", "unusable", "manual"):
            for flags in ([], ["short"]):
                records.visit(rep, factories.store(rep), verdict=verdict, flags=flags)
        rows = queries.visits_visible_to(people.actor(team["manager"]))
        by_query = set(rows.filter(queries.EXCEPTION).values_list("pk", flat=True))
        assert by_query == {row.pk for row in rows if row.is_exception}
        assert len(by_query) == 8

    in_tenant(team, both)


def test_a_rep_sees_the_same_about_oneself(team):
    browser = people.browser(team["mine"])
    assert browser.get(reverse("visits:visit_detail", args=[team["own"].pk])).status_code == 200
    assert browser.get(reverse("visits:visit_detail", args=[team["foreign"].pk])).status_code == 404
    assert browser.get(reverse("visits:visit_export_csv")).status_code == 403
