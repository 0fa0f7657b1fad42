"""The forms of leave."""

import re
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.employee.leave import queries, words
from qince.employee.leave.actions.papers import File
from qince.employee.leave.counting import segments_of
from qince.employee.leave.models import LeaveType, TypeVersion
from qince.employee.leave.reckoning.counting import Part, Segment
from qince.employee.leave.reckoning.templates import TEMPLATES
from qince.employee.leave.reckoning.terms import (
    Basis,
    Bridge,
    Granting,
    GrantOn,
    Overtime,
    Rounding,
    Service,
    Terms,
    Tier,
    Unit,
    as_stored,
)
from qince.engines.approvals.forms import ForDepartment
from qince.kit.forms import DateInput
from qince.kit.resource import ActorForm

DAY_INPUT = DateInput()
TIER = re.compile(r"\s*(\d{1,2})\s*[:：=]\s*(\d{1,3}(?:\.\d{1,2})?)\s*")


def _number(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=8,
        decimal_places=2,
        min_value=more.pop("min_value", 0),
        max_value=9999,
        **more,
    )


class TiersField(forms.CharField):
    """`1:5, 10:10, 20:15`: from so many years on, so much."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        found = []
        for piece in filter(str.strip, re.split(r"[,，;；\n]", text or "")):
            match = TIER.fullmatch(piece)
            if match is None:
                raise forms.ValidationError(_("Write tiers as years:amount, such as 1:5, 10:10, 20:15."))
            found.append(Tier(int(match[1]), Decimal(match[2])))
        return tuple(found)


def tiers_text(tiers: Any) -> str:
    return ", ".join(f"{each['years']}:{Decimal(each['amount']).normalize():f}" for each in tiers)


class TypeForm(ActorForm):
    name = forms.CharField(label=_("Name"), max_length=40)
    tone = forms.ChoiceField(label=_("Colour"), choices=LeaveType.Tone.choices)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    effective_from = forms.DateField(
        label=_("Rules count from"), required=False, widget=DAY_INPUT,
        help_text=_("Empty: from today. Requests handed in before keep the rules they were counted by."),
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("Taken in"), choices=list(words.UNITS.items()))
    basis = forms.ChoiceField(label=_("Way of counting"), choices=list(words.BASES.items()))
    hours_per_day = _number(label=_("Hours of a day"), initial=8, help_text=_("For types taken by the hour."))
    step = _number(
        label=_("Smallest step"), initial="0.5", help_text=_("What grants and hours are rounded to.")
    )
    bridge = forms.ChoiceField(label=_("Days off within"), choices=list(words.BRIDGES.items()))
    grant = forms.ChoiceField(label=_("Way of granting"), choices=list(words.GRANTS.items()))
    grant_on = forms.ChoiceField(label=_("Granted on"), choices=list(words.GRANTED_ON.items()))
    amount = _number(
        label=_("Amount of leave"), required=False, help_text=_("A year, or a month where granted monthly.")
    )
    tiers = TiersField(
        label=_("Tiers"),
        required=False,
        help_text=_("Years of service:amount a year, such as 1:5, 10:10, 20:15."),
    )
    service = forms.ChoiceField(label=_("Years of service"), choices=list(words.SERVICES.items()))
    prorate = forms.BooleanField(label=_("Part of a year gives its share"), required=False, initial=True)
    rounding = forms.ChoiceField(label=_("Rounding"), choices=list(words.ROUNDINGS.items()))
    extra_months = forms.IntegerField(
        label=_("Can be spent longer, months"), min_value=0, max_value=60, initial=0,
        help_text=_("How long after its period a grant can still be spent."),
    )  # fmt: skip
    valid_months = forms.IntegerField(
        label=_("Overtime can be spent within, months"), min_value=1, max_value=60, initial=12
    )
    comp_for = forms.MultipleChoiceField(
        label=_("Overtime given back as leave"), choices=list(words.OVERTIMES.items()), required=False,
        widget=forms.CheckboxSelectMultiple, initial=[each.value for each in Terms().comp_for],
        help_text=_("Credited when a month of attendance is locked. By law overtime on holidays is paid."),
    )  # fmt: skip
    carry_max = _number(label=_("Carried over at most"), initial=0)
    carry_months = forms.IntegerField(
        label=_("Carried over for, months"), min_value=1, max_value=60, initial=3
    )
    negative_limit = _number(label=_("In advance at most"), initial=0)
    longest = _number(label=_("At a time at most"), required=False, help_text=_("Empty: no limit."))
    proof_after = _number(
        label=_("Proof is needed above"), required=False, help_text=_("Zero: always. Empty: never.")
    )
    backdate_days = forms.IntegerField(
        label=_("Can be asked for afterwards, days"), min_value=0, max_value=366, initial=30
    )
    is_paid = forms.BooleanField(label=_("Paid leave"), required=False, initial=True)
    is_health = forms.BooleanField(
        label=_("Reasons tell about health"), required=False,
        help_text=_("They are sealed, need a consent of their own, and are read by HR only."),
    )  # fmt: skip

    FIELDS = (
        "unit", "basis", "hours_per_day", "step", "bridge", "grant", "grant_on", "amount", "tiers", "service",
        "prorate", "rounding", "extra_months", "valid_months", "comp_for", "carry_max", "carry_months",
        "negative_limit", "longest", "proof_after", "backdate_days", "is_paid", "is_health",
    )  # fmt: skip

    def arrange(self) -> None:
        """Creating from a template (`?template=annual`) begins with its numbers."""
        template = TEMPLATES.get(str(self.initial.get("template", "")))
        if self.row is None and template:
            self.initial = initial_terms(template.terms) | {
                "name": str(words.TEMPLATE_NAMES[template.code]), "is_active": True,
            }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        rest = {name: value for name, value in cleaned.items() if name not in self.FIELDS}
        return rest | {"terms": _terms(cleaned)}


def _terms(values: dict[str, Any]) -> Terms:
    return Terms(
        unit=Unit(values["unit"]), basis=Basis(values["basis"]), hours_per_day=values["hours_per_day"],
        grant=Granting(values["grant"]), grant_on=GrantOn(values["grant_on"]), amount=values["amount"] or Decimal(0),
        tiers=values["tiers"], service=Service(values["service"]), prorate=values["prorate"],
        rounding=Rounding(values["rounding"]), step=values["step"], extra_months=values["extra_months"],
        valid_months=values["valid_months"], comp_for=tuple(map(Overtime, values["comp_for"])),
        carry_max=values["carry_max"], carry_months=values["carry_months"],
        negative_limit=values["negative_limit"], longest=values["longest"], proof_after=values["proof_after"],
        backdate_days=values["backdate_days"], bridge=Bridge(values["bridge"]), is_paid=values["is_paid"],
        is_health=values["is_health"],
    )  # fmt: skip


def initial_terms(terms: Terms) -> dict[str, Any]:
    stored: dict[str, Any] = as_stored(terms)
    return stored | {"tiers": tiers_text(stored["tiers"])}


def initial_of(row: LeaveType) -> dict[str, Any]:
    newest = TypeVersion.objects.filter(type=row).order_by("-version").first()
    values = {"name": row.name, "tone": row.tone, "is_active": row.is_active}
    return values | (initial_terms(newest.terms) if newest else {})


class AdjustForm(ActorForm):
    qty = forms.DecimalField(
        label=_("Quantity"),
        max_digits=8,
        decimal_places=2,
        help_text=_("Below zero takes away what is not spent yet."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
    valid_from = forms.DateField(label=_("Valid from"), required=False, widget=DAY_INPUT)
    valid_to = forms.DateField(
        label=_("Valid until"), required=False, widget=DAY_INPUT, help_text=_("Empty: the end of the year.")
    )


class ServiceForm(ActorForm):
    working_since = forms.DateField(
        label=_("Working since"), widget=DAY_INPUT,
        help_text=_("The beginning of the whole working life; tiers of annual leave count from there."),
    )  # fmt: skip


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, as name and bytes."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        found = [super(FilesField, self).clean(each, initial) for each in given]
        return [File(each.name, each.read()) for each in found if each]


class RequestForm(ForDepartment):
    type = forms.ModelChoiceField(LeaveType.objects.none(), label=_("Type of leave"))
    first = forms.DateField(label=_("From"), widget=DAY_INPUT)
    begins = forms.ChoiceField(
        label=_("Begins"), choices=[(Part.FULL.value, _("In the morning")), (Part.PM.value, _("At noon"))]
    )
    last = forms.DateField(label=_("Until"), widget=DAY_INPUT)
    ends = forms.ChoiceField(
        label=_("Ends"), choices=[(Part.FULL.value, _("In the evening")), (Part.AM.value, _("At noon"))]
    )
    from_time = forms.TimeField(
        label=_("From (hours)"), required=False, widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=_("Only for hours of one day."),
    )  # fmt: skip
    to_time = forms.TimeField(
        label=_("Until (hours)"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    papers = FilesField(
        label=_("Papers"), required=False, help_text=_("Pictures or PDF, at most five of 5 MB.")
    )
    paper_by_hand = forms.BooleanField(label=_("I hand the paper to HR"), required=False)

    def arrange(self) -> None:
        super().arrange()
        types: Any = self.fields["type"]
        types.queryset = queries.active_types()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        return cleaned | {"segments": [_segment(cleaned)]}

    def refuse(self, refusal: Any) -> None:
        """What is wrong with the stretch belongs to its first field."""
        if "segments" in refusal.fields:
            self.add_error("first", str(refusal.fields["segments"]))
        else:
            super().refuse(refusal)


class ChangeForm(RequestForm):
    """A returned request, as it was handed in; the type stays."""

    def arrange(self) -> None:
        super().arrange()
        row = self.row
        if row is None:
            return
        types: Any = self.fields["type"]
        types.queryset = LeaveType.objects.filter(pk=row.type_id)
        self.initial = {**_held(row.segments), "type": row.type_id, "reason": row.reason, **self.initial}
        self.initial["paper_by_hand"] = row.paper_by_hand


def _held(segments: list[dict[str, Any]]) -> dict[str, Any]:
    """The first stretch in the fields of the form; nothing where none was named."""
    stretches = segments_of(segments)
    if not stretches:
        return {}
    found = stretches[0]
    return {
        "first": found.first, "last": found.last, "begins": found.begins.value, "ends": found.ends.value,
        "from_time": _clock(found.from_minute), "to_time": _clock(found.to_minute),
    }  # fmt: skip


def _clock(minute: int | None) -> time | None:
    return None if minute is None else time(minute // 60 % 24, minute % 60)


def _segment(values: dict[str, Any]) -> Segment:
    first: date = values["first"]
    return Segment(
        first, values["last"], Part(values["begins"]), Part(values["ends"]), _minute(values["from_time"]),
        _minute(values["to_time"]),
    )  # fmt: skip


def _minute(at: time | None) -> int | None:
    return None if at is None else at.hour * 60 + at.minute


class CallOffForm(ActorForm):
    """What remains of approved leave; of one that came back, as it was handed in."""

    def arrange(self) -> None:
        returned = queries.returned_cancellation(self.row) if self.row is not None else None
        if returned is None:
            return
        kept = segments_of(returned.kept)
        held = {"last": kept[-1].last, "ends": kept[-1].ends.value} if kept else {}
        self.initial = {**held, "reason": returned.reason, **self.initial}

    last = forms.DateField(
        label=_("Last day of leave that remains"), required=False, widget=DAY_INPUT,
        help_text=_("Empty: all of it is called off."),
    )  # fmt: skip
    ends = forms.ChoiceField(
        label=_("Ends"), choices=[(Part.FULL.value, _("In the evening")), (Part.AM.value, _("At noon"))]
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
