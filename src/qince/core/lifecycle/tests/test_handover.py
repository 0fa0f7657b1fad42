"""The administration is handed over: offered by the one, accepted by the other, both on record."""

import pytest
from django.urls import reverse

from qince.core.access.models import Grant
from qince.core.audit.models import Entry
from qince.core.letters.models import Letter
from qince.core.lifecycle import handover, queries
from qince.core.lifecycle.models import Handover
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal

pytestmark = pytest.mark.django_db
NOW = clock.now()
PAGE = "/organization/administrators/"


@pytest.fixture
def giver(inside):
    return people.employee("李雷", roles=("administrator",))


@pytest.fixture
def taker(giver):
    return people.employee("韩梅", roles=("rep",))


def offered(giver, taker):
    return handover.offer(people.actor(giver), taker=taker, now=NOW)


def answered(taker, found, accepts):
    return handover.answer(people.actor(taker), found, accepts=accepts, now=NOW)


@pytest.mark.clause("C6.1-05")
def test_both_sides_confirm_on_screen_and_it_stands_in_the_log(giver, taker):
    """Offered, nothing has changed; accepted, the role has passed on in one step; each act has its entry."""
    mine, theirs = people.browser(giver), people.browser(taker)
    assert theirs.get(PAGE).status_code == 403
    assert mine.post(PAGE, {"taker": str(taker.pk)}).status_code == 302
    found = Handover.objects.get()
    assert queries.administrator_ids() == [giver.pk]
    letter = Letter.objects.get(employee=taker, kind="lifecycle.handover")
    address = letter.link
    assert address == reverse("lifecycle:handover", args=[found.pk])
    page = theirs.get(address).text
    assert 'name="accept"' in page
    assert 'name="decline"' in page
    assert 'name="accept"' not in mine.get(address).text
    assert theirs.post(f"{address}answer/", {"accept": "yes"}).status_code == 302
    assert queries.administrator_ids() == [taker.pk]
    assert mine.get(PAGE).status_code == 403
    assert "李雷" in theirs.get(PAGE).text
    offer = Entry.objects.get(action="lifecycle.offer_handover")
    assert (offer.actor_id, offer.target_id) == (giver.pk, taker.pk)
    answers = Entry.objects.filter(action="lifecycle.answer_handover")
    assert {each.actor_id for each in answers} == {taker.pk}
    assert {each.target_id for each in answers} == {giver.pk, taker.pk}
    assert Letter.objects.filter(employee=giver, kind="lifecycle.handover_answered").exists()


def test_declined_or_withdrawn_nothing_changes_and_neither_is_answered_again(giver, taker):
    found = offered(giver, taker)
    with pytest.raises(Conflict, match="offered_already"):
        offered(giver, taker)
    answered(taker, found, accepts=False)
    with pytest.raises(Conflict, match="answered_already"):
        answered(taker, found, accepts=True)
    again = offered(giver, taker)
    handover.withdraw(people.actor(giver), again, now=NOW)
    with pytest.raises(Conflict, match="answered_already"):
        answered(taker, again, accepts=True)
    assert queries.administrator_ids() == [giver.pk]


def test_nobody_else_offers_answers_or_sees_it(giver, taker):
    third = people.employee("王芳", roles=("rep",))
    with pytest.raises(Forbidden):
        offered(taker, third)
    with pytest.raises(Refusal, match="wrong_successor"):
        offered(giver, giver)
    found = offered(giver, taker)
    with pytest.raises(NotFound):
        answered(third, found, accepts=True)
    other = people.employee("另一管理员", roles=("administrator",))
    with pytest.raises(NotFound):
        handover.withdraw(people.actor(other), found, now=NOW)
    assert people.browser(other).get(f"{PAGE}{found.pk}/").status_code == 404


def test_an_offer_of_somebody_who_is_no_administrator_any_more_passes_nothing_on(giver, taker):
    people.employee("另一管理员", roles=("administrator",))
    found = offered(giver, taker)
    Grant.objects.filter(employee=giver).delete()
    with pytest.raises(Conflict, match="not_administrator"):
        answered(taker, found, accepts=True)
    assert taker.pk not in queries.administrator_ids()
