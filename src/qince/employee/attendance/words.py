"""A press in words."""

from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.employee.attendance.models import Punch
from qince.kit.errors import Text

VERDICT_TONES = {
    "inside": "green",
    "outside": "red",
    "uncertain": "orange",
    "unusable": "orange",
    "manual": "blue",
}
FLAGS: dict[str, Text] = {
    "clock_skew": gettext_lazy("Clock differs"),
    "future": gettext_lazy("Time in the future"),
    "long_ago": gettext_lazy("Sent very late"),
    "mock": gettext_lazy("Simulated position"),
}
STATUSES: dict[str, Text] = {
    "": gettext_lazy("Everybody"),
    "present": gettext_lazy("Clocked in or out"),
    "absent": gettext_lazy("No record"),
    "in_missing": gettext_lazy("In missing"),
    "out_missing": gettext_lazy("Out missing"),
    "doubtful": gettext_lazy("To be looked at"),
    "manual": gettext_lazy("Manual place"),
}


def flag_word(flag: str) -> str:
    return str(FLAGS.get(flag, flag.replace("_", " ")))


def time_of(punch: Punch | None) -> str:
    return formats.time_format(timezone.localtime(punch.at), "H:i:s") if punch else ""


def place_of(punch: Punch | None) -> str:
    """The work place, or what the person typed; a position far from any place is named as such."""
    if punch is None:
        return ""
    if punch.place_text:
        return str(punch.place_text)
    if punch.work_place is None:
        return str(_("No work place set"))
    return str(punch.work_place.name)


def distance_of(punch: Punch | None) -> float | None:
    return None if punch is None else punch.distance_m


def verdict_of(punch: Any) -> str:
    return str(punch.get_verdict_display()) if punch else ""
