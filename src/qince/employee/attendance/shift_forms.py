"""The form of a shift: its times as they are written, and how late is late."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance import clocktimes, definitions
from qince.employee.attendance.definitions import ShiftTimes
from qince.employee.attendance.models import Shift
from qince.employee.attendance.replay.shapes import Grace, Rest, Slot
from qince.kit.errors import Refusal
from qince.kit.forms import DateInput
from qince.kit.resource import ActorForm
from qince.kit.tones import TONES

COLOURS = [
    ("blue", _("Blue")),
    ("green", _("Green")),
    ("orange", _("Orange")),
    ("purple", _("Purple")),
    ("teal", _("Teal")),
    ("red", _("Red")),
    ("grey", _("Grey")),
]
assert {tone for tone, _name in COLOURS} <= set(TONES)


def minutes(label: Any, initial: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, initial=initial, min_value=0, max_value=1440, help_text=help_text)


class ShiftForm(ActorForm):
    name = forms.CharField(label=_("Name"), max_length=40)
    colour = forms.ChoiceField(label=_("Colour"), choices=COLOURS)
    slots = forms.CharField(
        label=_("Times of work"),
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "09:00-18:00"}),
        help_text=_(
            "One stretch a line. One that ends earlier than it begins ends the next day: 22:00-06:00."
        ),
    )
    rests = forms.CharField(
        label=_("Rests"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "placeholder": "12:00-13:00"}),
    )
    late_as_late = minutes(_("Late after, min"), 0)
    late_as_serious = minutes(_("Seriously late after, min"), 30, _("0: never"))
    late_as_lack = minutes(_("Late counts as missing after, min"), 0, _("0: never"))
    early_as_early = minutes(_("Left early by more than, min"), 0)
    early_as_lack = minutes(_("Leaving early counts as missing beyond, min"), 0, _("0: never"))
    on_advance = minutes(_("Clocking in opens before the beginning, min"), 120)
    off_delay = minutes(_("Clocking out closes after the end, min"), 240)
    flex_late = minutes(_("May come later and leave later, min"), 0)
    flex_early = minutes(_("May come earlier and leave earlier, min"), 0)
    graces = forms.CharField(
        label=_("Late night, later morning"),
        required=False,
        help_text=_("Minutes stayed and minutes allowed: 120:30, 240:60."),
    )
    no_need_off = forms.BooleanField(label=_("Clocking out is not needed"), required=False)
    starts_on = forms.DateField(
        label=_("These times hold from"), widget=DateInput, initial=timezone.localdate
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        try:
            times = _times(given)
        except Refusal as refusal:
            self.refuse(refusal)
            return given
        kept = {name: given[name] for name in ("name", "colour", "starts_on")}
        if self.row is not None:
            kept["is_active"] = given["is_active"]
        return {**kept, "times": times}


def _times(given: dict[str, Any]) -> ShiftTimes:
    spans = clocktimes.stretches(given["slots"], field="slots")
    shared = ("late_as_late", "late_as_serious", "late_as_lack", "early_as_early", "early_as_lack", "on_advance",
              "off_delay", "no_need_off")  # fmt: skip
    thresholds = {name: given[name] for name in shared}
    rests = clocktimes.stretches(given["rests"], field="rests", after=spans[0][0] if spans else 0)
    return ShiftTimes(
        slots=tuple(Slot(on=on, off=off, **thresholds) for on, off in spans),
        rests=tuple(Rest(start, end) for start, end in rests),
        flex_late=given["flex_late"],
        flex_early=given["flex_early"],
        graces=tuple(_graces(given["graces"])),
    )


def _graces(text: str) -> Iterator[Grace]:
    for part in filter(None, text.replace("，", ",").replace("：", ":").replace(" ", "").split(",")):
        stayed, _colon, later = part.partition(":")
        if not (stayed.isdigit() and later.isdigit()) or int(stayed) > 1440 or int(later) > 1440:
            raise Refusal(
                "invalid_times", _("Write minutes stayed and minutes allowed: 120:30."), field="graces"
            )
        yield Grace(int(stayed), int(later))


def shift_initial(shift: Shift) -> dict[str, Any]:
    version = shift.versions.order_by("-version").first()
    assert version is not None
    times = definitions.times_of(version.definition)
    first = times.slots[0]
    return {
        "name": shift.name,
        "colour": shift.colour,
        "is_active": shift.is_active,
        "slots": clocktimes.lines([(each.on, each.off) for each in times.slots]),
        "rests": clocktimes.lines([(each.start, each.end) for each in times.rests]),
        "flex_late": times.flex_late,
        "flex_early": times.flex_early,
        "graces": ", ".join(f"{each.left_after}:{each.may_come_later}" for each in times.graces),
        **{
            name: getattr(first, name)
            for name in (
                "late_as_late",
                "late_as_serious",
                "late_as_lack",
                "early_as_early",
                "early_as_lack",
                "on_advance",
                "off_delay",
                "no_need_off",
            )
        },
    }
