"""Carrying a case out: erasing, copying, taking a consent back, telling past recipients. One path for all channels."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.erasure.actions import erase, plan_for
from qince.core.erasure.subjects import of_employee
from qince.core.people.accounts import sign_out_everywhere
from qince.core.privacy.actions import enter_for_subject
from qince.core.rights import registry, telling
from qince.core.rights.actions.closing import require_releasable
from qince.core.rights.actions.handling import held
from qince.core.rights.kinds import Kind, rules_of
from qince.core.rights.models import Case, Onward
from qince.core.rights.rules import HANDLE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal

_NEXT = {
    Onward.State.TO_SEND: (Onward.State.SENT, Onward.State.SKIPPED),
    Onward.State.SENT: (Onward.State.ANSWERED, Onward.State.DONE, Onward.State.REFUSED),
    Onward.State.ANSWERED: (Onward.State.DONE, Onward.State.REFUSED),
}


@action("rights.withdraw_for_subject", permission=HANDLE)
def withdraw_for_subject(
    actor: Actor, case: Case, *, now: datetime, purpose: str, circumstances: str = ""
) -> Case:
    """Take back or narrow, as the person asked and identity was checked; staff can never grant (C6.3-03)."""
    found = held(actor, case)
    if found.kind != Kind.WITHDRAW or found.subject is None:
        raise Refusal("wrong_kind", _("This case does not ask to take a consent back."))
    require_releasable(found)
    enter_for_subject(actor, found.subject, purpose=purpose, circumstances=circumstances, now=now)
    found.is_carried_out = True
    open_onward(found, now=now)
    found.save()
    note(found, purpose=purpose, circumstances=circumstances)
    return found


@action("rights.carry_out", permission=HANDLE)
def carry_out(actor: Actor, case: Case, *, now: datetime) -> Case:
    """Erase: the one path for all channels (C6.2-13). Recipients are noted and the person is told first, for then
    neither is known any more. What only the operator keeps are the devices; agreements stay as proof by law.
    """
    found = held(actor, case)
    if found.kind not in (Kind.DELETE, Kind.CANCEL) or found.subject is None:
        raise Refusal("wrong_kind", _("This case does not ask for a deletion."))
    require_releasable(found)
    if found.is_carried_out:
        raise Refusal("carried_out", _("This was carried out already."))
    open_onward(found, now=now)
    found.is_carried_out = True
    found.save()
    note(found, carried_out=True)
    if found.is_operator_data:
        sign_out_everywhere(found.subject, now=now)
        return found
    telling.farewell(actor, found, now=now)
    erase(actor, plan_for(of_employee(found.subject)), case=found, now=now)
    return found


def open_onward(case: Case, *, now: datetime) -> None:
    """A task for each past recipient of the person's data, once."""
    if case.subject_id is None or not rules_of(case.kind).tells_recipients:
        return
    tasks = [
        Onward(case=case, recipient=each.code, name=each.name, changed_at=now)
        for each in registry.recipients_of(case.subject_id)
    ]
    Onward.objects.bulk_create(tasks, ignore_conflicts=True)


@action("rights.tell_recipient", permission=HANDLE)
def tell_recipient(
    actor: Actor, case: Case, *, now: datetime, task_id: UUID, state: str, reason: str = ""
) -> Onward:
    """Move a recipient's task on; leaving one out needs its reason (C6.2-08, C6.2-09)."""
    found = held(actor, case)
    task: Onward | None = found.onward.select_for_update().filter(pk=task_id).first()
    if task is None:
        raise NotFound
    if state not in _NEXT.get(Onward.State(task.state), ()):
        raise Refusal("wrong_step", _("This step does not follow from the present one."), field="state")
    if state == Onward.State.SKIPPED and not reason.strip():
        raise Refusal("reason_required", _("Say why this recipient is not told."), field="reason")
    before = task.state
    task.state, task.reason, task.changed_at = state, reason.strip(), now
    task.save()
    found.save()
    note(found, recipient=task.recipient, onward=(before, state))
    return task
