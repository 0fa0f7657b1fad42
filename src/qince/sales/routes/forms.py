"""Forms of routes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qince.kit.choosing import OneOf
from qince.kit.forms import DateInput
from qince.kit.resource import ActorForm
from qince.sales.routes.choices import REPS


class NewRouteForm(ActorForm):
    employee: Any = OneOf(REPS, label=_("Rep"))
    name = forms.CharField(label=_("Name"), max_length=60, initial=_("Weekly route"))
    starts_on = forms.DateField(label=_("From"), widget=DateInput, initial=timezone.localdate)


class RouteForm(forms.Form):
    """The head of the editor; the stops come as `stop=week:weekday:customer`, in order."""

    name = forms.CharField(label=_("Name"), max_length=60)
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    weeks_in_cycle = forms.TypedChoiceField(
        label=_("Repeats every"),
        coerce=int,
        choices=[(1, _("week")), (2, _("2 weeks")), (4, _("4 weeks"))],
    )
