"""What the organization told the operator stands on record, and is shown to it."""

import pytest

from qince.core.audit import instructions
from qince.core.audit.models import Entry
from qince.core.organizations import actions as organizations
from qince.core.people.tests import factories as people
from qince.core.processing.instructing import instruct
from qince.kit import clock
from qince.kit.action import registry
from qince.kit.actor import system_actor
from qince.kit.errors import Forbidden, Refusal
from qince.kit.tenancy import tenant

NOW = clock.now()
LIST = "/organization/instructions/"


@pytest.fixture
def admin(inside):
    return people.employee("李雷", roles=["administrator"])


@pytest.mark.clause("C2.2.5-05")
def test_settings_functions_and_words_are_instructions_on_record(admin, inside):
    """Who, when, what was asked, which setting changed: each an entry of the sealed trail, shown as a list."""
    actor, desk = people.actor(admin), people.browser(admin)
    organizations.edit_settings(actor, idle_minutes=45)
    organizations.close_family(actor, family="sales", now=NOW)
    answer = desk.post(f"{LIST}new/", {"text": "请核对十一月的里程"})
    assert answer.status_code == 302
    given = list(instructions.given().order_by("id").values_list("action", "actor_id"))
    assert given == [
        ("organizations.edit_settings", admin.pk),
        ("organizations.close_family", admin.pk),
        ("processing.instruct", admin.pk),
    ]
    page = desk.get(LIST).text
    for told in ("李雷", "请核对十一月的里程", "Settings changed", "Function closed", "30 → 45"):
        assert told in page
    assert "请核对十一月的里程" in b"".join(desk.get(f"{LIST}export.csv").streaming_content).decode()


def test_what_the_system_does_and_what_another_organization_says_are_none_of_its_instructions(admin, inside):
    organizations.edit_settings(system_actor(inside.pk, "operator"), idle_minutes=50)
    Entry.objects.create(at=NOW, action="accounts.sign_in", actor_id=admin.pk, client="console", digest=b"")
    assert not instructions.given().exists()


def test_foreign_instructions_are_not_seen(organization, db):
    foreign = people.organization("别家")
    with tenant(foreign):
        instruct(people.actor(people.employee("外人", roles=["administrator"])), text="别家的话", now=NOW)
    with tenant(organization):
        desk = people.browser(people.employee("李雷", roles=["administrator"]))
    assert "别家的话" not in desk.get(LIST).text


def test_only_who_may_instructs_and_only_with_words(admin):
    for role in ("rep", "manager", "auditor", "privacy_officer"):
        with pytest.raises(Forbidden):
            instruct(people.actor(people.employee(role, roles=[role])), text="请查看", now=NOW)
    with pytest.raises(Refusal, match="text_required"):
        instruct(people.actor(admin), text="  ", now=NOW)


def test_every_act_that_counts_as_an_instruction_is_one():
    assert instructions.ACTS - set(registry) == set()
