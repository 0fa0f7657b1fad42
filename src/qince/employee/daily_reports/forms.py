"""The forms of daily reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.people.choices import DEPARTMENTS, PEOPLE
from qince.employee.daily_reports import words
from qince.employee.daily_reports.facts import facts
from qince.employee.daily_reports.filling import fits
from qince.employee.daily_reports.models import Template
from qince.employee.daily_reports.owing.rules import (
    LATEST_DUE_AFTER,
    LONGEST_LATE_HOURS,
    Basis,
    Cycle,
    Rule,
)
from qince.employee.daily_reports.presets import PRESETS
from qince.employee.daily_reports.queries import newest_version
from qince.employee.daily_reports.setting_up import DEEPEST_LEADER, Named, Setup, setup_of
from qince.engines.forms.console_forms import WEEKDAYS
from qince.engines.forms.schema.types import spoken
from qince.engines.forms.words import language_of
from qince.kit.choosing import SomeOf
from qince.kit.forms import DateInput, TimeInput
from qince.kit.resource import ActorForm

LEVELS = [(level, str(level)) for level in range(1, DEEPEST_LEADER + 1)]


class PeopleForm(ActorForm):
    """Who reports; shared by setting up and changing."""

    is_for_everybody = forms.BooleanField(label=_("For everybody"), required=False)
    departments: Any = SomeOf(DEPARTMENTS, label=_("Departments that report"), required=False)
    positions = forms.CharField(
        label=_("Positions that report"), max_length=300, required=False,
        help_text=_("As the address book has them, with commas between."),
    )  # fmt: skip
    people: Any = SomeOf(PEOPLE, label=_("People who report"), required=False)


def _keys(rows: Any) -> tuple[Any, ...]:
    return tuple(each.pk for each in rows)


def _words(text: str) -> tuple[str, ...]:
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return tuple(dict.fromkeys(filter(None, (each.strip() for each in parts))))


def _reporters(values: dict[str, Any]) -> Named:
    return Named(_keys(values["people"]), _keys(values["departments"]), _words(values["positions"]))


class NewTemplateForm(PeopleForm):
    field_order = ("name", "preset")
    name = forms.CharField(label=_("Name"), max_length=40)
    preset = forms.ChoiceField(
        label=_("Begin with"), choices=[(code, each.name) for code, each in PRESETS.items()],
        help_text=_("Fields and times can be changed afterwards."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        preset = PRESETS[cleaned["preset"]]
        known = {key: code for key, code in preset.autofill.items() if code in facts}
        setup = Setup(
            preset.rule, preset.definition, known, is_for_everybody=cleaned["is_for_everybody"],
            reporters=_reporters(cleaned),
        )  # fmt: skip
        return {"name": cleaned["name"], "setup": setup, "sequence": 10 * (Template.objects.count() + 1)}


class TemplateForm(PeopleForm):
    field_order = (
        "name", "is_active", "effective_from", "cycle", "basis", "weekdays", "due_at", "due_after", "late_hours",
        "remind_minutes", "is_for_everybody", "departments", "positions", "people", "exempt_departments",
        "exempt_people", "levels", "to_head", "receivers",
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=40)
    is_active = forms.BooleanField(label=_("In use"), required=False)
    effective_from = forms.DateField(
        label=_("Change from"), required=False, widget=DateInput(),
        help_text=_("Empty: from today. What began before keeps its rules."),
    )  # fmt: skip
    cycle = forms.ChoiceField(label=_("How often"), choices=list(words.CYCLES.items()))
    basis = forms.ChoiceField(label=_("Which days count"), choices=list(words.BASES.items()))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Only on these weekdays"), choices=WEEKDAYS, coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For daily reports; none ticked: every day that counts. Make-up days always count."),
    )  # fmt: skip
    due_at = forms.TimeField(label=_("Due by"), widget=TimeInput())
    due_after = forms.IntegerField(
        label=_("Days after the period"), min_value=0, max_value=LATEST_DUE_AFTER,
        help_text=_("0: due on the last day of the period itself."),
    )  # fmt: skip
    late_hours = forms.IntegerField(
        label=_("Taken as late for, hours"), min_value=0, max_value=LONGEST_LATE_HOURS,
        help_text=_("After that it counts as missing, and its receivers are told."),
    )  # fmt: skip
    remind_minutes = forms.IntegerField(
        label=_("Reminder before it is due, min"), min_value=0, max_value=1440, help_text=_("0: none.")
    )
    exempt_departments: Any = SomeOf(DEPARTMENTS, label=_("Departments that need not"), required=False)
    exempt_people: Any = SomeOf(PEOPLE, label=_("People who need not"), required=False)
    levels = forms.TypedMultipleChoiceField(
        label=_("Goes to leaders of level"), choices=LEVELS, coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("1 is the direct leader, as of the period."),
    )  # fmt: skip
    to_head = forms.BooleanField(label=_("Goes to the head of the department"), required=False)
    receivers: Any = SomeOf(PEOPLE, label=_("Goes to these people, too"), required=False)

    def arrange(self) -> None:
        """A field that a fact could fill in beforehand may be tied to one."""
        super().arrange()
        if self.row is None:
            return
        version = newest_version(self.row)
        for place in version.layout.places.values():
            offered = [(code, fact.title) for code, fact in facts.items() if fits(place.field, fact.kind)]
            if offered and not place.tables:
                label = spoken(place.field.label, language_of(version.form), version.form.language)
                self.fields[f"fact_{place.field.id}"] = forms.ChoiceField(
                    label=_("“%(field)s” is filled in from") % {"field": label},
                    choices=[("", _("Nothing: written by hand")), *offered],
                    required=False,
                    initial=version.autofill.get(place.field.id, ""),
                )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        return {
            "name": cleaned["name"], "is_active": cleaned["is_active"], "effective_from": cleaned["effective_from"],
            "setup": self._setup(cleaned),
        }  # fmt: skip

    def _setup(self, values: dict[str, Any]) -> Setup:
        rule = Rule(
            cycle=Cycle(values["cycle"]), basis=Basis(values["basis"]), weekdays=tuple(sorted(values["weekdays"])),
            due_at=values["due_at"].replace(second=0, microsecond=0), due_after=values["due_after"],
            late_hours=values["late_hours"], remind_minutes=values["remind_minutes"],
        )  # fmt: skip
        autofill = {
            name.removeprefix("fact_"): code
            for name, code in values.items()
            if name.startswith("fact_") and code
        }
        return Setup(
            rule=rule, definition=newest_version(self.row).form, autofill=autofill,
            is_for_everybody=values["is_for_everybody"], reporters=_reporters(values),
            exempt=Named(_keys(values["exempt_people"]), _keys(values["exempt_departments"])),
            receivers=_keys(values["receivers"]), levels=tuple(sorted(values["levels"])), to_head=values["to_head"],
        )  # fmt: skip


def initial_of(row: Template) -> dict[str, Any]:
    setup = setup_of(newest_version(row))
    rule = setup.rule
    return {
        "name": row.name, "is_active": row.is_active, "cycle": rule.cycle.value, "basis": rule.basis.value,
        "weekdays": list(rule.weekdays), "due_at": rule.due_at, "due_after": rule.due_after,
        "late_hours": rule.late_hours, "remind_minutes": rule.remind_minutes,
        "is_for_everybody": setup.is_for_everybody, "departments": setup.reporters.departments,
        "positions": "、".join(setup.reporters.positions), "people": setup.reporters.employees,
        "exempt_departments": setup.exempt.departments, "exempt_people": setup.exempt.employees,
        "levels": list(setup.levels), "to_head": setup.to_head, "receivers": setup.receivers,
    }  # fmt: skip
