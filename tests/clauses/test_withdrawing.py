"""Withdraw each purpose in turn: exactly its functions close; a real act of every other function still works."""

import pytest

from qince.core.privacy.gate import AT_THE_ACT, BACKGROUND, BASIC, LOCATION, NEVER
from qince.core.privacy.registry import declared
from qince.core.privacy.tests.factories import decide
from tests.clauses.acts import ACTS, done, works
from tests.clauses.conftest import WITHDRAWABLE

pytestmark = pytest.mark.django_db

# What everybody keeps who takes the agreement itself back: rights, what they are told, their own card and devices.
KEPT = {
    "rights.requests",
    "privacy.consents",
    "accounts.sign_in",
    "letters.messages",
    "letters.tracking",
    "notifications.push",
    "profile.card",
}
# Functions that rest on the notice and in which the person concerned does nothing by themselves.
NOT_THEIRS = {
    "access.roles": "given by administrators",
    "files.attachments": "the bytes of a photo, whose act is visits.photo",
    "notifications.preferences": "a choice about messages, without any consent",
    "policy.comments": "open to every visitor, without any consent",
}


def closed_by(purpose):
    """What the registry of functions says that withdrawing the purpose closes."""
    if purpose == BASIC:
        return set(ACTS) - KEPT
    return {code for code in ACTS if purpose in declared.functions[code].purposes}


def test_every_function_that_can_be_withdrawn_from_has_an_act_here():
    asked = {each.code for each in declared.functions.values() if set(each.purposes) & set(WITHDRAWABLE)}
    assert asked - set(ACTS) == set(NOT_THEIRS)
    assert set(ACTS) <= set(declared.functions)


@pytest.mark.clause("C6.3-05")
@pytest.mark.parametrize("purpose", WITHDRAWABLE)
def test_withdrawing_closes_exactly_its_functions_and_agreeing_again_opens_them(scene, purpose):
    """What worked before needs no look of its own: all else works still, and what was closed again in the end."""
    decide(scene.rep, purpose, "withdrawn", NEVER if purpose == LOCATION else "")
    after = done(scene)
    closed = closed_by(purpose)
    assert {code for code, worked in after.items() if worked is not True} == closed
    decide(scene.rep, purpose, circumstances=BACKGROUND if purpose == LOCATION else "")
    assert {code: works(ACTS[code], scene) for code in closed} == dict.fromkeys(closed, True)


@pytest.mark.clause("C6.3-07")
def test_narrowing_the_position_closes_what_reaches_beyond_the_act(scene):
    decide(scene.rep, LOCATION, "narrowed", AT_THE_ACT)
    assert {code for code, worked in done(scene).items() if worked is not True} == {"tracking.positions"}
