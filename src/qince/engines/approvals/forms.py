"""What is asked when somebody decides, names a deputy, or begins a flow."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.people.choices import COLLEAGUES
from qince.core.people.models import Department, Employee
from qince.engines.approvals import queries
from qince.engines.approvals.actions.common import LONGEST
from qince.engines.approvals.actions.deciding import MOST_ADDED
from qince.engines.approvals.choices import FLOW_DEPARTMENTS
from qince.engines.approvals.models import Flow
from qince.engines.approvals.presenting import offered, ways_back
from qince.engines.approvals.registry import menu
from qince.kit import clock
from qince.kit.choosing import OneOf, SomeOf
from qince.kit.forms import DateTimeInput
from qince.kit.resource import ActorForm


def _words(label: Any, *, is_needed: bool) -> forms.CharField:
    return forms.CharField(
        label=label, required=is_needed, max_length=LONGEST, widget=forms.Textarea({"rows": 3})
    )


class ForDepartment(ActorForm):
    """What somebody asks for by a page of the console. Who is in several departments says for which of them it is."""

    department: Any = forms.ModelChoiceField(
        Department.objects.none(), label=_("For the department"), required=False, empty_label=None
    )

    def arrange(self) -> None:
        field: Any = self.fields.pop("department")
        own = queries.own_departments(self.actor.person_id)
        if len(own) < 2:
            return
        field.queryset = own
        if self.row is None:
            field.initial = own[0].pk
        else:
            field.empty_label = _("As before")
        self.fields["department"] = field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = cleaned.pop("department", None)
        return {**cleaned, "department_id": chosen.pk if chosen else None}


class CommentForm(ActorForm):
    comment = _words(_("Comment"), is_needed=False)


class ReasonForm(ActorForm):
    comment = _words(_("Reason"), is_needed=True)


class ReturnForm(ActorForm):
    to = forms.ChoiceField(label=_("Back to"), required=False)
    comment = _words(_("Reason"), is_needed=True)

    def arrange(self) -> None:
        field: Any = self.fields["to"]
        field.choices = ways_back(self.actor, self.row, clock.now()) if self.row is not None else []


class TransferForm(ActorForm):
    to: Any = OneOf(COLLEAGUES, label=_("Who decides instead"))
    comment = _words(_("Comment"), is_needed=False)


class AddForm(ActorForm):
    people: Any = SomeOf(
        COLLEAGUES, label=_("Who is asked too"),
        help_text=_("At most %(most)d people.") % {"most": MOST_ADDED},
    )  # fmt: skip
    where = forms.ChoiceField(
        label=_("When"),
        choices=[
            ("before", _("Before you decide")),
            ("after", _("After you have agreed")),
            ("beside", _("At the same time")),
        ],
    )
    comment = _words(_("Comment"), is_needed=False)


class ChooseForm(ActorForm):
    people: Any = SomeOf(COLLEAGUES, label=_("Who decides"))

    def arrange(self) -> None:
        if self.row is None:
            return
        most, among = offered(self.row)
        if among:  # a few that the flow names: all of them are shown
            few: Any = forms.ModelMultipleChoiceField(
                Employee.objects.present().filter(pk__in=among).order_by("name_key"),
                label=_("Who decides"), widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self.fields["people"] = few
        field: Any = self.fields["people"]
        field.help_text = _("At most %(most)d people.") % {"most": most}


class DelegationForm(ActorForm):
    to: Any = OneOf(COLLEAGUES, label=_("Who decides in your place"))
    starts_at = forms.DateTimeField(label=_("From"), widget=DateTimeInput())
    ends_at = forms.DateTimeField(label=_("Until"), widget=DateTimeInput())
    kinds = forms.MultipleChoiceField(
        label=_("Only for"), required=False, help_text=_("None chosen: for every kind of request.")
    )

    def arrange(self) -> None:
        self.fields["kinds"].choices = menu()  # type: ignore[attr-defined]


class _FlowForm(ActorForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    departments: Any = SomeOf(
        FLOW_DEPARTMENTS, label=_("For applicants of"), required=False,
        help_text=_("With the departments below. None chosen: for everybody."),
    )  # fmt: skip


class NewFlowForm(_FlowForm):
    subject = forms.ChoiceField(label=_("Kind of request"))
    field_order = ("subject", "name", "departments")

    def arrange(self) -> None:
        self.fields["subject"].choices = menu()  # type: ignore[attr-defined]


class FlowForm(_FlowForm):
    sequence = forms.IntegerField(
        label=_("Order"), min_value=0, max_value=999,
        help_text=_("Of several flows that fit an applicant, the one with the lowest number decides."),
    )  # fmt: skip
    is_active = forms.BooleanField(
        label=_("In use"), required=False, help_text=_("Out of use, the next flow that fits decides.")
    )


def flow_initial(flow: Flow) -> dict[str, Any]:
    return {
        "name": flow.name, "departments": flow.department_ids, "is_active": flow.is_active, "sequence": flow.sequence,
    }  # fmt: skip
