"""Training in security and privacy: the organization's own register (C5.1-06). Overdue training closes what is
sensitive about others, where the organization set that; for the operator's staff it always does (C5.3-05).
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from qince.core.letters.actions import Addressee, send
from qince.core.people.models import Employee
from qince.core.people.queries import pick_employee
from qince.core.watch import staffing, tickets
from qince.core.watch.alerts import settings_of
from qince.core.watch.letters import TRAINING_DUE
from qince.core.watch.models import Staff, Training
from qince.core.watch.rules import KEEP_TRAINING
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

REMINDED_BEFORE = timedelta(days=14)


class TrainingOverdue(Refusal):
    status = 403

    def __init__(self) -> None:
        super().__init__(
            "training_overdue",
            _(
                "Your training in security and privacy is overdue: sensitive data of others is closed until it is done."
            ),
        )


@action("watch.enter_training", permission=KEEP_TRAINING)
def enter_training(
    actor: Actor, *, employee: Employee, topic: str, done_on: date, due_on: date, now: datetime
) -> Training:
    """Write down that somebody has done a training, and by when it is to be repeated."""
    if due_on < done_on:
        raise Refusal("ends_before", _("It ends before it begins."), field="due_on")
    made = Training.objects.create(
        employee=pick_employee(actor, employee), topic=topic, done_on=done_on, due_on=due_on
    )
    note(made, topic=topic, due_on=due_on)
    return made


def is_trained(organization_id: UUID, employee_id: UUID, *, today: date) -> bool:
    """Whether the person may open sensitive data of others, as far as training goes."""
    if staff := tickets.staff_behind(employee_id):
        return staffing.is_trained(Staff.objects.get(pk=staff), today=today)
    if not settings_of(organization_id).training_required:
        return True
    due = [each["due"] for each in _latest(employee_id)]
    return bool(due) and min(due) >= today


def _latest(employee_id: UUID) -> Any:
    """Of each topic when it is due; a repetition counts from then on."""
    return (
        Training.objects.filter(employee=employee_id).order_by().values("topic").annotate(due=Max("due_on"))
    )


@action("watch.remind_training")
def remind(actor: Actor, *, today: date, now: datetime) -> int:
    """Remind each person once before a training is due, unless it was repeated meanwhile; how many."""
    rows = Training.objects.filter(due_on__lte=today + REMINDED_BEFORE, reminded_at__isnull=True)
    sent = 0
    for row in rows.select_related("employee"):
        newer = Training.objects.filter(employee=row.employee, topic=row.topic, due_on__gt=row.due_on)
        if row.employee.status == Employee.Status.ACTIVE and not newer.exists():
            to = [Addressee(employee_id=row.employee_id)]
            values = {"topic": row.topic, "day": row.due_on.isoformat()}
            send(actor, to=to, kind=TRAINING_DUE, values=values, now=now)
            sent += 1
        row.reminded_at = now
        row.save(update_fields=["reminded_at"])
        note(row, reminded=True)
    return sent


def trainings_visible_to(actor: Actor) -> Any:
    return actor.scope(KEEP_TRAINING).filter(Training.objects.all())
