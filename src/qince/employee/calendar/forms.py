"""Forms of the console. A form speaks of days and hours; what it means as a draft, `draft_of` says."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from qince.core.people.choices import COLLEAGUES
from qince.employee.calendar.actions.drafts import Draft, zones
from qince.employee.calendar.models import CalendarKey, Event
from qince.employee.calendar.recurrence.rules import WEEKDAYS as DAY_CODES
from qince.employee.calendar.recurrence.rules import BadRule, parse
from qince.employee.calendar.words import REMINDERS
from qince.kit.choosing import OneOf, SomeOf
from qince.kit.forms import DateInput, TimeInput
from qince.kit.resource.forms import ActorForm

CUSTOM = "custom"
REPEATS = (
    ("", _("Does not repeat")),
    ("DAILY", _("Daily")),
    ("WEEKLY", _("Weekly")),
    ("MONTHLY", _("Monthly")),
    ("YEARLY", _("Yearly")),
    (CUSTOM, _("By a rule of its own")),
)
NO_REMINDER = ("", _("No reminder"))
ONE = timedelta(days=1)


class EventForm(ActorForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    all_day = forms.BooleanField(label=_("All day"), required=False)
    starts_on = forms.DateField(label=_("From"), widget=DateInput())
    starts_time = forms.TimeField(label=_("Begins at"), widget=TimeInput(), required=False)
    ends_on = forms.DateField(label=_("Until"), widget=DateInput())
    ends_time = forms.TimeField(label=_("Ends at"), widget=TimeInput(), required=False)
    zone = forms.ChoiceField(label=_("Time zone"))
    repeats = forms.ChoiceField(label=_("Repeats"), choices=REPEATS, required=False)
    every = forms.IntegerField(label=_("Every … times"), min_value=1, max_value=400, required=False)
    weekdays = forms.MultipleChoiceField(
        label=_("On"),
        choices=[(code, WEEKDAYS[day]) for day, code in enumerate(DAY_CODES)],
        widget=forms.CheckboxSelectMultiple(),
        required=False,
        help_text=_("Without a choice the day it begins on."),
    )
    until = forms.DateField(label=_("Repeats until"), widget=DateInput(), required=False)
    count = forms.IntegerField(label=_("How many times"), min_value=1, max_value=3660, required=False)
    rrule = forms.CharField(
        label=_("Rule (RRULE)"), max_length=500, required=False, help_text="FREQ=MONTHLY;BYDAY=-1FR"
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    guests: Any = SomeOf(COLLEAGUES, label=_("Guests"), required=False)
    visibility = forms.ChoiceField(label=_("Who sees it"), choices=Event.Visibility.choices)
    minutes_before = forms.TypedChoiceField(
        label=_("Remind me"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[NO_REMINDER, *((str(minutes), text) for minutes, text in REMINDERS)],
    )
    notes = forms.CharField(
        label=_("Notes"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def arrange(self) -> None:
        zone: Any = self.fields["zone"]
        zone.choices = [(each, each) for each in sorted(zones())]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("all_day"):
            for name in ("starts_time", "ends_time"):
                if name not in self.errors and found.get(name) is None:
                    self.add_error(name, _("Give a time, or mark it as lasting all day."))
        if found.get("repeats") == CUSTOM and not found.get("rrule"):
            self.add_error("rrule", _("Write a rule, or choose how it repeats."))
        if found.get("until") and found.get("count"):
            self.add_error("count", _("Say either how many times or until when, not both."))
        return found

    def draft(self) -> Draft:
        given = self.cleaned_data
        all_day = given["all_day"]
        starts = datetime.combine(given["starts_on"], time() if all_day else given["starts_time"])
        ends = datetime.combine(given["ends_on"], time() if all_day else given["ends_time"])
        return Draft(
            title=given["title"],
            zone=given["zone"],
            starts=starts,
            ends=ends + ONE if all_day else ends,
            all_day=all_day,
            place=given["place"],
            notes=given["notes"],
            rrule=_rule(given, starts),
            visibility=given["visibility"],
            guest_ids=[each.pk for each in given["guests"]],
            minutes_before=given["minutes_before"],
        )

    def refuse(self, refusal: Any) -> None:
        """What an action says about wall times and the rule belongs to the fields they are entered in."""
        places = {"starts": "starts_on", "ends": "ends_on"}
        own = self.cleaned_data.get("repeats") if hasattr(self, "cleaned_data") else ""
        places["rrule"] = "rrule" if own == CUSTOM else "repeats"
        refusal.fields = {places.get(name, name): text for name, text in refusal.fields.items()}
        super().refuse(refusal)


def _rule(given: dict[str, Any], starts: datetime) -> str:
    repeats = given["repeats"]
    if not repeats or repeats == CUSTOM:
        return given["rrule"] if repeats == CUSTOM else ""
    parts = [f"FREQ={repeats}"]
    if (given["every"] or 1) > 1:
        parts.append(f"INTERVAL={given['every']}")
    if given["count"]:
        parts.append(f"COUNT={given['count']}")
    if given["until"]:
        parts.append(f"UNTIL={given['until']:%Y%m%d}")
    if repeats == "WEEKLY" and given["weekdays"]:
        days = {*given["weekdays"], DAY_CODES[starts.weekday()]}
        parts.append("BYDAY=" + ",".join(code for code in DAY_CODES if code in days))
    return ";".join(parts)


def initial_new(on: date, at: time | None, zone: str) -> dict[str, Any]:
    starts = datetime.combine(on, at or time(9))
    ends = starts + timedelta(hours=1)
    return {
        "starts_on": starts.date(),
        "starts_time": starts.time(),
        "ends_on": ends.date(),
        "ends_time": ends.time(),
        "zone": zone,
        "visibility": Event.Visibility.PUBLIC,
        "minutes_before": "15",
        "all_day": False,
    }


def initial_of(row: Event, shown: Event, starts: datetime, minutes: int | None) -> dict[str, Any]:
    """The form of one occurrence: `shown` is the exception it is, or the series itself."""
    ends = starts + (shown.ends - shown.starts)
    if shown.all_day:
        ends -= ONE
    return {
        "title": shown.title,
        "place": shown.place,
        "notes": shown.notes,
        "all_day": shown.all_day,
        "starts_on": starts.date(),
        "starts_time": None if shown.all_day else starts.time(),
        "ends_on": ends.date(),
        "ends_time": None if shown.all_day else ends.time(),
        "zone": shown.zone,
        "visibility": shown.visibility,
        "minutes_before": "" if minutes is None else str(minutes),
        "guests": list(row.attendees.values_list("employee", flat=True)),
        **_repeating(row),
    }


def _repeating(row: Event) -> dict[str, Any]:
    """The simple choices where they say the rule completely, else the rule itself."""
    if not row.rrule:
        return {"repeats": ""}
    try:
        rule = parse(row.rrule, row.zone, all_day=row.all_day)
    except BadRule:
        return {"repeats": CUSTOM, "rrule": row.rrule}
    is_simple = not (rule.month_days or rule.months or rule.positions or rule.week_start)
    if not is_simple or (rule.days and rule.frequency != "WEEKLY") or _ends_within_a_day(rule.until):
        return {"repeats": CUSTOM, "rrule": row.rrule}
    return {
        "repeats": rule.frequency,
        "every": rule.interval if rule.interval > 1 else None,
        "weekdays": [DAY_CODES[day] for day, _nth in rule.days],
        "count": rule.count,
        "until": rule.until.date() if rule.until else None,
    }


def _ends_within_a_day(until: datetime | None) -> bool:
    """Whether the last moment is one that a date alone does not say."""
    return until is not None and until.time() not in (time(), time(23, 59, 59))


class ShareForm(ActorForm):
    viewer: Any = OneOf(COLLEAGUES, label=_("Colleague"))


class KeyForm(ActorForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=CalendarKey.Kind.choices)
    name = forms.CharField(label=_("Device or app"), max_length=60)
