"""The form of an impact assessment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.policy.models import Assessment
from qince.core.privacy.registry import declared
from qince.kit.resource import ActorForm


class AssessmentForm(ActorForm):
    subject = forms.ChoiceField(label=_("Purpose or function"), choices=[])
    risk = forms.ChoiceField(label=_("Risk"), choices=Assessment.Risk.choices)
    necessity = forms.CharField(
        label=_("Lawful, proper, necessary"),
        help_text=_("Are purpose and way of processing lawful, proper and necessary?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    effects = forms.CharField(
        label=_("Effects on people, and risks"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )
    measures = forms.CharField(
        label=_("Protective measures"),
        help_text=_("Are they lawful, effective, and fit for the risk?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )

    def arrange(self) -> None:
        subject: Any = self.fields["subject"]
        subject.choices = [
            (_("Purposes"), [(code, each.title) for code, each in declared.purposes.items()]),
            (_("Functions"), [(code, each.title) for code, each in declared.functions.items()]),
        ]
