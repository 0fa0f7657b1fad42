"""What is asked of an organization that wants to be certified."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.certification.models import Certification
from qince.core.certification.rules import CERTIFICATES
from qince.core.organizations.models import Organization
from qince.kit.forms import DateInput
from qince.kit.papers import PaperField
from qince.kit.resource import ActorForm


class CertificationForm(ActorForm):
    """`row` is the draft under way. Its identity number and files are not shown again: left empty, they stay."""

    certificate = forms.ChoiceField(label=_("Kind of certificate"))
    name = forms.CharField(label=_("Registered name"), max_length=100)
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=40,
        help_text=_("18 characters; the last one is checked."),
    )
    address = forms.CharField(label=_("Registered address"), max_length=200)
    valid_to = forms.DateField(
        label=_("Certificate valid until"),
        required=False,
        widget=DateInput(),
        help_text=_("Empty: without end."),
    )
    representative = forms.CharField(label=_("Legal representative"), max_length=60)
    id_kind = forms.ChoiceField(label=_("Identity document"), choices=Certification.IdKind.choices)
    id_number = forms.CharField(
        label=_("Number of the identity document"),
        max_length=20,
        help_text=_("Encrypted, used for certification only, and never shown in full again."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    licence = PaperField(label=_("Copy of the certificate"), help_text=_("PDF, JPEG or PNG, at most 8 MB."))
    letter = PaperField(
        label=_("Certification letter"),
        help_text=_("Signed and sealed by the organization. PDF, JPEG or PNG, at most 8 MB."),
    )

    def arrange(self) -> None:
        kind = Organization.objects.get(pk=self.actor.organization_id).kind
        words = dict(Certification.Certificate.choices)
        field: Any = self.fields["certificate"]
        field.choices = [(each, words[each]) for each in CERTIFICATES[kind]]
        if self.row is not None:
            for name in ("id_number", "licence", "letter"):
                self.fields[name].required = False
                self.fields[name].help_text = _("Entered. Left empty, it stays as it is.")
            self.fields["id_number"].widget.attrs["placeholder"] = self.row.masked_id_number


class SubmitForm(ActorForm):
    is_authorized = forms.BooleanField(
        label=_("My organization has authorized me to apply, and the legal representative knows of it."),
        required=False,
    )
