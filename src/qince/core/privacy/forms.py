"""The acts a person presses on the console."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.registry import CIRCUMSTANCES, NEVER, Purpose

Act = ConsentEntry.Act


class AgreementForm(forms.Form):
    """Each document is agreed to by a box of its own (C1.1-17), the age confirmed by another; all start empty."""

    privacy = forms.BooleanField(
        label=_("I have read the privacy policy and agree to it."),
        error_messages={"required": _("Please confirm this line first.")},
    )
    terms = forms.BooleanField(
        label=_("I have read the user agreement and agree to it."),
        error_messages={"required": _("Please confirm this line first.")},
    )
    capable = forms.BooleanField(
        label=_("I am at least 18 and able to decide this for myself, or my guardian agrees."),
        error_messages={"required": _("Please confirm this line first.")},
    )


class CircumstancesForm(forms.Form):
    """When something sensitive may be read."""

    circumstances = forms.ChoiceField(widget=forms.RadioSelect, label="")

    def __init__(self, purpose: Purpose, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, prefix=purpose.code, initial=initial)
        self.fields["circumstances"].choices = [(code, CIRCUMSTANCES[code]) for code in purpose.circumstances]  # type: ignore[attr-defined]


def act_towards(chosen: str, held: str, order: tuple[str, ...]) -> str:
    """What choosing `chosen` means while `held` stands ("" or never: nothing does); `order` is narrowest first."""
    stands = held not in ("", NEVER)
    if chosen == NEVER:
        return Act.WITHDRAWN if stands else Act.DECLINED
    if stands and order.index(chosen) < order.index(held):
        return Act.NARROWED
    return Act.GRANTED
