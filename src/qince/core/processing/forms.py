"""What is asked before an export, and an instruction in words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.accounts.models import Account
from qince.core.processing.instructing import LONGEST
from qince.core.signin.confirming import asked_of
from qince.kit.resource.forms import ActorForm


class ExportForm(ActorForm):
    reason = forms.CharField(
        label=_("What it is for"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands on record, and everybody else who may export reads it."),
    )
    proof = forms.CharField(
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("So that nobody does this at a desk you have left."),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].label = str(asked_of(account))
        if account.has_totp:
            self.fields["proof"].widget = forms.TextInput(attrs={"autocomplete": "one-time-code"})


class InstructForm(ActorForm):
    text = forms.CharField(
        label=_("What the operator is to do"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
