"""Erasing a person. What cannot be undone is decided here; the work itself follows in `working`, by a job.

    plan = plan_for(subjects.of_employee(employee))     # show it first
    erasure = erase(actor, plan, case=case, now=now)    # from here on there is no way back

Order: everything that may refuse; the erasure ledger, durably; the keys; then the queue.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.erasure import ledger, subjects
from qince.core.erasure.events import SubjectErased
from qince.core.erasure.models import Erasure, Mark
from qince.core.erasure.places import say_farewell
from qince.core.erasure.plan import Plan, plan_for
from qince.core.erasure.rules import ERASE, require_reach
from qince.core.erasure.subjects import Kind, Subject
from qince.core.people.actions import leave
from qince.core.people.models import Employee
from qince.kit.action import action, note
from qince.kit.actor import Actor, system_actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.events import publish
from qince.kit.vault import api as vault

__all__ = ["Plan", "SubjectErased", "erase", "plan_for"]


@action("erasure.erase", permission=ERASE)
def erase(actor: Actor, plan: Plan, *, case: Any = None, now: datetime) -> Erasure:
    """Begin to erase the plan's subject. Keys are destroyed when this returns; rows follow by a job.

    An employee still in the organization leaves it with this act. Refuses an erasure under way, oneself, and whoever
    nobody could replace.
    """
    subject = _fresh(plan.subject)
    require_reach(actor, ERASE, subject.id)
    if subject.id is not None and subject.id == actor.employee_id:
        raise Refusal("oneself", _("You cannot do this to yourself. Ask another administrator."))
    if Erasure.objects.filter(subject_digest=subject.digest).exclude(state=Erasure.State.DONE).exists():
        raise Conflict("erasure_under_way", _("This person is being erased already."))
    _part_ways(actor, subject, now=now)
    found = Erasure(
        kind=subject.kind,
        subject_id=subject.id,
        account_id=subject.account_id,
        match=match_of(subject),
        subject_digest=subject.digest,
        case_digest=case_digest(actor.organization_id, case),
        pseudonym=subject.pseudonym,
        requested_by_id=actor.employee_id,
        begun_at=now,
        planned=plan.counts,
    )
    publish(SubjectErased(subject.kind, subject.id, subject.digest, subject.pseudonym))
    begin(found, subject, now=now)
    note(found, kind=subject.kind.value, rows=plan.rows, ledger_entry=found.ledger_entry)
    return found


def begin(found: Erasure, subject: Subject, *, now: datetime, ledger_entry: int | None = None) -> None:
    """The point of no return: the ledger first, for what it says is done again after any crash or restore."""
    if ledger_entry is None:
        for alias in subject.aliases:
            Mark.objects.get_or_create(number=ledger.append(alias, now=now))
    found.ledger_entry = ledger_entry or ledger.append(subject, now=now)
    if subject.id is not None:
        vault.destroy_subject(subject.organization_id, subject.id)
    found.save()
    if subject.kind is not Kind.CONTACT:
        say_farewell(
            subject.devices()
        )  # now: until the job comes, the phone would only hear that it is signed out
    Mark.objects.get_or_create(number=found.ledger_entry)
    _queue(found)


def _queue(found: Erasure) -> None:
    from qince.core.erasure.jobs import carry_out

    organization, key = str(found.organization_id), str(found.pk)
    carry_out.defer(organization_id=organization, erasure_id=key)  # joins the transaction


def case_digest(organization_id: UUID, case: Any) -> str:
    """Which case asked for it, provable to whoever holds the case, and to nobody else."""
    if case is None:
        return ""
    return vault.digest(organization_id, "erasure.case", str(getattr(case, "pk", case)))


def _fresh(subject: Subject) -> Subject:
    """The subject as it is now: a plan may have been looked at for days."""
    if subject.kind is not Kind.EMPLOYEE:
        return subject
    employee = Employee.objects.select_for_update(of=("self",)).filter(pk=subject.person_id).first()
    if employee is None:
        raise NotFound
    return subjects.of_employee(employee)


def match_of(subject: Subject) -> dict[str, str]:
    if subject.kind is not Kind.CONTACT:
        return {}
    return {"name": subject.name, "mobile": subject.mobile, "email": subject.email}


def _part_ways(actor: Actor, subject: Subject, *, now: datetime) -> None:
    """Whoever is still there leaves first, by the act that everybody leaves by: subordinates, customers, roles."""
    if subject.kind is not Kind.EMPLOYEE:
        return
    employee = Employee.objects.get(pk=subject.person_id)
    if employee.status != Employee.Status.LEFT:
        leave(system_actor(actor.organization_id, "erasure"), employee, now=now)
