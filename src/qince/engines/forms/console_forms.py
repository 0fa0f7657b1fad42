"""The forms of the console's own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.people.choices import DEPARTMENTS, PEOPLE
from qince.engines.forms.choices import ASSIGNEES
from qince.engines.forms.models import Assignment, Form
from qince.engines.forms.queries import forms_visible_to
from qince.kit.choosing import OneOf, SomeOf
from qince.kit.forms import DateInput, TimeInput
from qince.kit.resource import ActorForm

WEEKDAYS = (
    (1, _("Monday")), (2, _("Tuesday")), (3, _("Wednesday")), (4, _("Thursday")), (5, _("Friday")),
    (6, _("Saturday")), (7, _("Sunday")),
)  # fmt: skip


class NewForm(ActorForm):
    title = forms.CharField(label=_("Title"), max_length=80)
    code = forms.RegexField(
        r"^[a-z][a-z0-9_]{0,39}$",
        label=_("Code"),
        required=False,
        help_text=_(
            "For other programs: a letter first, then letters, digits and _. Made by itself if left empty."
        ),
    )


class UsageForm(ActorForm):
    editing = forms.ChoiceField(label=_("Who filled it in may change it"), choices=Form.Editing.choices)
    decided_by = forms.ChoiceField(
        label=_("Who decides on what was filled in"),
        choices=Form.Decider.choices,
        help_text=_(
            "A flow is drawn under Approvals → Approval flows. Without one, the direct leader decides."
        ),
    )
    is_open_to_all = forms.BooleanField(label=_("Everybody may fill it in at any time"), required=False)


class ReviewForm(ActorForm):
    text = forms.CharField(
        label=_("What has to be mended"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(ActorForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class TokenForm(ActorForm):
    employee: Any = OneOf(PEOPLE, label=_("Acts for"))
    name = forms.CharField(label=_("Device or app"), max_length=60)


class AssignmentForm(ActorForm):
    form: Any = forms.ModelChoiceField(Form.objects.none(), label=_("Form"))
    name = forms.CharField(label=_("Name of the task"), max_length=80)
    period = forms.ChoiceField(label=_("How often"), choices=Assignment.Period.choices)
    starts_on = forms.DateField(label=_("From"), widget=DateInput())
    ends_on = forms.DateField(label=_("Until"), widget=DateInput(), required=False)
    due_at = forms.TimeField(label=_("Due by"), widget=TimeInput())
    due_day = forms.IntegerField(
        label=_("Due on"),
        min_value=0,
        max_value=31,
        initial=0,
        help_text=_("Weekly: weekday 1 to 7; monthly: day of the month; 0: the last day of the period."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Only on these weekdays"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For daily tasks; none ticked: every day."),
    )
    is_for_everybody = forms.BooleanField(label=_("For everybody"), required=False)
    departments: Any = SomeOf(DEPARTMENTS, label=_("Departments"), required=False)
    employees: Any = SomeOf(ASSIGNEES, label=_("People"), required=False)

    def arrange(self) -> None:
        chosen: Any = self.fields["form"]
        chosen.queryset = forms_visible_to(self.actor).filter(state=Form.State.PUBLISHED).order_by("name")
        if self.row is not None:
            del self.fields["form"]


def assignment_initial(assignment: Assignment) -> dict[str, Any]:
    found = {
        name: getattr(assignment, name) for name in AssignmentForm.base_fields if hasattr(assignment, name)
    }
    targets = list(assignment.targets.all())
    found["employees"] = [each.employee_id for each in targets if each.employee_id]
    found["departments"] = [each.department_id for each in targets if each.department_id]
    return found
