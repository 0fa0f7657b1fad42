"""Comparing two pictures of a face: is this the one person it should be? Never: who of many is this.

Distances are those of dlib's face network; `PASS` and `REVIEW` were read off published pairs: at 0.50 one stranger in
some thousands passes, between the two a person decides, beyond the second the picture does not match.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings

log = logging.getLogger(__name__)
PASS, REVIEW = 0.50, 0.60
Features = list[float]


@dataclass(frozen=True, slots=True)
class Face:
    """`turn`: how far the nose stands aside of the middle between the eyes, in distances of their outer corners;
    positive towards the right of the picture, which is the left of whoever is seen in it.
    """

    features: Features
    turn: float


class Matcher(Protocol):
    version: str

    def faces(self, picture: bytes) -> list[Face]:
        """Each face in the JPEG; none where none is seen."""
        ...

    def distance(self, one: Sequence[float], other: Sequence[float]) -> float: ...


def matcher() -> Matcher | None:
    """The installed one; None where none is, or the operator has switched it off (`QINCE_FACES=off`)."""
    return None if settings.FACES == "off" else _installed()


@cache
def _installed() -> Matcher | None:
    try:
        from qince.engines.recognition.dlib_faces import DlibMatcher

        return DlibMatcher()
    except ImportError:
        return None
    except (OSError, RuntimeError):
        log.exception("the face matcher is installed but does not start")
        return None
