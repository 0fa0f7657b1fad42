"""Data about somebody who is not asked themselves: whoever gives it states that they know and agree (C1.2-10).

The statement stands on the form; that it was made goes into the record of the act, and so who made it and when.
"""

from django import forms
from django.utils.translation import gettext as _

from qince.kit.errors import Refusal, Text


class AttestationField(forms.BooleanField):
    """The tick beside the statement. Whether it is needed is for the act to say: where nobody is named, none."""

    def __init__(self, statement: Text) -> None:
        super().__init__(label=statement, required=False)  # type: ignore[arg-type]  # Django: its own proxy


def attest(statement: Text, *, attested: bool) -> dict[str, str]:
    """The fact to note with the act; refuses where the statement was not made, so that nothing is saved."""
    if not attested:
        raise Refusal(
            "attestation_required",
            _("Confirm the statement first: the person it is about must know, and have agreed."),
            field="attested",
        )
    return {"attested": str(statement)}
