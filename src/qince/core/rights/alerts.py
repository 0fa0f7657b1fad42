"""Alerts about accounts as machine decisions: found, replayed from the numbers that were compared, undone on review.

The watch lies below this room, so its alerts are offered to the register of decisions from here.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.accounts.models import Device
from qince.core.rights import registry
from qince.core.rights.registry import Made, Replay
from qince.core.watch import deciding
from qince.core.watch.alerts import change_alert
from qince.core.watch.models import Alert
from qince.core.watch.words import fact_words
from qince.kit.actor import Actor
from qince.kit.errors import Text

RAISED, NOT_RAISED = "raised", "not_raised"


def find(rule: str, employee_id: UUID, limit: int) -> list[Made]:
    """The latest alerts of one rule about the person."""
    rows = Alert.objects.filter(employee=employee_id, rule=rule).order_by("-at")
    return [_made(alert) for alert in rows[:limit]]


def replay(rule: str, employee_id: UUID, target_id: UUID) -> Replay | None:
    """The rule asked again about the numbers of then; what a person made of it stands beside them."""
    alert = Alert.objects.filter(employee=employee_id, rule=rule, pk=target_id).first()
    if alert is None:
        return None
    facts = {**alert.facts, **_devices(alert)}
    result = RAISED if deciding.holds(rule, facts) else NOT_RAISED
    return Replay(_made(alert), _inputs(alert, facts), alert.version, result, RAISED)


def _devices(alert: Alert) -> dict[str, int]:
    """How many devices the account had had before the new one; the alert names that one."""
    if alert.rule != deciding.NEW_DEVICE:
        return {}
    earlier = Device.objects.filter(account=alert.employee.account_id, created_at__lt=alert.at)
    return {"devices": earlier.exclude(pk=alert.key).count()}


def _inputs(alert: Alert, facts: dict[str, int]) -> list[tuple[Text, str]]:
    shown: list[tuple[Text, str]] = [(fact_words(name), f"{value:,}") for name, value in facts.items()]
    shown.append((_("Account locked"), _("Yes") if alert.is_locked else _("No")))
    if alert.decided_at is not None:
        shown.append((_("A person decided"), f"{alert.get_state_display()}: {alert.reason}"))
    return shown


def _made(alert: Alert) -> Made:
    words = _("Alert, account locked") if alert.is_locked else _("Alert")
    return Made(alert.rule, alert.pk, alert.at, deciding.title_of(alert.rule), words)


def undo(actor: Actor, target_id: UUID, text: str, now: datetime) -> None:
    """A review found the alert wrong: it is released, whatever was decided about it before."""
    change_alert(actor, Alert.objects.get(pk=target_id), reason=text, now=now)


def _of(rule: str, function: Callable[..., object]) -> partial[object]:
    return partial(function, rule)


for each in deciding.RULES:
    registry.decide(each, find=_of(each, find), replay=_of(each, replay), undo=undo)  # type: ignore[arg-type]
