"""A leaver's tasks do not wait for ever; pages that show requests ask again."""

from qince.core.people.events import EmployeeLeft
from qince.core.rights import registry as rights
from qince.engines.approvals import decisions
from qince.engines.approvals.actions.handing_over import hand_over
from qince.engines.approvals.events import RequestChanged
from qince.engines.live.topics import changed
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.events import subscribe
from qince.kit.tenancy import current_organization_id

rights.decide(decisions.TERM, find=decisions.find, replay=decisions.replay)


@subscribe(EmployeeLeft)
def pass_tasks_on(event: EmployeeLeft) -> None:
    hand_over(
        system_actor(current_organization_id(), "approvals.hand_over"),
        employee_id=event.employee_id,
        successor_id=event.successor_id,
        now=clock.now(),
    )


@subscribe(RequestChanged)
def refresh(event: RequestChanged) -> None:
    changed("approvals")
