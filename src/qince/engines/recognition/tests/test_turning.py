"""Turning the head as asked: what is taken for it, and that the real landmarks tell a head from a print of it."""

import pytest

from qince.engines.recognition.faces import Face
from qince.engines.recognition.tests.relief import turned
from qince.engines.recognition.turning import FRONTAL, TURNED, asked, has_turned

BETWEEN, APART = (225.0, 102.5), 60.0  # of the eyes in the portrait, px


class Alike:
    version = "alike-1"

    def faces(self, picture):
        raise AssertionError("has been asked before")

    def distance(self, one, other):
        return abs(one[0] - other[0])


def face(turn, who=0.0):
    return Face([who], turn)


def judged(front, *others, acts=("left", "right")):
    return has_turned(Alike(), front, others, acts)


def test_both_sides_are_asked_for_in_either_order():
    orders = {tuple(asked()) for _each in range(60)}
    assert orders == {("left", "right"), ("right", "left")}


@pytest.mark.parametrize("off", [-0.1, 0.0, 0.1])
def test_each_turn_goes_the_way_that_was_asked_and_far_enough(off):
    front = face(off)
    assert judged(front, face(off + TURNED), face(off - TURNED))
    assert not judged(front, face(off + TURNED), face(off - TURNED), acts=("right", "left"))
    assert not judged(front, face(off + TURNED - 0.01), face(off - TURNED))
    assert not judged(front, face(off), face(off))


def test_the_first_is_from_the_front_and_all_are_of_one_person_and_complete():
    assert not judged(face(FRONTAL + 0.01), face(FRONTAL + TURNED + 0.02), face(-TURNED))
    assert not judged(face(0.0), face(0.2), face(-0.2, who=0.7))
    assert not judged(face(0.0), face(0.2))
    assert not judged(face(0.0))


@pytest.fixture
def seen(matcher, portrait, jpeg):
    def look(degrees, *, is_print=False):
        faces = matcher.faces(jpeg(turned(portrait, BETWEEN, APART, degrees, is_print=is_print)))
        return max(faces, key=lambda each: -matcher.distance(each.features, front.features))

    [front] = matcher.faces(jpeg(portrait))
    return look


@pytest.mark.parametrize("degrees", [25, 28, 30])
def test_a_head_that_turns_is_seen_to(matcher, seen, degrees):
    assert has_turned(matcher, seen(0), [seen(degrees), seen(-degrees)], ["left", "right"])
    assert not has_turned(matcher, seen(0), [seen(degrees), seen(-degrees)], ["right", "left"])


@pytest.mark.parametrize("degrees", [0, 15, 25, 35, 45])
def test_a_print_held_askew_is_not_taken_for_it(matcher, seen, degrees):
    flat = [seen(each, is_print=True) for each in (0, degrees, -degrees)]
    assert not has_turned(matcher, flat[0], flat[1:], ["left", "right"])
    assert not has_turned(matcher, flat[0], flat[1:], ["right", "left"])
