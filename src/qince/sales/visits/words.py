"""Evidence in words: what a verdict and a flag mean, for people who decide about other people."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.engines.evidence.models import Verdict
from qince.engines.evidence.words import MARKS
from qince.kit.errors import Text

FLAGS: dict[str, tuple[Text, Text]] = {
    **MARKS,
    "overlap": (
        gettext_lazy("Overlaps another visit"),
        gettext_lazy("Another visit of the same person was still open at check-in."),
    ),
    "short": (gettext_lazy("Very short"), gettext_lazy("Check-out followed check-in within two minutes.")),
    "estimated": (
        gettext_lazy("No check-out"),
        gettext_lazy("Nobody checked out. The visit was closed by the system; when it ended is unknown."),
    ),
    "repeated_photo": (
        gettext_lazy("Repeated photo"),
        gettext_lazy("A photo with exactly the same content was already used at another visit."),
    ),
}
VERDICT_TONES = {
    "inside": "green",
    "outside": "red",
    "uncertain": "orange",
    "unusable": "orange",
    "manual": "blue",
}
STATE_TONES = {"open": "blue", "completed": "green", "auto_closed": "grey"}
CHECKS: dict[str, tuple[Text, str]] = {
    "pass": (gettext_lazy("Pass"), "green"),
    "fail": (gettext_lazy("Fail"), "red"),
    "na": (gettext_lazy("Not applicable"), "grey"),
}


def flag_words(flag: str) -> tuple[str, str]:
    """(short name, explanation) of a flag; one this version does not know stands for itself."""
    name, meaning = FLAGS.get(flag, (flag.replace("_", " "), ""))
    return str(name), str(meaning)


def verdict_words(event: Any) -> str:
    """Why an act got its verdict, with the figures it rests on. `event` carries the columns of `Evidenced`."""
    if event.verdict == Verdict.MANUAL:
        return _("No position was taken: the person said where they were.")
    if event.lat is None:
        return _("The position has been erased; only the verdict it led to is left.")
    if event.distance_m is None:
        return _("There is a position, but the place itself has none on the map, so nothing can be compared.")
    figures = {
        "distance": _metres(event.distance_m),
        "radius": event.radius_m,
        "accuracy": _metres(event.accuracy_m),
    }
    return _SENTENCES[event.verdict]() % figures


def _metres(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


_SENTENCES = {
    Verdict.INSIDE: lambda: _("%(distance)s m from the place: within the fence of %(radius)s m."),
    Verdict.OUTSIDE: lambda: _(
        "%(distance)s m from the place; even with the accuracy of ±%(accuracy)s m beyond the fence of %(radius)s m."
    ),
    Verdict.UNCERTAIN: lambda: _(
        "%(distance)s m from the place, accuracy ±%(accuracy)s m: it may be inside the fence of %(radius)s m or not."
    ),
    Verdict.UNUSABLE: lambda: _(
        "The position is only good to ±%(accuracy)s m, too vague to compare with the fence of %(radius)s m."
    ),
}
