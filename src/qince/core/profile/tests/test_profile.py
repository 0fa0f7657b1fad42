"""My personal information: each field apart, optional, seen by whom one likes, gone when cleared."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from qince.core.accounts.models import OutboxMessage
from qince.core.files.models import Blob
from qince.core.organizations.models import Organization
from qince.core.people.events import BirthdayEntered
from qince.core.people.models import Employee
from qince.core.people.screens import EMPLOYEES
from qince.core.people.tests import factories as people
from qince.core.profile import actions, queries
from qince.core.profile.models import Profile
from qince.core.profile.queries import FIELDS, shown_to
from qince.kit import clock, events
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant
from tests.access.planting import phone_token

NOW = clock.now()
EACH = {
    "nickname": "芳芳", "work_status": "出差", "gender": "female", "birthday": clock.now().date().replace(year=1990),
    "country": "中国", "residence": "南京", "address": "中山路 1 号", "phone": "025-88880000", "qq": "10001",
    "wechat": "wangfang",
}  # fmt: skip


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")


def picture(color):
    out = io.BytesIO()
    Image.new("RGB", (64, 64), color).save(out, "PNG")
    return out.getvalue()


def tell(employee, values, visibility=None):
    actor = people.actor(employee, client="phone")
    return actions.change_profile(actor, now=NOW, values=values, visibility=visibility or {})


@pytest.fixture
def scene(inside):
    leader = people.employee("李经理", roles=["manager"])
    return (
        people.employee("王芳", leader=leader, roles=["rep"]),
        leader,
        people.employee("旁人", roles=["rep"]),
    )


@pytest.mark.clause("C2.1.1-09")
def test_each_field_is_seen_by_whom_one_likes(scene):
    """Every optional field apart: nobody by default, leaders, or everybody; an account with none works."""
    person, leader, other = scene
    assert shown_to(people.actor(leader), person) == {}
    assert set(FIELDS) == set(EACH)
    tell(person, EACH)
    assert shown_to(people.actor(person), person) == EACH
    assert shown_to(people.actor(leader), person) == {}
    for name in EACH:
        tell(person, {}, {name: "leaders"})
        assert set(shown_to(people.actor(leader), person)) == {name}
        assert shown_to(people.actor(other), person) == {}
        tell(person, {}, {name: "everybody"})
        assert set(shown_to(people.actor(other), person)) == {name}
        tell(person, {}, {name: "nobody"})
    assert shown_to(people.actor(leader), person) == {}


@pytest.mark.clause("C2.1.1-10")
@pytest.mark.clause("C6.2-01")
def test_a_cleared_field_is_gone_from_directory_and_search(scene, client):
    person, leader, _other = scene
    tell(person, {"nickname": "小芳芳", "qq": "10001"}, {"nickname": "everybody", "qq": "everybody"})
    browser = people.browser(leader)
    page = EMPLOYEES.url("tab", person.pk, "personal")
    assert "10001" in browser.get(page).text
    assert [each["label"] for each in browser.get("/search", {"q": "小芳芳"}).json()["results"]] == ["王芳"]
    answer = people.browser(person).post(
        "/me/information/", {f"seen_by_{n}": "everybody" for n in (*FIELDS, "picture")}
    )
    assert answer.status_code == 302
    assert "10001" not in browser.get(page).text
    assert browser.get("/search", {"q": "小芳芳"}).json()["results"] == []
    held = Profile.objects.get(employee=person)
    assert not any(getattr(held, name) for name in FIELDS)


@pytest.mark.clause("C2.5.3-06")
def test_a_new_picture_erases_the_old_one(scene, data_folder):
    person, leader, _other = scene
    actor = people.actor(person)
    old = actions.set_picture(actor, now=NOW, content=picture("red")).picture
    tell(person, {}, {"picture": "leaders"})
    browser = people.browser(leader)
    link = f"/files/{old.pk}/thumbnail/"
    assert browser.get(link).status_code == 200
    new = actions.set_picture(actor, now=NOW, content=picture("blue")).picture
    assert browser.get(link).status_code == 404
    assert not Blob.objects.filter(pk=old.pk).exists()
    assert not default_storage.exists(old.storage_name)
    assert browser.get(f"/files/{new.pk}/thumbnail/").status_code == 200
    actions.clear_picture(actor, now=NOW)
    assert not Blob.objects.filter(pk=new.pk).exists()
    for wrong in (b"", b"%PDF-1.4", b"x" * (5 * 1024 * 1024 + 1)):
        with pytest.raises(Refusal):
            actions.set_picture(actor, now=NOW, content=wrong)


@pytest.mark.clause("C2.2.5-03")
def test_a_field_switched_off_is_neither_asked_nor_shown_nor_imported(scene, organization, tmp_path):
    person, _leader, other = scene
    tell(person, {"qq": "10001"}, {"qq": "everybody"})
    organization.settings = {"address_book_off": ["qq", "position", "email"]}
    Organization.objects.filter(pk=organization.pk).update(settings=organization.settings)
    assert "qq" not in shown_to(people.actor(other), person)
    with refused("unknown_field"):
        tell(person, {"qq": "10002"})
    admin = people.employee("管理员", roles=["administrator"])
    assert 'name="position"' not in people.browser(admin).get("/employees/new/").text
    plans = imported(
        people.actor(admin), [["姓名", "手机号", "职位", "邮箱"], ["新人", "19900007777", "代表", "坏的"]]
    )
    assert [(plan.kind, sorted(each.field for each in plan.warnings)) for plan in plans] == [
        ("new", ["email", "position"])
    ]
    assert set(plans[0].row.values) == {"name", "mobile"}


def imported(actor, table):
    """The plans of a dry run over `table`."""
    from qince.core.people.address_book import ADDRESS_BOOK
    from qince.core.people.importing import AddressBookPlanner
    from qince.kit.resource.parsing import BadValue
    from qince.kit.resource.planning import Row

    head = {heading: each for each in ADDRESS_BOOK.fields for heading in (str(each.label), *each.synonyms)}
    rows = []
    for number, cells in enumerate(table[1:], 2):
        values, problems = {}, []
        for heading, cell in zip(table[0], cells, strict=True):
            field = head[heading]
            try:
                values[field.name] = field.parse(cell)
            except BadValue as error:
                from qince.kit.resource.planning import Problem

                values[field.name] = cell
                problems.append(Problem(field.name, str(error)))
        rows.append(Row(number, values, problems))
    planner = AddressBookPlanner(actor, NOW)
    planner.scan(iter(rows))
    planner.load(rows)
    return [planner.plan(row) for row in rows]


@pytest.mark.clause("C6.1-07")
class TestThePage:
    def test_each_named_field_is_seen_changed_and_cleared(self, scene, client):
        person, _leader, _other = scene
        ask = phone(client, person)
        found = ask("get", "/profile").json()
        assert {each["name"] for each in found["fields"]} == set(FIELDS)
        assert found["locked"]["name"] == "王芳"
        values = {name: str(value) for name, value in EACH.items()}
        changed = ask("put", "/profile", {"values": values, "visibility": {"qq": "leaders"}}).json()
        assert {each["name"]: each["value"] for each in changed["fields"]} == values
        cleared = ask("put", "/profile", {"values": dict.fromkeys(values, "")}).json()
        assert not any(each["value"] for each in cleared["fields"])
        for wrong in (
            {"values": {"name": "x"}},
            {"values": {"birthday": "1990-13-01"}},
            {"visibility": {"qq": "all"}},
        ):
            assert ask("put", "/profile", wrong).status_code == 422

    def test_what_the_organization_keeps_becomes_a_request(self, scene):
        person, _leader, _other = scene
        page = people.browser(person).get("/me/information/").text
        assert "/me/requests/new/?kind=correct" in page

    def test_a_new_number_is_proved_by_its_code(self, scene, client):
        person, _leader, _other = scene
        ask, new = phone(client, person), "+8613900007070"
        assert ask("post", "/profile/mobile", {"mobile": new}).json()["sent"]
        sent = OutboxMessage.objects.get(mobile=new)
        code = "".join(each for each in sent.text if each.isdigit())[:6]
        assert ask("post", "/profile/mobile", {"mobile": new, "code": "000000"}).status_code == 422
        assert Employee.objects.get(pk=person.pk).mobile == person.mobile
        assert ask("post", "/profile/mobile", {"mobile": new, "code": code}).json()["changed"]
        assert Employee.objects.get(pk=person.pk).mobile == new


def phone(client, employee):
    headers = {"authorization": f"Bearer {phone_token(employee)}", "accept-language": "en"}
    return lambda method, path, body=None: getattr(client, method)(
        f"/api/phone/v1{path}", data=body, content_type="application/json", headers=headers
    )


def test_a_birthday_is_made_known_to_whoever_looks_after_minors(scene, monkeypatch):
    heard = []
    monkeypatch.setitem(events._handlers, BirthdayEntered, [heard.append])
    person, _leader, _other = scene
    tell(person, {"birthday": EACH["birthday"]})
    tell(person, {"nickname": "芳"})
    assert heard == [BirthdayEntered(person.pk, EACH["birthday"])]
    with refused("invalid_birthday"):
        tell(person, {"birthday": clock.now().date().replace(year=2999)})


def test_the_trail_names_fields_and_never_what_was_told(scene):
    from qince.core.audit.models import Entry

    person, _leader, _other = scene
    tell(person, {"qq": "10001"})
    entry = Entry.objects.get(action="profile.change")
    assert "10001" not in str(entry.changes)
    assert "qq" in str(entry.changes)


def test_nothing_told_is_nothing_stored(inside, organization):
    person = people.employee("王芳")
    with tenant(organization):
        assert queries.profile_of(person.pk).pk
        assert not Profile.objects.exists()
