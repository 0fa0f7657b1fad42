"""A press in words."""

from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.employee.attendance.models import Punch
from qince.employee.attendance.rules import MASK_POSITION
from qince.engines.evidence.words import MARKS
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Text
from qince.kit.resource.columns import MASKED, as_text

VERDICT_TONES = {
    "inside": "green",
    "outside": "red",
    "uncertain": "orange",
    "unusable": "orange",
    "manual": "blue",
}
FLAGS: dict[str, Text] = {
    **{code: name for code, (name, _meaning) in MARKS.items()},
    "shared_device": gettext_lazy("Another person used this phone"),
    "impossible_speed": gettext_lazy("Too far for the time between"),
    "identical_coordinates": gettext_lazy("Positions equal to the last digit"),
    "new_device": gettext_lazy("A phone not used before"),
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


def turned(has_turned: bool | None) -> Text:
    """Of the face at a press. Never "alive": a film played back turns its head as well."""
    if has_turned is None:
        return _("Not asked")
    return _("Yes") if has_turned else _("No")


def flag_word(flag: str) -> str:
    return str(FLAGS.get(flag, flag.replace("_", " ")))


def time_of(punch: Punch | None, style: str = "H:i:s") -> str:
    """On the wall where the person worked."""
    return formats.time_format(punch.local(punch.at), style) if punch else ""


def moment_of(punch: Punch) -> str:
    return as_text(punch.local(punch.at))


def zone_of(punch: Punch | None) -> str:
    """Whose wall the time was read from, where it is not the reader's own."""
    return clock.elsewhere(punch.local(punch.at)) if punch else ""


def place_of(punch: Punch | None) -> str:
    """The work place, or what the person typed; a position far from any place is named as such.

    Never shown as it is where it may be typed: `place_shown` asks the role first.
    """
    if punch is None:
        return ""
    if punch.place_text:
        return str(punch.place_text)
    if punch.is_field:
        return str(_("In the field"))
    if punch.work_place is None:
        return str(_("No work place set"))
    return str(punch.work_place.name)


def is_typed(punch: Punch | None) -> bool:
    """Whether `place_of` is what the person typed: their whereabouts as much as a position is."""
    return punch is not None and bool(punch.place_text)


def place_shown(actor: Actor, punch: Punch | None) -> str:
    """The place as the actor may see it: asterisks for a typed one where the role shows no positions."""
    return MASKED if is_typed(punch) and not actor.sees_field(MASK_POSITION) else place_of(punch)


def distance_of(punch: Punch | None) -> float | None:
    return None if punch is None else punch.distance_m


def distance_shown(actor: Actor, punch: Punch | None) -> str:
    """The distance as the actor may see it: whole metres, or asterisks where the role shows no positions."""
    found = distance_of(punch)
    if found is None:
        return ""
    return f"{found:.0f}" if actor.sees_field(MASK_POSITION) else MASKED


def verdict_of(punch: Any) -> str:
    return str(punch.get_verdict_display()) if punch else ""


FIGURE_WORDS: dict[str, Text] = {
    "due_days": gettext_lazy("Days due"),
    "attended_days": gettext_lazy("Days attended"),
    "due": gettext_lazy("Due, min"),
    "worked": gettext_lazy("Worked, min"),
    "late_times": gettext_lazy("Times late"),
    "late": gettext_lazy("Late, min"),
    "serious_times": gettext_lazy("Times seriously late"),
    "early_times": gettext_lazy("Times left early"),
    "early": gettext_lazy("Left early, min"),
    "lack_times": gettext_lazy("Missing presses"),
    "absent_days": gettext_lazy("Days absent"),
    "absent": gettext_lazy("Absent, min"),
    "leave": gettext_lazy("Leave, min"),
    "away": gettext_lazy("Away on business, min"),
    "overtime_workday": gettext_lazy("Overtime on workdays, min"),
    "overtime_weekend": gettext_lazy("Overtime on rest days, min"),
    "overtime_swapped_rest": gettext_lazy("Overtime on swapped rest days, min"),
    "overtime_statutory": gettext_lazy("Overtime on holidays, min"),
}
RESULTS: dict[str, tuple[Text, str]] = {
    "normal": (gettext_lazy("Normal"), "green"),
    "auto": (gettext_lazy("Normal, automatic"), "green"),
    "late": (gettext_lazy("Late"), "orange"),
    "serious_late": (gettext_lazy("Seriously late"), "red"),
    "early": (gettext_lazy("Left early"), "orange"),
    "lack": (gettext_lazy("Press missing"), "red"),
    "no_need": (gettext_lazy("Not needed"), "grey"),
    "pending": (gettext_lazy("Not over yet"), "blue"),
}
STATUS_TONES = {
    "normal": "green", "late": "orange", "early": "orange", "late_early": "orange", "lack": "red",
    "absent": "red", "leave": "purple", "away": "teal", "pending": "blue", "off": "grey", "exempt": "grey",
}  # fmt: skip
