"""Forms of shifts, groups, members and special days."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qince.core.people.choices import PEOPLE
from qince.employee.attendance import clocktimes, definitions
from qince.employee.attendance.choices import GROUP_DEPARTMENTS, WORK_PLACES
from qince.employee.attendance.definitions import GroupTerms, ShiftTimes
from qince.employee.attendance.models import Group, Shift
from qince.employee.attendance.replay.shapes import Basis, Grace, OvertimeRule, Rest, Slot
from qince.employee.attendance.zones import organization_zone
from qince.kit import clock
from qince.kit.choosing import OneOf, SomeOf
from qince.kit.errors import Refusal
from qince.kit.forms import DateInput
from qince.kit.resource import ActorForm
from qince.kit.tones import TONES

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
KINDS_OF_DAY = ("workday", "weekend", "swapped_rest", "statutory")
COLOURS = [
    ("blue", _("Blue")),
    ("green", _("Green")),
    ("orange", _("Orange")),
    ("purple", _("Purple")),
    ("teal", _("Teal")),
    ("red", _("Red")),
    ("grey", _("Grey")),
]
BASES = [
    (Basis.NONE, _("Does not count")),
    (Basis.APPROVAL, _("As approved")),
    (Basis.PUNCH, _("As clocked")),
    (Basis.LESSER, _("What is both approved and clocked")),
]
PHOTOS = [
    ("off", _("Not asked for")),
    ("optional", _("Each person chooses")),
    ("required", _("Expected: without it somebody confirms")),
]
assert {tone for tone, _name in COLOURS} <= set(TONES)


def _minutes(label: Any, initial: int, help_text: Any = "") -> forms.IntegerField:
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
    late_as_late = _minutes(_("Late after, min"), 0)
    late_as_serious = _minutes(_("Seriously late after, min"), 30, _("0: never"))
    late_as_lack = _minutes(_("Late counts as missing after, min"), 0, _("0: never"))
    early_as_early = _minutes(_("Left early by more than, min"), 0)
    early_as_lack = _minutes(_("Leaving early counts as missing beyond, min"), 0, _("0: never"))
    on_advance = _minutes(_("Clocking in opens before the beginning, min"), 120)
    off_delay = _minutes(_("Clocking out closes after the end, min"), 240)
    flex_late = _minutes(_("May come later and leave later, min"), 0)
    flex_early = _minutes(_("May come earlier and leave earlier, min"), 0)
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


# Terms that the form asks for as they are kept.
PLAIN = (
    "zone",
    "uses_holidays",
    "free_minutes",
    "sync_grace",
    "correction_limit",
    "correction_days",
    "field",
    "field_photo",
    "photo",
    "swaps",
    "swap_week_hours",
    "swap_rest_hours",
)


class GroupForm(ActorForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=Group.Kind.choices)
    monday = forms.ChoiceField(label=_("Monday"), required=False)
    tuesday = forms.ChoiceField(label=_("Tuesday"), required=False)
    wednesday = forms.ChoiceField(label=_("Wednesday"), required=False)
    thursday = forms.ChoiceField(label=_("Thursday"), required=False)
    friday = forms.ChoiceField(label=_("Friday"), required=False)
    saturday = forms.ChoiceField(label=_("Saturday"), required=False)
    sunday = forms.ChoiceField(label=_("Sunday"), required=False)
    uses_holidays = forms.BooleanField(
        label=_("Rests on public holidays and works on make-up days"), required=False, initial=True
    )
    makeup = forms.ChoiceField(label=_("Shift of make-up days"), required=False)
    free_minutes = _minutes(_("Due a day in a free group, min"), 480)
    sync_grace = _minutes(
        _("Wait for late uploads, min"), 120, _("Only after this is a press that has not come missing.")
    )
    workday = forms.ChoiceField(label=_("Overtime on workdays"), choices=BASES, initial=Basis.APPROVAL)
    weekend = forms.ChoiceField(label=_("Overtime on rest days"), choices=BASES, initial=Basis.APPROVAL)
    swapped_rest = forms.ChoiceField(
        label=_("Overtime on swapped rest days"), choices=BASES, initial=Basis.APPROVAL
    )
    statutory = forms.ChoiceField(label=_("Overtime on holidays"), choices=BASES, initial=Basis.APPROVAL)
    correction_limit = forms.IntegerField(
        label=_("Corrections a month"), initial=3, min_value=0, max_value=31
    )
    correction_days = forms.IntegerField(
        label=_("Corrections within, days"), initial=7, min_value=0, max_value=62
    )
    field = forms.ChoiceField(
        label=_("Check-in away from the work place"),
        choices=[
            ("off", _("Marked as outside")),
            ("counted", _("Counts as field work")),
            ("approval", _("Counts after a decision")),
        ],
    )
    field_photo = forms.ChoiceField(
        label=_("Photo at a check-in in the field"), choices=PHOTOS, initial="optional"
    )
    photo = forms.ChoiceField(
        label=_("Photo at clocking in and out"), choices=PHOTOS, initial="off",
        help_text=_("Nobody is forced: the code of the work place, or a leader's word, takes its place."),
    )  # fmt: skip
    swaps = forms.BooleanField(
        label=_("Two may ask to exchange a day's shifts"), required=False, initial=True
    )
    swap_week_hours = forms.IntegerField(
        label=_("After an exchange at most, hours a week"), initial=44, min_value=1, max_value=168
    )
    swap_rest_hours = forms.IntegerField(
        label=_("After an exchange at least, hours between shifts"), initial=8, min_value=0, max_value=24
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("In which the times of work are said, for people elsewhere."),
    )
    places: Any = SomeOf(
        WORK_PLACES, label=_("Work places"), required=False, help_text=_("None chosen: any of them.")
    )
    effective_from = forms.DateField(
        label=_("These rules hold from"), widget=DateInput, initial=timezone.localdate
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def arrange(self) -> None:
        shifts = [(str(each.pk), each.name) for each in Shift.objects.filter(is_active=True).order_by("name")]
        for name in (*WEEKDAYS, "makeup"):
            field: Any = self.fields[name]
            none = _("Rest") if name != "makeup" else _("The week's first")
            field.choices = (
                [("", none), ("free", _("Free hours")), *shifts]
                if name != "makeup"
                else [("", none), *shifts]
            )
        zone: Any = self.fields["zone"]
        own = _("The organization's, %(zone)s") % {"zone": organization_zone()}
        zone.choices = [("", own), *((each, each) for each in clock.zones())]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        is_free = given["kind"] == Group.Kind.FREE
        week = tuple(given[day] or None for day in WEEKDAYS)
        week = tuple(
            ("free" if day else None) if is_free else (None if day == "free" else day) for day in week
        )
        terms_given: dict[str, Any] = {
            **{name: given[name] for name in PLAIN},
            **{name: OvertimeRule(basis=given[name]) for name in KINDS_OF_DAY},
        }
        terms = GroupTerms(
            week=week,
            makeup=given["makeup"] or None,
            places=tuple(str(each.pk) for each in given["places"]),
            **terms_given,
        )
        kept = {name: given[name] for name in ("name", "kind", "effective_from")}
        if self.row is not None:
            kept["is_active"] = given["is_active"]
        return {**kept, "terms": terms}


def group_initial(group: Group) -> dict[str, Any]:
    version = group.versions.order_by("-version").first()
    assert version is not None
    terms = definitions.terms_of(version.definition)
    return {
        "name": group.name,
        "kind": group.kind,
        "is_active": group.is_active,
        "makeup": terms.makeup or "",
        "places": list(terms.places),
        **{day: shift or "" for day, shift in zip(WEEKDAYS, terms.week, strict=True)},
        **{name: getattr(terms, name) for name in PLAIN},
        **{name: getattr(terms, name).basis for name in KINDS_OF_DAY},
    }


class MemberForm(ActorForm):
    group = forms.ModelChoiceField(Group.objects.none(), label=_("Group"))
    employee: Any = OneOf(PEOPLE, label=_("Employee"), required=False)
    department: Any = OneOf(
        GROUP_DEPARTMENTS,
        label=_("or department"),
        required=False,
        help_text=_("With all below it. Who is named as a person goes by that."),
    )
    is_exempt = forms.BooleanField(label=_("Need not clock in"), required=False)
    starts_on = forms.DateField(label=_("From"), widget=DateInput, initial=timezone.localdate)

    def arrange(self) -> None:
        fields: Any = self.fields
        fields["group"].queryset = Group.objects.filter(is_active=True).order_by("name")


class EndForm(ActorForm):
    ends_on = forms.DateField(
        label=_("First day no longer in the group"), widget=DateInput, initial=timezone.localdate
    )


class SpecialDayForm(ActorForm):
    group = forms.ModelChoiceField(Group.objects.none(), label=_("Group"))
    on = forms.DateField(label=_("Date"), widget=DateInput)
    shift = forms.ModelChoiceField(
        Shift.objects.none(), label=_("Shift"), required=False, empty_label=_("Rest")
    )
    note = forms.CharField(label=_("Note"), max_length=100, required=False)

    def arrange(self) -> None:
        fields: Any = self.fields
        fields["group"].queryset = Group.objects.filter(is_active=True).order_by("name")
        fields["shift"].queryset = Shift.objects.filter(is_active=True).order_by("name")
