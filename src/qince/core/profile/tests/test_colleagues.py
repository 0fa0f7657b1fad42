"""The address book on the phone: whom one finds, down the tree or by name, and which fields one's role shows."""

import pytest
from django.test import Client

from qince.core.organizations.settings import AddressBookReach
from qince.core.people.actions.leaving import leave
from qince.core.people.rules import MASK_EMAIL, MASK_MOBILE, MASK_NUMBER
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.kit import clock
from qince.kit.ids import uuid7
from tests.access.planting import phone_token

API = "/api/phone/v1/colleagues"


@pytest.fixture
def firm(inside):
    """王芳 and 李娜 below 陈经理 in a team of sales; 赵六 in the store house, below nobody they know."""
    found = type("Firm", (), {})()
    found.sales = people.department("销售部")
    found.team = people.department("华东一区", parent=found.sales)
    found.store = people.department("仓储部")
    found.boss = people.employee("陈经理", roles=["manager"], department=found.sales)
    mine = {"leader": found.boss, "roles": ["rep"], "department": found.team}
    found.fang = people.employee("王芳", **mine)
    found.na = people.employee(
        "李娜", position="业务代表", email="lina@example.com", number="E777", mobile="+8619900000777", **mine
    )
    found.zhao = people.employee("赵六", department=found.store, roles=["rep"])
    found.admin = people.employee("周主任", roles=["administrator"])
    found.organization = inside
    return found


def phone(person):
    agree(person)
    return Client(headers={"Authorization": f"Bearer {phone_token(person)}", "Accept-Language": "en"})


def names(answer):
    return sorted(each["name"] for each in answer.json()["people"])


def masked(*fields):
    """Somebody of the team whose role sees employees, but not these fields."""
    found = people.employee("临时工", number="T1", mobile="+8619900000778")
    return people.holding(found, "people.view", masked=fields)


@pytest.mark.clause("C2.1.2-02")
def test_a_plain_member_sees_tree_people_and_only_the_fields_their_role_shows(firm):
    """Down the tree, by name; a role that masks shows a number nobody can dial; leavers are gone at once."""
    member = phone(firm.fang)
    top = member.get(API).json()
    assert {each["name"] for each in top["departments"]} == {"销售部", "仓储部"}
    inside = member.get(API, {"department": str(firm.team.pk)}).json()
    assert [each["name"] for each in inside["way"]] == ["销售部", "华东一区"]
    assert {each["name"] for each in inside["people"]} == {"王芳", "李娜"}
    assert names(member.get(API, {"q": "李"})) == ["李娜"]
    one = member.get(f"{API}/{firm.na.pk}").json()
    assert (one["mobile"], one["is_dialable"], one["email"], one["number"]) == (
        "19900000777", True, "lina@example.com", "E777",
    )  # fmt: skip
    assert one["departments"] == ["销售部/华东一区"]
    assert not {"hired_on", "birthday", "status", "left_on", "address"} & one.keys()

    plain = phone(masked(MASK_MOBILE, MASK_EMAIL, MASK_NUMBER))
    less = plain.get(f"{API}/{firm.na.pk}")
    assert (less.json()["mobile"], less.json()["is_dialable"]) == ("199****0777", False)
    assert (less.json()["email"], less.json()["number"]) == ("", "")
    for secret in ("19900000777", "lina@example.com", "E777"):
        assert secret not in less.content.decode()
    assert names(plain.get(API, {"q": "E777"})) == []  # nor is it found by what is hidden

    leave(people.actor(firm.admin), firm.na, now=clock.now())
    assert member.get(f"{API}/{firm.na.pk}").status_code == 404
    assert names(member.get(API, {"q": "李"})) == []
    assert names(member.get(API, {"department": str(firm.team.pk)})) == ["王芳"]


def test_who_is_found_beside_the_own_line_is_the_organizations_to_say(firm):
    member = phone(firm.fang)
    assert names(member.get(API, {"q": "赵"})) == []
    assert member.get(f"{API}/{firm.zhao.pk}").status_code == 404
    assert names(member.get(API, {"department": str(firm.sales.pk)})) == ["陈经理"]
    firm.organization.settings = {"address_book_reach": AddressBookReach.EVERYBODY}
    firm.organization.save()
    assert names(member.get(API, {"q": "赵"})) == ["赵六"]
    assert member.get(f"{API}/{firm.zhao.pk}").status_code == 200


def test_fields_the_organization_does_without_are_not_shown(firm):
    firm.organization.settings = {"address_book_off": ["email", "position"]}
    firm.organization.save()
    one = phone(firm.fang).get(f"{API}/{firm.na.pk}").json()
    assert (one["email"], one["position"], one["mobile"]) == ("", "", "19900000777")


def test_whoever_is_restricted_is_not_found(firm):
    firm.na.restricted_at = clock.now()
    firm.na.save()
    assert phone(firm.fang).get(f"{API}/{firm.na.pk}").status_code == 404


def test_who_may_not_open_the_address_book_is_refused(firm):
    nobody = people.employee("无权", number="N1", mobile="+8619900000779")
    for address in (API, f"{API}/{firm.na.pk}"):
        assert phone(nobody).get(address).status_code == 403
    assert phone(firm.fang).get(API, {"department": str(uuid7())}).status_code == 404
    assert phone(firm.fang).get(API, {"department": "x"}).status_code in (400, 422)


def test_many_colleagues_cost_no_more_than_few(firm):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    member = phone(firm.fang)
    member.get(API, {"q": "同事"})
    with CaptureQueriesContext(connection) as few:
        member.get(API, {"q": "同事"})
    for number in range(12):
        people.employee(f"同事{number}", leader=firm.boss, roles=["rep"])
    with CaptureQueriesContext(connection) as many:
        assert len(names(member.get(API, {"q": "同事"}))) == 12
    assert len(many) == len(few)
