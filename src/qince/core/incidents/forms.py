"""What is asked while an incident is handled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.incidents import parts
from qince.core.incidents.finding import holdings
from qince.core.incidents.models import Affected, Incident
from qince.core.letters.models import Delivery
from qince.core.people.choices import DEPARTMENTS, PEOPLE, PEOPLE_AND_FORMER
from qince.kit.choosing import OneOf, SomeOf
from qince.kit.forms import DateInput, DateTimeInput
from qince.kit.resource import ActorForm


class IncidentForm(ActorForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Incident.Kind.choices, widget=forms.RadioSelect)
    discovered_at = forms.DateTimeField(
        label=_("Discovered"), widget=DateTimeInput, help_text=_("The clock runs from here.")
    )
    happened_at = forms.DateTimeField(label=_("Happened"), widget=DateTimeInput, required=False)
    is_drill = forms.BooleanField(label=_("This is a drill: nothing is sent"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kind", Incident.Kind.GENERAL)


class PartsForm(ActorForm):
    """The parts that are written; contact details come from the operator's settings."""

    def arrange(self) -> None:
        for name, (title, hint) in parts.WRITTEN.items():
            self.fields[name] = forms.CharField(
                label=str(title), help_text=str(hint), required=False, max_length=4000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip


def parts_initial(incident: Incident) -> dict[str, Any]:
    return {name: getattr(incident, name) for name in parts.WRITTEN}


class FindForm(ActorForm):
    keys = forms.MultipleChoiceField(label=_("Kinds of data"), widget=forms.CheckboxSelectMultiple)
    start = forms.DateTimeField(label=_("Recorded from"), widget=DateTimeInput, required=False)
    end = forms.DateTimeField(label=_("Recorded until"), widget=DateTimeInput, required=False)
    departments: Any = SomeOf(
        DEPARTMENTS, label=_("Only these departments"), required=False,
        help_text=_("Without a choice: everybody, people outside too."),
    )  # fmt: skip

    def arrange(self) -> None:
        keys: Any = self.fields["keys"]
        keys.choices = [(key, each.title) for key, each in holdings().items()]


class GuardianForm(ActorForm):
    guardian_name = forms.CharField(label=_("Guardian"), max_length=60)
    guardian_mobile = forms.CharField(label=_("Guardian's mobile"), max_length=20, required=False)
    guardian_email = forms.EmailField(label=_("Guardian's e-mail"), required=False)


def guardian_initial(affected: Affected) -> dict[str, Any]:
    names = ("guardian_name", "guardian_mobile", "guardian_email")
    return {name: getattr(affected, name) for name in names}


class AddForm(ActorForm):
    employee: Any = OneOf(
        PEOPLE_AND_FORMER, label=_("Employee"), required=False, empty_label=_("somebody else")
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    mobile = forms.CharField(label=_("Mobile"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    guardian_name = forms.CharField(label=_("Guardian"), max_length=60, required=False)
    guardian_mobile = forms.CharField(label=_("Guardian's mobile"), max_length=20, required=False)
    guardian_email = forms.EmailField(label=_("Guardian's e-mail"), required=False)


class TellForm(ActorForm):
    channels = forms.MultipleChoiceField(
        label=_("Channels"), choices=Delivery.Channel.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("channels", list(Delivery.Channel.values))


class ReasonForm(ActorForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ReportForm(ActorForm):
    reported_on = forms.DateField(label=_("Reported on"), widget=DateInput)
    receipt = forms.CharField(label=_("Receipt number"), max_length=80)


class RemedyForm(ActorForm):
    remedy = forms.ChoiceField(label=_("Remedy"), choices=Affected.Remedy.choices)
    guardian_remedy = forms.ChoiceField(
        label=_("Remedy for the guardian"), choices=[("", "—"), *Affected.Remedy.choices], required=False,
        help_text=_("Only where children are concerned."),
    )  # fmt: skip
    remedy_note = forms.CharField(label=_("Note"), max_length=300, required=False)


class TickForm(ActorForm):
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[(each.value, each.label) for each in (Delivery.Channel.LETTER, Delivery.Channel.PHONE)],
    )


class StepForm(ActorForm):
    owner: Any = OneOf(PEOPLE, label=_("Owner"))
    due_at = forms.DateTimeField(label=_("Due"), widget=DateTimeInput)


class StepDoneForm(ActorForm):
    note_text = forms.CharField(label=_("Note"), max_length=300, required=False)
