"""The console's markup and scripts: complete, open to everybody, clean under the security policy."""

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import pytest
from django import forms
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from qince.kit import assets, flash, gallery, navigation, search
from qince.kit.actor import EVERYONE, Actor
from qince.kit.csp import Middleware
from qince.kit.icons import known_icons
from qince.kit.tones import initials, tone_of

STATIC = Path(__file__).parents[1] / "static"
MODULES = sorted((STATIC / "kit/js").glob("*.js"))
SHEETS = sorted((STATIC / "kit/css").glob("*.css"))
VOID = {"img", "input", "br", "hr", "meta", "link", "use", "path", "circle", "rect"}


class Page(HTMLParser):
    """A page's elements: (tag, attributes), with the text that stands inside buttons and links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.named: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.elements.append((tag, values))
        if label := values.get("aria-label"):
            self.handle_data(label)
        if tag in ("button", "a"):
            words: list[str] = []
            self.named.append((tag, values, words))
            self._open.append((tag, words))

    def handle_endtag(self, tag):
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data):
        for _tag, words in self._open:
            words.append(data)

    def all(self, tag):
        return [values for name, values in self.elements if name == tag]

    def ids(self):
        return [values["id"] for _tag, values in self.elements if values.get("id")]


@pytest.fixture
def request_(rf: RequestFactory, monkeypatch):
    request = rf.get("/gallery/")
    request.session = {}
    request._messages = FallbackStorage(request)
    request.actor = Actor(UUID(int=1), None, name="王芳", is_system=True)
    monkeypatch.setattr(navigation, "_badge", lambda item, actor: None)  # what waits is a feature's to count
    return request


@pytest.fixture(params=["zh-hans", "en"])
def page(request, request_):
    with override(request.param):
        return gallery.view(request_).content.decode()


def test_no_component_tag_or_template_tag_reaches_the_browser(page):
    assert "q-stat-value" in page
    assert "<c-" not in page
    assert "</c-" not in page
    assert "{{" not in page
    assert "{%" not in page


def test_pages_carry_nothing_that_the_security_policy_would_block(page):
    for tag, values in Page(page).elements:
        assert "style" not in values, tag
        assert not [name for name in values if name.startswith("on")], tag
        assert not (values.get("href") or "").startswith("javascript:"), tag
        assert not [name for name in values if name.startswith(("hx-on", "data-hx-on"))], tag
    kinds = [script.get("type") for script in Page(page).all("script") if "src" not in script]
    assert set(kinds) <= {"importmap", "application/json"}


def test_every_control_says_what_it_does(page):
    for tag, values, words in Page(page).named:
        assert "".join(words).strip() or values.get("aria-label"), (tag, values)


def test_every_field_has_a_label_and_every_picture_an_alternative(page):
    parsed = Page(page)
    labelled = {label.get("for") for label in parsed.all("label")}
    inside = re.findall(r"<label class=\"q-search\">.*?</label>", page, re.DOTALL)
    for field in [*parsed.all("input"), *parsed.all("select"), *parsed.all("textarea")]:
        if field.get("type") in ("hidden", "search"):
            continue
        assert field.get("id") in labelled or field.get("aria-label"), field
    assert inside
    assert all("visually-hidden" in each for each in inside)
    assert all("alt" in picture for picture in parsed.all("img"))


def test_ids_are_unique_and_references_lead_somewhere(page):
    parsed = Page(page)
    ids = parsed.ids()
    assert len(ids) == len(set(ids))
    for _tag, values in parsed.elements:
        for name in (
            "aria-controls",
            "aria-labelledby",
            "aria-describedby",
            "popovertarget",
            "data-dialog-open",
        ):
            for target in (values.get(name) or "").split():
                assert target in ids, (name, target)


def test_every_icon_on_the_page_is_in_the_sprite(page):
    used = {values["href"].partition("#")[2] for values in Page(page).all("use")}
    assert used
    assert used <= known_icons()


def test_an_unknown_icon_shows_a_mark_instead_of_breaking_the_page():
    shown = Template("{% load kit %}{% icon 'no-such-icon' %}").render(Context())
    assert "#help" in shown


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404"])
def test_error_pages_render_with_a_way_out(name, request_):
    text = render_to_string(f"{name}.html", request=request_)
    assert 'href="/"' in text
    assert "<c-" not in text


def test_the_500_page_needs_no_context_and_no_hashed_file():
    text = render_to_string("500.html")
    assert "/static/kit/css/error.css" in text
    assert "{" not in text


def test_the_import_map_is_allowed_by_its_hash_and_nothing_else_is(request_):
    text = gallery.view(request_).content.decode()
    written = re.search(r'<script type="importmap">(.*?)</script>', text, re.DOTALL)
    policy = Middleware(lambda r: HttpResponse()).process_response(request_, HttpResponse())
    script = re.search(r"script-src ([^;]*)", policy["Content-Security-Policy"])
    assert written
    assert script
    assert assets.content_hash(written[1]) in script[1]
    assert "unsafe" not in policy["Content-Security-Policy"]


def test_a_page_without_an_import_map_allows_no_inline_script(rf):
    request = rf.get("/")
    policy = Middleware(lambda r: HttpResponse()).process_response(request, HttpResponse())
    assert "sha256" not in policy["Content-Security-Policy"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_modules_import_by_name_and_touch_no_markup_strings(path):
    source = path.read_text()
    imported = re.findall(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""", source)
    assert set(imported) <= set(assets.modules()), imported
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source
    )


