"""Who may be given a task of filling in a form."""

from qince.core.people.choices import of_people
from qince.core.people.models import Employee
from qince.engines.forms.rules import ASSIGN

ASSIGNEES = of_people(
    "form_assignees", lambda actor: actor.scope(ASSIGN).filter(Employee.objects.present(), "pk")
)
