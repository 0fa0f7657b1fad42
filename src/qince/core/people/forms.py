"""What is asked about employees and departments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.people import belongings
from qince.core.people.actions.entering import KNOWS
from qince.core.people.choices import DEPARTMENTS, PEOPLE
from qince.core.people.models import Employee
from qince.core.people.rules import MASK_EMAIL, MASK_MOBILE, MASK_NUMBER
from qince.kit.attestation import AttestationField
from qince.kit.choosing import OneOf, SomeOf
from qince.kit.forms import DateInput
from qince.kit.resource import ActorForm

# Fields of the form that an organization may do without; structure (departments, leader) is not among them.
SWITCHABLE = {"number", "position", "email", "hired_on"}


class EmployeeForm(ActorForm):
    """Name and mobile are needed; everything else may stay empty and never gets in anybody's way (C2.1.1-12)."""

    masks = {"mobile": MASK_MOBILE, "email": MASK_EMAIL, "number": MASK_NUMBER}

    name = forms.CharField(label=_("Full name"), max_length=60)
    mobile = forms.CharField(label=_("Mobile"), max_length=20, help_text=_("Signs in with this number."))
    main_department: Any = OneOf(DEPARTMENTS, label=_("Main department"), required=False)
    other_departments: Any = SomeOf(DEPARTMENTS, label=_("Further departments"), required=False)
    leader: Any = OneOf(PEOPLE, label=_("Direct leader"), required=False)
    position = forms.CharField(label=_("Job title"), max_length=60, required=False)
    number = forms.CharField(label=_("Employee number"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    hired_on = forms.DateField(label=_("Date of employment"), required=False, widget=DateInput())
    birthday = forms.DateField(
        label=_("Birthday, of people under 18"),
        required=False,
        widget=DateInput(),
        help_text=_("Compared and not kept. Nobody under 16; at 16 and 17 a guardian has to agree first."),
    )

    attested = AttestationField(KNOWS)

    def arrange(self) -> None:
        self._leave_out()
        if self.row is not None:
            del self.fields["attested"]
        if self.row is not None:
            leader: Any = self.fields["leader"]
            leader.leave_out(self.row.pk)
            self._let_be_emptied()

    def _let_be_emptied(self) -> None:
        """Of an account that exists, name and mobile may be taken out; what follows is said beside them (C2.1.1-08)."""
        for name in {"name", "mobile"} & set(self.fields):
            self.fields[name].required = False
            self.fields[name].help_text = _("Left empty, the account is suspended; nothing else is lost.")

    def _leave_out(self) -> None:
        """What the organization does not keep is not asked for."""
        organization = Organization.objects.get(pk=self.actor.organization_id)
        for name in set(Settings.of(organization).address_book_off) & SWITCHABLE:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Main and further departments become one list, the main one first."""
        values: dict[str, Any] = super().clean() or {}
        main, others = values.pop("main_department", None), values.pop("other_departments", None) or []
        if others and main is None:
            self.add_error("main_department", _("Choose the main department too."))
        values["departments"] = [*([main] if main else []), *(found for found in others if found != main)]
        return values


def initial(employee: Employee) -> dict[str, Any]:
    """What the edit form starts from."""
    held = list(employee.memberships.filter(ends_on__isnull=True).order_by("-is_main", "starts_on"))
    plain = {
        name: getattr(employee, name)
        for name in ("name", "mobile", "position", "number", "email", "hired_on")
    }
    return plain | {
        "leader": employee.leader_id,
        "main_department": next((found.department_id for found in held if found.is_main), None),
        "other_departments": [found.department_id for found in held if not found.is_main],
    }


class MoveForm(ActorForm):
    department: Any = OneOf(DEPARTMENTS, label=_("New main department"))
    on = forms.DateField(label=_("From"), required=False, widget=DateInput(), help_text=_("Empty: today."))


class LeaveForm(ActorForm):
    successor: Any = OneOf(
        PEOPLE,
        label=_("Successor"),
        required=False,
        help_text=_("Takes over the subordinates and what else is handed over. Empty: the leader one up."),
    )
    on = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput(), help_text=_("Empty: today.")
    )

    def arrange(self) -> None:
        if self.row is not None:
            field: Any = self.fields["successor"]
            field.leave_out(self.row.pk)
            field.help_text = " ".join([str(field.help_text), *_handed_over(self.row)])


def _handed_over(employee: Employee) -> list[str]:
    """What waits for a successor, and what becomes of it without one."""
    things = belongings.of(employee)
    if not things:
        return []
    told = [_("To be handed over: %(things)s.") % {"things": ", ".join(things)}]
    if employee.leader_id is None:
        told.append(str(_("Nobody stands above: without a successor, nobody has them any more.")))
    return told


class DepartmentForm(ActorForm):
    name = forms.CharField(label=_("Name"), max_length=80)
    parent: Any = OneOf(DEPARTMENTS, label=_("Parent department"), required=False, empty_label=_("Top level"))
    code = forms.CharField(label=_("Code"), max_length=40, required=False)
    sequence = forms.IntegerField(label=_("Order"), min_value=0, required=False)

    def arrange(self) -> None:
        """Not below itself: what is suggested leaves the department out, what is sent everything below it too."""
        if self.row is not None:
            field: Any = self.fields["parent"]
            field.leave_out(self.row.pk)
            field.queryset = field.queryset.exclude(path__startswith=self.row.path)

    def clean_sequence(self) -> int:
        return self.cleaned_data.get("sequence") or 0
