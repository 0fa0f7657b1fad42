"""A birthday told anywhere comes here."""

from qince.core.guardians.finding import learn_birthday
from qince.core.people.events import BirthdayEntered
from qince.core.people.models import Employee
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.events import subscribe


@subscribe(BirthdayEntered)
def look_at_age(event: BirthdayEntered) -> None:
    employee = Employee.objects.select_related("organization").get(pk=event.employee_id)
    assert employee.organization_id is not None
    actor = system_actor(employee.organization_id, "guardians.birthday")
    learn_birthday(actor, employee, birthday=event.birthday, now=clock.now())
