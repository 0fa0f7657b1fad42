"""What is asked about functions and about leaving."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.people.choices import ACTIVE_PEOPLE
from qince.core.people.queries import department_names
from qince.kit.choosing import OneOf
from qince.kit.resource import ActorForm


class CloseForm(ActorForm):
    departments = forms.MultipleChoiceField(
        label=_("For whom"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick departments to close it for them and those below. Nothing ticked: for everybody."),
    )

    def arrange(self) -> None:
        field: Any = self.fields["departments"]
        field.choices = sorted(((str(key), name) for key, name in department_names().items()), key=_name)


def _name(choice: tuple[str, str]) -> str:
    return choice[1]


class LeaveForm(ActorForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    understood = forms.BooleanField(
        label=_("I understand that all accounts end and the data is deleted once the time to export is over.")
    )


class HandoverForm(ActorForm):
    taker: Any = OneOf(
        ACTIVE_PEOPLE, label=_("Successor"),
        help_text=_("They are asked and have to accept. Then they are administrator, and you are none any more."),
    )  # fmt: skip

    def arrange(self) -> None:
        taker: Any = self.fields["taker"]
        taker.leave_out(self.actor.person_id)