def test_every_module_in_the_import_map_exists():
    assert assets.modules().keys() >= {"htmx", "leaflet", "echarts", "qince/map"}
    for paths in assets._modules.values():
        for path in paths.values():
            if not path.startswith("pwa/"):
                assert (STATIC / path).exists() or not path.startswith(("kit/", "vendor/")), path


def test_words_of_the_scripts_are_all_sent_with_the_page(request_):
    said = {name for path in MODULES for name in re.findall(r'\bsay\("(\w+)"', path.read_text())}
    sent = json.loads(
        re.search(r'<script id="q-strings"[^>]*>(.*?)</script>', gallery.view(request_).content.decode())[1]
    )
    assert said
    assert said <= sent.keys()


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_sheets_name_only_files_that_exist(path):
    for target in re.findall(r'url\("?([^")]+)', path.read_text()):
        assert target.startswith("data:") or (path.parent / target).resolve().exists(), target


def test_vendored_files_are_as_they_were_fetched_and_name_no_source_maps():
    manifest = json.loads((STATIC / "vendor/vendor.json").read_text())
    for name, entry in manifest.items():
        folder = STATIC / "vendor" / entry["folder"]
        assert (folder / "LICENSE").exists(), name
        for file, digest in entry["sha256"].items():
            content = (folder / file).read_bytes()
            assert hashlib.sha256(content).hexdigest() == digest, file
            assert b"sourceMappingURL" not in content, file


class Shop(forms.Form):
    name = forms.CharField(help_text="As on the sign")
    is_key = forms.BooleanField(required=False)
    days = forms.MultipleChoiceField(
        choices=[("1", "Mon")], widget=forms.CheckboxSelectMultiple, required=False
    )
    code = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_ties_its_help_and_its_error_to_itself():
    page = Page(str(Shop({"name": ""})))
    field = next(values for values in page.all("input") if values.get("name") == "name")
    assert field["aria-invalid"] == "true"
    assert set(field["aria-describedby"].split()) == {"id_name_error", "id_name_helptext"}
    assert {"id_name_error", "id_name_helptext"} <= set(page.ids())
    assert field["class"] == "form-control is-invalid"


def test_checkboxes_stand_inside_their_labels():
    text = str(Shop())
    assert re.search(r'<label class="form-check" for="id_is_key"><input type="checkbox"', text)
    assert re.search(r'<label class="form-check" for="id_days_0"><input type="checkbox"', text)
    assert 'type="hidden"' in text
    assert text.count("<label") == 3


def test_form_errors_are_announced():
    form = Shop({"name": "x"})
    form.add_error(None, "Already known")
    assert re.search(r'role="alert".*Already known', str(form), re.DOTALL)


