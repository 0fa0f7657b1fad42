"""A considerable change: commented on, announced, put before everybody; and whoever declines keeps what was."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.policy import announcing, queries, showing
from qince.core.policy.models import Comment, Release
from qince.core.policy.tests.conftest import (
    FUNCTION,
    PLANTED,
    PURPOSE,
    declared,
    planted,
    released,
    without_way,
)
from qince.core.privacy import notice
from qince.core.privacy.gate import BASIC, CHANGE, Standing
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.tests.factories import agree, decide, enter
from qince.kit import clock
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db
HOME = "/me/privacy/"


@pytest.fixture
def member(client, rep):
    """Somebody who agreed under the first release, at the console."""
    with tenant(rep.organization):
        agree(rep)
    enter(client, rep)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def wider():
    """A second release in force, with a function and a purpose that the first had not."""
    with planted(declared.functions, FUNCTION.code, FUNCTION), planted(declared.purposes, PLANTED, PURPOSE):
        yield released(notes="Something new")


def standing(rep):
    """Where the person stands, with all of it read inside the organization."""
    with tenant(rep.organization):
        found = Standing(rep.pk)
        found.is_blocked("")
        return found


def change_acts(rep):
    with tenant(rep.organization):
        rows = ConsentEntry.objects.filter(purpose=CHANGE).order_by("recorded_at")
        return list(rows.values_list("act", "method"))


@pytest.mark.clause("C8-03")
def test_the_change_stands_before_the_next_page_and_asks_both_ways_alike(member, rep, wider):
    stopped = member.get("/")
    assert stopped.status_code == 302
    assert stopped.headers["Location"].startswith(reverse("policy:change"))
    page = member.get(reverse("policy:change")).content.decode()
    assert "New purpose: Planted purpose" in page
    assert page.count('<button class="btn" type="submit" name=') == 2
    assert change_acts(rep) == [("served", "popup")]


def test_work_under_way_is_not_interrupted(member, wider):
    assert member.get("/", headers={"HX-Request": "true"}).headers.get("HX-Redirect") is None
    assert member.get(HOME).status_code == 200


@pytest.mark.clause("C8-03")
def test_agreeing_lifts_the_basic_scope_and_no_other(member, rep, wider):
    assert not standing(rep).is_in_scope(BASIC, FUNCTION.code)
    member.post(
        reverse("policy:change"), {"agree": "yes", "notice_hash": notice.current(rep.organization, "en").hash}
    )
    after = standing(rep)
    assert after.is_in_scope(BASIC, FUNCTION.code)
    assert not after.allows(PLANTED)
    assert change_acts(rep) == [("served", "popup"), ("granted", "popup")]
    assert member.get(HOME).status_code == 200


@pytest.mark.clause("C8-03")
def test_declining_keeps_the_earlier_scope_and_loses_nothing(member, rep, wider):
    with tenant(rep.organization):
        decide(rep, "location", circumstances="at_the_act", notice_hash=first_text(rep))
    had = {code for code in declared.asked if standing(rep).allows(code)}
    member.post(
        reverse("policy:change"),
        {"decline": "yes", "notice_hash": notice.current(rep.organization, "en").hash},
    )
    now = standing(rep)
    assert {code for code in declared.asked if now.allows(code)} == had
    assert not now.is_in_scope(BASIC, FUNCTION.code)
    assert now.is_in_scope(BASIC, "visits.visit")
    assert change_acts(rep)[-1] == ("declined", "popup")
    assert member.get("/", follow=False).headers.get("Location", "") != reverse("policy:change")


def first_text(rep):
    return notice.current(rep.organization, "en").hash


@pytest.mark.clause("C2.7-10")
def test_a_function_in_no_release_is_open_to_nobody(member, rep):
    with planted(declared.functions, FUNCTION.code, FUNCTION):
        queries.forget()
        assert not standing(rep).is_in_scope(BASIC, FUNCTION.code)


@pytest.mark.clause("C2.7-10")
def test_whoever_joins_later_agrees_to_the_new_release_at_once(organization, wider):
    with tenant(organization):
        newcomer = people.employee("李雷")
        agree(newcomer)
        assert Standing(newcomer.pk).is_in_scope(BASIC, FUNCTION.code)
        assert queries.unanswered(Standing(newcomer.pk)) is None


@pytest.mark.clause("C8-01")
def test_a_right_taken_away_stays_with_whoever_did_not_agree(member, rep):
    with without_way("copy", "phone"):
        released()
        assert "phone" in queries.rights_of(standing(rep))["copy"]
        member.post(reverse("policy:change"), {"decline": "yes", "notice_hash": first_text(rep)})
        assert "phone" in queries.rights_of(standing(rep))["copy"]
        with tenant(rep.organization):
            decide(rep, CHANGE, notice_hash=first_text(rep))
        assert "phone" not in queries.rights_of(standing(rep))["copy"]


@pytest.mark.clause("C8-03")
def test_while_a_change_waits_its_readers_keep_the_text_they_had(rep):
    before = notice.current(rep.organization, "en")
    with planted(declared.purposes, PLANTED, PURPOSE):
        waiting = released(days=15)
        assert notice.current(rep.organization, "en") == before
        assert queries.unanswered(standing(rep)) is None
        Release.objects.filter(pk=waiting.pk).update(effective_at=clock.now() - timedelta(seconds=1))
        after = notice.current(rep.organization, "en")
    assert after != before
    assert after.release == waiting.number


@pytest.mark.clause("C8-03")
@pytest.mark.clause("C8-02")
def test_an_announced_change_can_be_read_and_commented_on_by_everybody(client, organization):
    notice.current(None, "en")
    client.cookies["language"] = "en"
    with planted(declared.purposes, PLANTED, PURPOSE):
        made = released(days=15, notes="We plan something")
        address = reverse("policy:release", args=[str(made.number)])
        client.post(address, {"text": "Please do not.", "name": "A rep"})
        client.post(address, {"text": "  "})
        page = client.get(address).content.decode()
    assert "We plan something" in page
    assert "Planted purpose" in page
    assert "<ins>" in page
    assert "Please do not." in page
    assert Comment.objects.count() == 1
    Release.objects.filter(pk=made.pk).update(comments_close_at=clock.now() - timedelta(seconds=1))
    client.post(address, {"text": "Too late."})
    assert Comment.objects.count() == 1
    assert address in client.get(reverse("policy:releases")).content.decode()


def test_comments_are_limited_for_each_source(client):
    with planted(declared.purposes, PLANTED, PURPOSE):
        address = reverse("policy:release", args=[str(released(days=15).number)])
        for number in range(12):
            client.post(address, {"text": f"Comment {number}"})
    assert Comment.objects.count() == 10


@pytest.mark.clause("C8-03")
def test_the_announcement_reaches_everybody_as_a_letter(rep, officer, organization):
    with planted(declared.purposes, PLANTED, PURPOSE):
        made = released(days=15, notes="We plan something")
    assert announcing.announce(made, now=clock.now()) == 2
    with tenant(organization):
        letters = Letter.objects.filter(kind=announcing.CHANGE)
        assert {letter.employee_id for letter in letters} == {rep.pk, officer.pk}
        assert {letter.link for letter in letters} == {f"/policy/{made.number}/"}


@pytest.mark.clause("C2.0-06")
def test_each_channel_is_on_record_before_the_decision(member, rep, wider):
    """Policy update, pop-up and page prompt, each as served to whom and when."""
    member.get(reverse("policy:release", args=[str(wider.number)]))
    assert change_acts(rep) == [("served", "policy_update")]
    member.get(reverse("policy:change"))
    member.post(reverse("policy:change"), {"agree": "yes", "notice_hash": first_text(rep)})
    with tenant(rep.organization):
        rows = list(ConsentEntry.objects.filter(purpose=CHANGE).order_by("recorded_at"))
    assert [(row.act, row.method) for row in rows] == [
        ("served", "policy_update"), ("served", "popup"), ("granted", "popup"),
    ]  # fmt: skip
    assert rows[0].occurred_at <= rows[-1].occurred_at


@pytest.mark.clause("C8-02")
def test_differences_are_readable_paragraph_by_paragraph(rep):
    notice.current(rep.organization, "en")
    with planted(declared.purposes, PLANTED, PURPOSE):
        made = released()
        parts = showing.parts(made, rep.organization, "en")
    changes = [change for part in parts for change in part.changes]
    assert ("added", "Planted purpose") in [(change.kind, change.new) for change in changes]
    assert all("{" not in change.new for change in changes)


def test_the_command_releases_announces_and_says_why(rep, capsys):
    with planted(declared.purposes, PLANTED, PURPOSE):
        call_command("release_policy", "--dry-run")
        call_command("release_policy", "--notes", "New", "--comment-days", "5")
    told = capsys.readouterr().out
    assert "significant" in told
    assert "release 2" in told
    assert "C8-04" in told
    assert Release.objects.count() == 2
