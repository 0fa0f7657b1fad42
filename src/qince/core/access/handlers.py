"""What joining, leaving and suspension mean for roles."""

from qince.core.access.actions import require_replaceable
from qince.core.access.models import Grant, Role
from qince.core.access.registry import REP
from qince.core.people.events import EmployeeLeft, EmployeesJoined, EmployeeSuspended
from qince.kit.events import subscribe


@subscribe(EmployeesJoined)
def grant_first_role(event: EmployeesJoined) -> None:
    """Everybody starts as a field representative over their own rows."""
    role = Role.objects.filter(key=REP).first()
    if role is not None:
        Grant.objects.bulk_create(
            [Grant(employee_id=key, role=role, reach=Grant.Reach.SELF) for key in event.employee_ids],
            ignore_conflicts=True,
        )


@subscribe(EmployeeSuspended)
def keep_an_administrator(event: EmployeeSuspended) -> None:
    require_replaceable(event.employee_id)


@subscribe(EmployeeLeft)
def withdraw_grants(event: EmployeeLeft) -> None:
    require_replaceable(event.employee_id)
    Grant.objects.filter(employee=event.employee_id).delete()