@pytest.fixture
def clean_navigation(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_commands", {})
    monkeypatch.setattr(navigation, "_groups", {"": (0, "")})
    monkeypatch.setattr(navigation, "reverse", lambda name: f"/{name.replace(':', '/')}/")


def rep(**permissions):
    return Actor(UUID(int=1), None, permissions=permissions)


def test_the_menu_offers_what_the_actor_may_in_the_order_of_its_groups(clean_navigation):
    navigation.group("people", "People", order=30)
    navigation.group("sales", "Sales", order=20)
    navigation.entry("staff", "Staff", icon="users", url="staff", group="people", permission="people.view")
    navigation.entry(
        "visits", "Visits", icon="flag", url="visits", group="sales", order=2, permission="visits.view"
    )
    navigation.entry("routes", "Routes", icon="route", url="routes", group="sales", order=1)

    seen = navigation.menu(rep(**{"visits.view": EVERYONE}), "/visits/7/")

    assert [(section.label, [item.entry.name for item in section.items]) for section in seen] == [
        ("Sales", ["routes", "visits"])
    ]
    assert [item.is_current for item in seen[0].items] == [False, True]
    assert navigation.menu(None, "/") == []


def test_only_the_most_specific_entry_is_current(clean_navigation):
    navigation.entry("visits", "Visits", icon="flag", url="visits")
    navigation.entry("photos", "Photos", icon="photo", url="visits:photos", badge=lambda actor: 3)

    items = navigation.menu(rep(), "/visits/photos/2/")[0].items

    assert {item.entry.name: (item.is_current, item.badge) for item in items} == {
        "visits": (False, None),
        "photos": (True, 3),
    }


def test_a_menu_entry_with_no_address_or_icon_is_reported_at_start(monkeypatch):
    monkeypatch.setattr(navigation, "_commands", {})
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.entry("lost", "Lost", icon="no-such-icon", url="no:such")
    assert [problem.id for problem in navigation.check_navigation()] == ["kit.E101", "kit.E102"]


def test_search_needs_a_signed_in_actor_and_bounds_what_each_provider_returns(rf, monkeypatch):
    asked = []

    def stores(actor, text):
        asked.append((actor, text))
        return (search.Found(f"Store {n}", f"/stores/{n}/") for n in range(100))

    monkeypatch.setattr(search, "_providers", [("Stores", stores)])
    request = rf.get("/search", {"q": " sun "})
    assert search.view(request).status_code == 401
    assert asked == []

    request.actor = rep()
    results = json.loads(search.view(request).content)["results"]

    assert asked == [(request.actor, "sun")]
    assert [result["label"] for result in results] == [f"Store {n}" for n in range(5)]
    assert results[0] == {
        "group": "Stores",
        "label": "Store 0",
        "hint": "",
        "url": "/stores/0/",
        "icon": "file-text",
    }


def test_a_notice_offers_to_undo_by_post(request_):
    flash.flash(request_, "Saved <b>", undo="/visits/7/undo/")
    text = gallery.view(request_).content.decode()
    assert '<form method="post" action="/visits/7/undo/">' in text
    assert "Saved &lt;b&gt;" in text


def test_a_notice_after_an_htmx_act_travels_in_a_header():
    response = HttpResponse()
    flash.flash_now(response, "Gespeichert ✓", level="warning")
    assert json.loads(response["HX-Trigger"]) == {
        "toast": {"text": "Gespeichert ✓", "level": "warning", "undo": ""}
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王芳", "王芳"),
        ("欧阳静怡", "静怡"),
        ("Li Na", "LN"),
        ("Anna Maria Rossi", "AR"),
        ("", "?"),
        ("Cher", "C"),
    ],
)
def test_initials(name, expected):
    assert initials(name) == expected


def test_a_state_nobody_named_is_grey_and_a_tone_is_itself():
    assert [tone_of("in-progress"), tone_of("no_such"), tone_of("purple"), tone_of(None)] == [
        "blue",
        "grey",
        "purple",
        "grey",
    ]


def test_query_changes_keep_the_other_filters(rf):
    context = Context({"request": rf.get("/visits/", {"state": "late", "after": "9"})})
    link = Template("{% load kit %}{% query sort='name' after=None %}").render(context)
    assert link == "?state=late&amp;sort=name"
