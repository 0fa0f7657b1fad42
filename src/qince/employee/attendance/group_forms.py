"""The form of an attendance group: its week and its rules."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance import definitions
from qince.employee.attendance.choices import WORK_PLACES
from qince.employee.attendance.definitions import GroupTerms
from qince.employee.attendance.models import Group, Shift
from qince.employee.attendance.replay.shapes import Basis, OvertimeRule
from qince.employee.attendance.shift_forms import minutes
from qince.employee.attendance.zones import organization_zone
from qince.kit import clock
from qince.kit.choosing import SomeOf
from qince.kit.forms import DateInput
from qince.kit.resource import ActorForm

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
KINDS_OF_DAY = ("workday", "weekend", "swapped_rest", "statutory")
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
    free_minutes = minutes(_("Due a day in a free group, min"), 480)
    sync_grace = minutes(
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
