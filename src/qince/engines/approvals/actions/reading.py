"""Having read what one was told of."""

from datetime import datetime
from uuid import UUID

from qince.engines.approvals.models import Task
from qince.kit.action import action, note
from qince.kit.actor import Actor


@action("approvals.mark_read", permission=None)
def mark_read(actor: Actor, *, instance_id: UUID, now: datetime) -> None:
    """The actor has opened the request: own parts in it are read from now on. Noted once."""
    rows = Task.objects.filter(instance=instance_id, assignee=actor.employee_id, read_at__isnull=True)
    found = list(rows.select_related("instance"))
    if found:
        rows.update(read_at=now)
        note(found[0].instance, read=len(found))
