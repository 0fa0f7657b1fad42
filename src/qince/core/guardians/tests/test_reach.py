"""An administrator of one department knows nothing of another's minors."""

import pytest

from qince.core.guardians import guardianship, queries, reviewing
from qince.core.guardians.models import AgeReview, Minor
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.errors import NotFound

NOW = clock.now()


@pytest.fixture
def west(inside):
    """A minor in the West, with an open review; and the administrator of the East alone."""
    person = people.employee("小西", department=people.department("西区"))
    minor = Minor.objects.create(
        employee=person, stage=Minor.Stage.CONSENTED, adult_on=NOW.date(), found_at=NOW
    )
    review = AgeReview.objects.create(employee=person, source="report", reason="x", opened_at=NOW)
    chief = people.employee("东区主管", department=(east := people.department("东区")))
    people.grant(chief, "administrator", "departments", departments=[east])
    return minor, review, chief


def test_lists_and_counts_hold_those_within_reach(west):
    minor, review, chief = west
    everybody = people.actor(people.employee("总管", roles=["administrator"]))
    assert list(queries.minors_visible_to(everybody)) == [minor]
    assert list(queries.reviews_visible_to(everybody)) == [review]
    assert queries.waiting(everybody) == 1
    actor = people.actor(chief)
    assert actor.may("guardians.manage")
    assert (list(queries.minors_visible_to(actor)), queries.waiting(actor)) == ([], 0)
    page = people.browser(chief).get("/organization/minors/")
    assert page.status_code == 200
    assert "小西" not in page.text


def test_acts_upon_others_look_like_acts_upon_nobody(west):
    minor, review, chief = west
    actor = people.actor(chief)
    acts = (
        lambda: guardianship.ask_again(actor, minor, now=NOW),
        lambda: guardianship.withdraw(actor, minor, now=NOW),
        lambda: reviewing.find(actor, review, finding="adult", now=NOW),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()
    assert Minor.objects.get().stage == Minor.Stage.CONSENTED
    browser = people.browser(chief)
    assert browser.get(f"/organization/minors/{minor.pk}/guardian/").status_code == 404
