"""What a person fills in about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.rights.actions.own import KNOWS
from qince.core.rights.grounds import Deletion
from qince.core.rights.kinds import ABOUT_DECISIONS, OWN, Kind
from qince.core.rights.models import Legacy, Preference
from qince.kit.attestation import AttestationField

_KINDS = [(kind.value, kind.label) for kind in Kind if kind in OWN and kind not in ABOUT_DECISIONS]


class OwnForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What do you want?"),
        choices=[*_KINDS, (Kind.EXPLAIN.value, Kind.EXPLAIN.label), (Kind.OBJECT.value, Kind.OBJECT.label)],
    )
    details = forms.CharField(
        label=_("In your words"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5})
    )
    ground = forms.ChoiceField(
        label=_("For a deletion: the ground"), required=False, choices=[("", "—"), *Deletion.choices]
    )
    ground_text = forms.CharField(label=_("Ground, explained"), max_length=500, required=False)
    is_operator_data = forms.BooleanField(
        label=_("Only what the operator keeps of me: agreements and devices"), required=False
    )
    decision = forms.CharField(required=False, widget=forms.HiddenInput)
    decision_id = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ComplaintForm(forms.Form):
    details = forms.CharField(
        label=_("What are you not satisfied with?"), max_length=4000, widget=forms.Textarea({"rows": 3})
    )


class SurveyForm(forms.Form):
    score = forms.TypedChoiceField(
        label=_("How was it handled?"), coerce=int, choices=[(n, str(n)) for n in range(5, 0, -1)]
    )
    text = forms.CharField(label=_("Remark"), max_length=500, required=False)


class LegacyForm(forms.Form):
    wish = forms.ChoiceField(label=_("After my death"), choices=Legacy.Wish.choices, widget=forms.RadioSelect)
    trusted_name = forms.CharField(label=_("Person named"), max_length=60, required=False)
    trusted_contact = forms.CharField(label=_("How to reach them"), max_length=120, required=False)
    attested = AttestationField(KNOWS)
    note_text = forms.CharField(
        label=_("Further wishes"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    is_on_paper = forms.BooleanField(label=_("I also left this on paper"), required=False)


class PushedForm(forms.Form):
    pushed = forms.ChoiceField(
        label=_("Pushed information"), choices=Preference.Pushed.choices, widget=forms.RadioSelect
    )
