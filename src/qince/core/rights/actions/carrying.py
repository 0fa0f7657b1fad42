"""Carrying a case out: erasing, copying, taking a consent back, telling past recipients. One path for all channels."""

from datetime import datetime
from typing import IO
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.core.erasure import copies
from qince.core.erasure.actions import erase, plan_for
from qince.core.erasure.correcting import correct, correctable
from qince.core.erasure.models import Copy
from qince.core.erasure.restricting import lift_restriction, put_back, restrict, set_aside
from qince.core.people.accounts import sign_out_everywhere
from qince.core.people.models import Employee
from qince.core.privacy.actions import enter_for_subject
from qince.core.rights import telling
from qince.core.rights.actions.closing import require_releasable
from qince.core.rights.actions.handling import held
from qince.core.rights.actions.onward import open_onward
from qince.core.rights.asking import asked, known_as, may_copy, may_erase, subject_of
from qince.core.rights.interest import is_cut, scope_of
from qince.core.rights.kinds import Asked, Kind
from qince.core.rights.models import Case, Onward
from qince.core.rights.rules import HANDLE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal

UNDER_WAY = Q(state__in=(Copy.State.MAKING, Copy.State.READY))
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
    """Erase: the one path for all channels (C6.2-13) and for everybody: a member, one who died, a contact outside.

    Recipients are noted and whoever asked is told first, for then neither is known any more. What only the operator
    keeps are the devices; agreements stay as proof by law.
    """
    found = held(actor, case)
    if not may_erase(found):
        raise Refusal("wrong_kind", _("This case does not ask for a deletion."))
    require_releasable(found)
    if found.authorization == Case.Authorization.GIVEN and found.authorized_by_id == actor.employee_id:
        raise Refusal("second_person", _("You authorized it: somebody else must carry it out."))
    if found.is_carried_out:
        raise Refusal("carried_out", _("This was carried out already."))
    open_onward(found, now=now)
    found.is_carried_out = True
    found.save()
    note(found, carried_out=True)
    if found.is_operator_data and found.subject is not None:
        sign_out_everywhere(found.subject, now=now)
        return found
    telling.farewell(actor, found, now=now)
    erase(actor, plan_for(subject_of(found)), case=found, now=now)
    return found


@action("rights.correct_contact", permission=HANDLE)
def correct_contact(
    actor: Actor,
    case: Case,
    *,
    now: datetime,
    stands_as: str,
    name: str = "",
    mobile: str = "",
    email: str = "",
) -> Case:
    """Put right what the rows of work say of a contact outside, who has no page of their own for it.

    `stands_as`: the number, address or name by which the rows know the person now; what is left empty stays. Nobody
    outside has to be told: none can hold a contact (tests/erasure/test_contacts_stay.py walks all there are).
    """
    found = held(actor, case)
    if found.subject is not None or asked(found) != Asked.CORRECT:
        raise Refusal("wrong_kind", _("This case does not ask to correct the data of somebody outside."))
    require_releasable(found)
    given = {"name": name.strip(), "mobile": mobile.strip(), "email": email.strip()}
    values = {told: value for told, value in given.items() if value and told in correctable()}
    if not stands_as.strip():
        raise Refusal("required", _("Say by what the records know this person now."), field="stands_as")
    if not values:
        raise Refusal("value_required", _("Enter what is right."), field="name")
    rows = correct(known_as(stands_as), values)
    found.is_carried_out = True
    found.save()
    note(found, corrected=rows, what=sorted(values))
    return found


@action("rights.restrict_use", permission=HANDLE)
def restrict_use(actor: Actor, case: Case, *, now: datetime) -> Case:
    """Leave the data stored and secured and use nothing of it: while accuracy or lawfulness is disputed, or where it
    cannot be deleted yet (C6.2-12). Needs the right to restrict beside that to handle.
    """
    found = held(actor, case)
    _require_somebody(found)
    require_releasable(found)
    if found.subject is None:
        set_aside(actor, subject_of(found), case=found, now=now)
    else:
        restrict(actor, found.subject, case=found, now=now)
    found.save()
    note(found, restricted=True)
    return found


@action("rights.lift_restriction", permission=HANDLE)
def lift_use(actor: Actor, case: Case, *, now: datetime) -> Case:
    """Let the data be used again, once what was disputed is settled."""
    found = held(actor, case)
    _require_somebody(found)
    if found.subject is None:
        put_back(actor, subject_of(found), case=found, now=now)
    else:
        lift_restriction(actor, found.subject, case=found, now=now)
    found.save()
    note(found, restricted=False)
    return found


def _require_somebody(case: Case) -> None:
    if case.subject is None and case.kind != Kind.OUTSIDE:
        raise Refusal("wrong_kind", _("This case is about nobody whose data could be restricted."))


@action("rights.make_copy", permission=HANDLE)
def make_copy(actor: Actor, case: Case, *, now: datetime) -> Copy:
    """Have the copy made that the case asks for, by the same job as a person's own.

    Whoever can sign in collects it there; for the others an officer does, and hands it over. That closes the case.
    """
    found = held(actor, case)
    if not may_copy(found):
        raise Refusal("wrong_kind", _("This case does not ask for a copy."))
    require_releasable(found)
    if found.kind == Kind.RELATIVE and found.subject and found.subject.status != Employee.Status.LEFT:
        raise Refusal(
            "still_member",
            _("The person still counts as a member. Let them leave first, then the copy can be handed over."),
        )
    scope = scope_of(found)
    if scope is None and is_cut(found):
        raise Refusal(
            "interest_open",
            _("Decide first which kinds of data the relative's own lawful interest covers."),
        )
    if copies.copies_for(actor.organization_id, found).filter(UNDER_WAY, expires_at__gt=now).exists():
        raise Refusal("copy_waits", _("A copy for this case is being made, or waits to be collected."))
    found.save()
    note(found)
    return copies.request_copy(actor, subject_of(found), case=found, scope=scope, now=now)


@action("rights.hand_copy_over", permission=HANDLE)
def hand_copy_over(actor: Actor, case: Case, *, now: datetime) -> tuple[Copy, IO[bytes]]:
    """The package for somebody who cannot collect it, to be handed over by the way that was checked."""
    found = held(actor, case)
    require_releasable(found)
    ready = copies.copies_for(actor.organization_id, found).filter(copies.HANDED_OVER, state=Copy.State.READY)
    copy: Copy | None = ready.filter(expires_at__gt=now).first()
    if copy is None:
        raise NotFound
    note(found)
    token = copies.link_copy(actor, copy, now=now)
    return copy, copies.collect_copy(actor, copy, token=token, now=now)


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
