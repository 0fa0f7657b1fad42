"""What is asked about minors: the guardian, a report, a finding; and of the guardian, an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.guardians.models import AgeReview, Guardian
from qince.core.people.choices import PEOPLE
from qince.kit.choosing import OneOf
from qince.kit.forms import DateInput
from qince.kit.papers import PaperField
from qince.kit.resource import ActorForm


class GuardianForm(ActorForm):
    name = forms.CharField(label=_("Guardian's name"), max_length=60)
    mobile = forms.CharField(
        label=_("Guardian's mobile number"),
        max_length=20,
        help_text=_("The question and a code go to this number."),
    )
    relation = forms.ChoiceField(label=_("Relation"), choices=Guardian.Relation.choices)
    proof = PaperField(
        label=_("Proof of kinship"),
        help_text=_(
            "Such as a page of the household register. PDF, JPEG or PNG, at most 8 MB. Encrypted, and destroyed once "
            "the guardian has answered."
        ),
    )


class ReviewForm(ActorForm):
    employee: Any = OneOf(PEOPLE, label=_("About whom"))
    source = forms.ChoiceField(label=_("Where it comes from"), choices=AgeReview.Source.choices)
    reason = forms.CharField(
        label=_("What was said or seen"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class FindingForm(ActorForm):
    finding = forms.ChoiceField(
        label=_("What you found"), choices=AgeReview.Finding.choices, widget=forms.RadioSelect
    )
    birthday = forms.DateField(label=_("Birthday"), required=False, widget=DateInput())


class AnswerForm(forms.Form):
    """The guardian's: the code proves the mobile, the choice is an act of their own; nothing is ticked before."""

    notice_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            ("yes", _("I am the parent or guardian, I have read this, I agree and I supervise the use.")),
            ("no", _("I do not agree. The account stays closed.")),
        ],
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label=_("Code from the text message"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
