"""One letter about one thing: why one gets it, what takes its place, and what happens when it is no longer needed."""

import pytest
from django.utils.translation import gettext_lazy

from qince.core.letters import registry
from qince.core.letters.actions import Addressee, Because, mark_read, recall, send
from qince.core.letters.delivering import carry_all
from qince.core.letters.models import Delivery, Letter
from qince.core.letters.queries import unread
from qince.core.letters.registry import FREE, FREE_MANDATORY, groups, reasons
from qince.core.letters.tests.catcher import catching
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.tenancy import tenant

NOW = clock.now()
TEXT = {"title": "请假待审批", "body": "王芳的请假等待您审批。"}
KEY = "approvals:task:7"


@pytest.fixture
def boss(inside):
    return people.actor(people.employee("李经理", roles=["administrator"], email="li@x.example"))


@pytest.fixture
def approves(monkeypatch):
    monkeypatch.setitem(reasons, "test.approves", gettext_lazy("Approve %(title)s"))
    return Because("test.approves", {"title": "请假"})


def write(boss, *to, **more):
    people_told = to or (boss,)
    addressees = [Addressee(employee_id=each.employee_id) for each in people_told]
    return send(boss, **{"to": addressees, "kind": FREE, "values": TEXT, "now": NOW, **more})


def states(letter):
    return {row.channel: (row.state, row.reason) for row in Delivery.objects.filter(letter=letter)}


def test_a_letter_keeps_why_one_gets_it(boss, approves):
    [letter] = write(boss, because=approves)
    assert Letter.objects.get(pk=letter.pk).why == "Approve 请假"
    [plain], [owed] = write(boss), write(boss, kind=FREE_MANDATORY)
    assert (plain.because, owed.because) == (registry.ADDRESSED, registry.OWED)
    letter.because = "gone.feature"
    assert letter.why == ""


def test_a_reason_that_nobody_declared_is_an_error(boss):
    with pytest.raises(ValueError, match="reason"):
        write(boss, because="no.such")


def test_about_the_same_there_is_one_unread_letter_and_it_says_the_latest(boss):
    [first] = write(boss, dedupe=KEY, channels=("app", "sms"))
    [second] = write(boss, dedupe=KEY, channels=("app", "sms"), values={**TEXT, "title": "请假已改"})
    assert second.pk == first.pk
    assert (Letter.objects.get().rendered.title, Delivery.objects.count()) == ("请假已改", 2)
    assert unread(boss) == 1
    mark_read(boss, now=NOW)
    [third] = write(boss, dedupe=KEY)
    assert third.pk != first.pk
    assert unread(boss) == 1


def test_only_the_same_person_and_the_same_thing_collapse(boss):
    other = people.actor(people.employee("王芳"))
    write(boss, boss, other, boss, dedupe=KEY)
    write(boss, dedupe="approvals:task:8")
    write(boss)
    write(boss)
    assert (unread(boss), unread(other)) == (4, 1)


def test_what_becomes_urgent_is_told_anew_and_the_calm_one_is_recalled(boss):
    [calm] = write(boss, dedupe=KEY)
    [urgent] = write(boss, dedupe=KEY, urgent=True)
    assert urgent.pk != calm.pk
    assert Letter.objects.get(pk=calm.pk).recalled_at == NOW
    assert unread(boss) == 1


def test_a_recalled_letter_stays_readable_counts_no_more_and_goes_nowhere(boss, organization):
    other = people.actor(people.employee("王芳"))
    mine, theirs = write(boss, boss, other, dedupe=KEY, channels=("app", "email", "phone"))
    assert recall(other, dedupe=KEY, employee_ids=[boss.employee_id], now=NOW) == 1
    assert (unread(boss), unread(other)) == (0, 1)
    assert states(mine) == {
        "app": ("sent", ""), "email": ("cancelled", "recalled"), "phone": ("pending", ""),
    }  # fmt: skip
    with catching() as catcher:
        carry_all(organization.pk, [mine.pk], now=NOW)
    assert catcher.mails == []
    assert recall(boss, dedupe=KEY, now=NOW) == 1
    assert recall(boss, dedupe=KEY, now=NOW) == 0
    assert Letter.objects.get(pk=theirs.pk).recalled_at == NOW
    assert write(boss, dedupe=KEY)[0].pk != mine.pk


def test_reading_it_elsewhere_cancels_what_has_not_left(boss, organization):
    [letter] = write(boss, channels=("app", "email", "sms", "phone"))
    mark_read(boss, letter_ids=[letter.pk], now=NOW)
    cancelled = ("cancelled", "read_elsewhere")
    assert states(letter) == {
        "app": ("sent", ""), "email": cancelled, "sms": cancelled, "phone": ("pending", ""),
    }  # fmt: skip
    with catching() as catcher:
        carry_all(organization.pk, [letter.pk], now=NOW)
    assert catcher.mails == []


def test_without_channels_it_is_in_the_app_and_says_which_rule_chose_it(boss):
    [usual], [chosen] = write(boss), write(boss, channels=("app",))
    assert Delivery.objects.get(letter=usual).decided_by == "standard"
    assert Delivery.objects.get(letter=chosen).decided_by == "sender"


def test_a_kind_is_in_the_group_it_names_or_begins_with(monkeypatch):
    monkeypatch.setitem(groups, "leave", "Leave")
    for code, group in (("leave.approved", ""), ("visits.due", "leave"), ("nobody.knows", "")):
        monkeypatch.setitem(registry.kinds, code, registry.Kind(code, "", "", "", False, group=group))
    assert [registry.group_of(each) for each in ("leave.approved", "visits.due", "nobody.knows", "gone")] == [
        "leave", "leave", "other", "other",
    ]  # fmt: skip


def test_one_organization_recalls_nothing_of_another(organization):
    second = people.organization()
    with tenant(organization):
        mine = people.actor(people.employee("李经理"))
        write(mine, dedupe=KEY)
    with tenant(second):
        stranger = people.actor(people.employee("别人"))
        assert recall(stranger, dedupe=KEY, now=NOW) == 0
    with tenant(organization):
        assert unread(mine) == 1
