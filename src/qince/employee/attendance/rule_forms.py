"""Forms of members of groups and of special days."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qince.core.people.choices import PEOPLE
from qince.employee.attendance.choices import GROUP_DEPARTMENTS
from qince.employee.attendance.models import Group, Shift
from qince.kit.choosing import OneOf
from qince.kit.forms import DateInput
from qince.kit.resource import ActorForm


class MemberForm(ActorForm):
    group = forms.ModelChoiceField(Group.objects.none(), label=_("Group"))
    employee: Any = OneOf(PEOPLE, label=_("Employee"), required=False)
    department: Any = OneOf(
        GROUP_DEPARTMENTS,
        label=_("or department"),
        required=False,
        help_text=_("With all below it. Who is named as a person goes by that."),
    )
    is_exempt = forms.BooleanField(label=_("Need not clock in"), required=False)
    starts_on = forms.DateField(label=_("From"), widget=DateInput, initial=timezone.localdate)

    def arrange(self) -> None:
        fields: Any = self.fields
        fields["group"].queryset = Group.objects.filter(is_active=True).order_by("name")


class EndForm(ActorForm):
    ends_on = forms.DateField(
        label=_("First day no longer in the group"), widget=DateInput, initial=timezone.localdate
    )


class SpecialDayForm(ActorForm):
    group = forms.ModelChoiceField(Group.objects.none(), label=_("Group"))
    on = forms.DateField(label=_("Date"), widget=DateInput)
    shift = forms.ModelChoiceField(
        Shift.objects.none(), label=_("Shift"), required=False, empty_label=_("Rest")
    )
    note = forms.CharField(label=_("Note"), max_length=100, required=False)

    def arrange(self) -> None:
        fields: Any = self.fields
        fields["group"].queryset = Group.objects.filter(is_active=True).order_by("name")
        fields["shift"].queryset = Shift.objects.filter(is_active=True).order_by("name")
