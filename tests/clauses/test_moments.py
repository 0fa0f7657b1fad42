"""Each moment of consent of annex A: refused, the act is not done and nothing is stored; agreed to, it is."""

from contextlib import nullcontext

import pytest

from qince.core.people.tests import factories as people
from qince.core.privacy.gate import IMPROVEMENT
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.registers import registered
from qince.core.privacy.registry import declared
from qince.kit.errors import Refusal
from tests.clauses.moments import MOMENTS, NOT_TAKEN, granted, widened

pytestmark = pytest.mark.django_db


def tried(moment, scene):
    """Whether it was done; a refusal is the other way of saying no."""
    try:
        return moment.act(scene)
    except Refusal:
        return False


def stored(moment):
    return {model._meta.label: model.objects.count() for model in moment.stored}


def test_the_table_has_all_twenty_two():
    codes = [each.code for each in MOMENTS] + list(NOT_TAKEN)
    assert sorted(codes) == [f"A-{number:02d}" for number in range(1, 23)]


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda each: each.code)
def test_refused_nothing_is_stored_and_agreed_to_it_is_done(scene, moment):
    scene.officer = people.actor(people.employee("专员", roles=("administrator", "privacy_officer")))
    with widened() if moment.code == "A-21" else nullcontext():
        moment.prepare(scene)
        moment.refuse(scene)
        before = stored(moment)
        assert not tried(moment, scene), moment.title
        assert stored(moment) == before
        scope = moment.scope_in(scene)
        known = granted(scope)
        moment.agree(scene)
        assert moment.act(scene) is True, moment.title
        assert all(count > before[label] for label, count in stored(moment).items())
        if scope:  # by an act of its own, on the notice or the words that were shown
            entry = ConsentEntry.objects.filter(purpose=scope, act="granted").latest("recorded_at")
            assert granted(scope) > known
            assert entry.notice_hash
            assert ConsentEntry.objects.filter(
                purpose=scope, act="served", notice_hash=entry.notice_hash
            ).exists()


def test_each_moment_has_a_scope_of_its_own():
    """Those known beforehand differ; the others carry the case, the recipient or the item in their name."""
    scopes = [each.scope for each in MOMENTS if isinstance(each.scope, str) and each.scope]
    assert len(scopes) == len(set(scopes))


def test_what_nobody_takes_has_no_field_no_function_and_no_permission():
    assert not [key for key, each in declared.personal().items() if IMPROVEMENT in each.purposes]
    assert not [each.code for each in declared.functions.values() if IMPROVEMENT in each.purposes]
    assert not registered.permissions["microphone"].is_used
    assert all(each.is_necessary for each in registered.cookies.values())  # no other cookie is ever set
