"""Whether somebody turns the head as asked: what a print, or a still picture on a screen, cannot do.

A nose stands out of a face, so that turning moves it aside of the eyes; in a flat picture, however it is held, it stays
where it is but for what perspective does. `TURNED` lies between: a portrait on the relief of a head moved
its nose by 0.12 to 0.14 at 25 degrees, a print of it held askew by up to 45 degrees by at most 0.05
(`tests/test_turning.py`). Not seen is a film that is played back, or a picture put into the app instead of its camera.
"""

import secrets
from collections.abc import Sequence
from enum import StrEnum

from qince.engines.recognition.faces import REVIEW, Face, Matcher

TURNED = 0.09
FRONTAL = 0.12  # beyond, the first picture is not taken from the front


class Act(StrEnum):
    """Seen by whoever turns the head."""

    LEFT = "left"
    RIGHT = "right"


def asked() -> list[str]:
    """Both, in an order nobody knows before."""
    acts = [each.value for each in Act]
    secrets.SystemRandom().shuffle(acts)
    return acts


def has_turned(found: Matcher, front: Face, turned: Sequence[Face], acts: Sequence[str]) -> bool:
    """The same person throughout, first from the front and then turned as asked, one picture an act."""
    return (
        len(turned) == len(acts)
        and abs(front.turn) <= FRONTAL
        and all(found.distance(front.features, each.features) <= REVIEW for each in turned)
        and all(
            _towards(act) * (each.turn - front.turn) >= TURNED for act, each in zip(acts, turned, strict=True)
        )
    )


def _towards(act: str) -> int:
    """The camera does not mirror: whose head turns to the own left, turns to the right of the picture."""
    return 1 if act == Act.LEFT else -1
