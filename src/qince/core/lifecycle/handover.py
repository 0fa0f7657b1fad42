"""Handing the administration over: the one offers it, the successor accepts, both acts on record (C6.1-05)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.access.models import Grant, Role
from qince.core.access.registry import ADMINISTRATOR
from qince.core.access.rules import GRANT
from qince.core.letters.actions import Addressee, send
from qince.core.lifecycle import letters
from qince.core.lifecycle.models import Handover
from qince.core.people.models import Employee
from qince.core.people.queries import get_employee
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal

State, Reach = Handover.State, Grant.Reach


@action("lifecycle.offer_handover", permission=GRANT)
def offer(actor: Actor, *, taker: Employee, now: datetime) -> Handover:
    """Offer one's own administration to somebody; nothing changes before they accept."""
    giver = Employee.objects.select_for_update(of=("self",)).get(pk=actor.person_id)
    taker = get_employee(actor, taker.pk)
    if _administration(giver) is None:
        raise Refusal(
            "not_administrator", _("Only an administrator of the whole organization can hand it over.")
        )
    if taker.pk == giver.pk or taker.status != Employee.Status.ACTIVE:
        raise Refusal("wrong_successor", _("Choose somebody else who uses the system."), field="taker")
    if Handover.objects.filter(giver=giver, state=State.OFFERED).exists():
        raise Conflict("offered_already", _("You have offered it to somebody already. Withdraw that first."))
    found = Handover.objects.create(giver=giver, taker=taker, offered_at=now)
    _tell(actor, found, taker, letters.HANDOVER, giver, now)
    note(taker, handover=State.OFFERED, giver=giver.name)
    return found


@action("lifecycle.withdraw_handover", permission=GRANT)
def withdraw(actor: Actor, handover: Handover, *, now: datetime) -> Handover:
    """Take the offer back before it is answered."""
    found = _open(handover)
    if found.giver_id != actor.employee_id:
        raise NotFound
    return _decide(found, State.WITHDRAWN, now)


@action("lifecycle.answer_handover", permission=None)
def answer(actor: Actor, handover: Handover, *, accepts: bool, now: datetime) -> Handover:
    """The successor's own answer. Accepted, the role passes on in one step, so that somebody always holds it."""
    found = _open(handover)
    if found.taker_id != actor.employee_id:
        raise NotFound
    if accepts:
        _pass_on(found)
    _decide(found, State.ACCEPTED if accepts else State.DECLINED, now)
    _tell(actor, found, found.giver, letters.HANDOVER_ANSWERED, found.taker, now)
    return found


def _pass_on(handover: Handover) -> None:
    Role.objects.select_for_update().get(key=ADMINISTRATOR)
    held = _administration(handover.giver)
    if held is None or handover.giver.status != Employee.Status.ACTIVE:
        raise Conflict(
            "not_administrator", _("This offer no longer holds: who made it is no administrator now.")
        )
    Grant.objects.get_or_create(
        employee=handover.taker,
        role=held.role,
        reach=Reach.ORGANIZATION,
        defaults={"granted_by": handover.giver},
    )
    held.delete()
    note(handover.giver, role=(ADMINISTRATOR, ""), reach=Reach.ORGANIZATION)
    note(handover.taker, role=("", ADMINISTRATOR), reach=Reach.ORGANIZATION)


def _administration(employee: Employee) -> Grant | None:
    rows = Grant.objects.select_related("role").filter(employee=employee, reach=Reach.ORGANIZATION)
    found: Grant | None = rows.filter(role__key=ADMINISTRATOR).first()
    return found


def _open(handover: Handover) -> Handover:
    rows = Handover.objects.select_for_update(of=("self",)).select_related("giver", "taker")
    found: Handover | None = rows.filter(pk=handover.pk).first()
    if found is None:
        raise NotFound
    if found.state != State.OFFERED:
        raise Conflict("answered_already", _("This was answered or withdrawn already."))
    return found


def _decide(found: Handover, state: str, now: datetime) -> Handover:
    found.state, found.decided_at = state, now
    found.save(update_fields=["state", "decided_at"])
    note(found.taker, handover=(State.OFFERED, state), giver=found.giver.name)
    return found


def _tell(actor: Actor, found: Handover, to: Employee, kind: str, about: Employee, now: datetime) -> None:
    send(
        actor, to=[Addressee(employee_id=to.pk)], kind=kind, values={"name": str(about.pk)}, channels=("app", "email"),
        link=reverse("lifecycle:handover", args=[found.pk]), now=now,
    )  # fmt: skip
