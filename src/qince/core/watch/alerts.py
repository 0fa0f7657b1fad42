"""Raising alerts, and the human decision about them (C2.2.0-02)."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qince.core.access.models import Grant
from qince.core.access.registry import ADMINISTRATOR, PRIVACY_OFFICER
from qince.core.letters.actions import Addressee, send
from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.people.actions import resume_employee, suspend_employee
from qince.core.people.models import Employee
from qince.core.privacy.registers import registered
from qince.core.watch.deciding import LOCKING, RULES
from qince.core.watch.letters import ABOUT_SOMEBODY, ABOUT_YOU
from qince.core.watch.models import Alert
from qince.core.watch.rules import DECIDE_ALERTS, VIEW_ALERTS
from qince.kit.action import action, note
from qince.kit.actor import Actor, system_actor
from qince.kit.errors import Conflict, NotFound, Refusal

State = Alert.State
WORKING = (Employee.Status.INVITED, Employee.Status.ACTIVE)


class Unregistered(LookupError):
    """A machine decided by a rule that stands in no register: nothing may come of it (agreement 6.5)."""


def settings_of(organization_id: UUID) -> Settings:
    return Settings.of(Organization.objects.get(pk=organization_id))


def raise_for(organization_id: UUID, employee_id: UUID, rule: str, *, key: str, facts: dict[str, Any],
              now: datetime) -> Alert | None:  # fmt: skip
    """Raise an alert as the machine; None when this occasion has one already."""
    return raise_alert(
        system_actor(organization_id, rule), employee_id=employee_id, rule=rule, key=key, facts=facts, now=now
    )


@action("watch.raise_alert")
def raise_alert(
    actor: Actor, *, employee_id: UUID, rule: str, key: str, facts: dict[str, Any], now: datetime
) -> Alert | None:
    """Write the alert, tell the person and those who decide, and lock the account where that was chosen."""
    if rule not in registered.decisions or rule not in RULES:
        raise Unregistered(rule)
    employee = Employee.objects.get(pk=employee_id)
    alert, is_new = Alert.objects.get_or_create(
        employee=employee,
        rule=rule,
        key=key,
        defaults={"version": registered.decisions[rule].version, "facts": facts, "at": now},
    )
    if not is_new:
        return None
    deciders = deciders_beside(employee_id)
    chosen = settings_of(actor.organization_id).alerts_lock and rule in LOCKING
    if chosen and deciders and employee.status in WORKING:
        with suppress(Refusal):  # the last administrator, say, cannot be locked out
            suspend_employee(actor, employee, now=now)
            alert.is_locked = True
            alert.save(update_fields=["is_locked"])
    _tell(actor, alert, employee, deciders, now)
    note(employee, rule=rule, locked=alert.is_locked, **facts)
    return alert


def deciders_beside(employee_id: UUID) -> list[UUID]:
    """Administrators and privacy officers other than the person: they can release. Nobody: nothing is locked."""
    grants = Grant.objects.filter(
        role__key__in=(ADMINISTRATOR, PRIVACY_OFFICER),
        reach=Grant.Reach.ORGANIZATION,
        employee__status=Employee.Status.ACTIVE,
    )
    found = grants.exclude(employee=employee_id).values_list("employee_id", flat=True).distinct()
    return sorted(found)


def _tell(actor: Actor, alert: Alert, employee: Employee, deciders: list[UUID], now: datetime) -> None:
    time = date_format(timezone.localtime(now), "Y-m-d H:i")
    values = {"time": time, "name": str(employee.pk)}
    send(
        actor,
        to=[Addressee(employee_id=employee.pk)],
        kind=ABOUT_YOU[alert.rule],
        values=values,
        link=reverse("rights:decision", args=[alert.rule, alert.pk]),
        now=now,
        urgent=True,
    )
    if deciders:
        link = reverse("watch:alerts_detail", args=[alert.pk])
        to = [Addressee(employee_id=each) for each in deciders]
        send(actor, to=to, kind=ABOUT_SOMEBODY[alert.rule], values=values, link=link, now=now, urgent=True)


def alerts_visible_to(actor: Actor) -> Any:
    return actor.scope(VIEW_ALERTS).filter(Alert.objects.all())


@action("watch.release_alert", permission=DECIDE_ALERTS)
def release_alert(actor: Actor, alert: Alert, *, reason: str, now: datetime) -> Alert:
    """It was harmless: the account goes on."""
    return _decide(actor, alert, State.RELEASED, reason, now)


@action("watch.confirm_alert", permission=DECIDE_ALERTS)
def confirm_alert(actor: Actor, alert: Alert, *, reason: str, now: datetime) -> Alert:
    """It was what it looked like: a locked account stays locked."""
    return _decide(actor, alert, State.CONFIRMED, reason, now)


@action("watch.change_alert", permission=DECIDE_ALERTS)
def change_alert(actor: Actor, alert: Alert, *, reason: str, now: datetime) -> Alert:
    """A review on the person's request found the alert wrong: released, though it may have been confirmed before."""
    held: Alert | None = Alert.objects.select_for_update(of=("self",)).filter(pk=alert.pk).first()
    if held is None:
        raise NotFound
    if held.employee_id == actor.employee_id:
        raise Refusal("own_alert", _("This is about your own account: somebody else decides."))
    before = held.state
    held.state, held.reason, held.decided_at = State.RELEASED, reason[:300], now
    held.decided_by_id = actor.employee_id
    held.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    if held.is_locked:
        _unlock(actor, held, now)
    note(held.employee, rule=held.rule, state=(before, State.RELEASED), reason=held.reason)
    return held


def _decide(actor: Actor, alert: Alert, state: str, reason: str, now: datetime) -> Alert:
    rows = actor.scope(DECIDE_ALERTS).filter(Alert.objects.filter(pk=alert.pk))
    held: Alert | None = rows.select_for_update(of=("self",)).select_related("employee").first()
    if held is None:
        raise NotFound
    if held.state != State.OPEN:
        raise Conflict("decided_already", _("This alert was decided already."))
    if not reason.strip():
        raise Refusal("reason_required", _("Say why."), field="reason")
    if held.employee_id == actor.employee_id and deciders_beside(held.employee_id):
        raise Refusal("own_alert", _("This is about your own account: somebody else decides."))
    held.state, held.reason, held.decided_at = state, reason.strip()[:300], now
    held.decided_by_id = actor.employee_id
    held.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    if state == State.RELEASED and held.is_locked:
        _unlock(actor, held, now)
    note(held.employee, rule=held.rule, state=(State.OPEN, state), reason=held.reason)
    return held


def _unlock(actor: Actor, alert: Alert, now: datetime) -> None:
    """Unless another alert holds the account, or somebody has done something else with it since."""
    others = Alert.objects.filter(employee=alert.employee, is_locked=True).exclude(state=State.RELEASED)
    if alert.employee.status == Employee.Status.SUSPENDED and not others.exists():
        resume_employee(system_actor(actor.organization_id, "watch.release"), alert.employee, now=now)
