"""What an approval leads to. Exactly once: within the transaction of the last decision, the request's row locked.

When the feature's function fails, the decision stands, the failure shows on the request, and a job tries again.
"""

import logging
from datetime import datetime

from django.db import transaction

from qince.engines.approvals.models import Instance
from qince.engines.approvals.registry import Effect
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

log = logging.getLogger(__name__)
State = Instance.EffectState
MOST_ATTEMPTS = 20


def carry_out(actor: Actor, instance: Instance, *, now: datetime) -> bool:
    """Run the effect unless it has run; whether it is done now. The caller holds the row's lock."""
    if instance.effect_state == State.DONE:
        return True
    instance.effect_attempts += 1
    try:
        with transaction.atomic():
            _effect(instance, now)
    except Exception as error:
        code = error.code if isinstance(error, Refusal) else type(error).__name__
        instance.effect_state, instance.effect_error = State.FAILED, code[:60]
        log.exception("approvals: effect of %s failed", instance.subject)
    else:
        instance.effect_state, instance.effect_error = State.DONE, ""
    instance.save(update_fields=["effect_state", "effect_attempts", "effect_error"])
    return instance.effect_state == State.DONE


def _effect(instance: Instance, now: datetime) -> None:
    if instance.declared is None:
        raise Refusal("unknown_subject", "")
    if instance.revokes_id is None:
        instance.declared.on_approved(instance, now)
        return
    original = (
        Instance.objects.select_for_update(of=("self",))
        .select_related("applicant")
        .get(pk=instance.revokes_id)
    )
    if instance.declared.on_revoked is not None and original.status == Instance.Status.APPROVED:
        instance.declared.on_revoked(original, now)
        original.status = Instance.Status.REVOKED
        original.save(update_fields=["status"])


def require(instance: Instance, *, now: datetime) -> None:
    """A `Refusal` where what is asked for could not be carried out any more, whoever agrees to it."""
    if instance.declared is not None and instance.declared.require is not None:
        instance.declared.require(instance, now)


def closed(instance: Instance, *, now: datetime) -> None:
    """Refused, withdrawn or lapsed. A failure here undoes the act: there is nothing to keep of it."""
    _tell(instance.declared.on_closed if instance.declared else None, instance, now)


def returned(instance: Instance, *, now: datetime) -> None:
    _tell(instance.declared.on_returned if instance.declared else None, instance, now)


def _tell(effect: Effect | None, instance: Instance, now: datetime) -> None:
    if effect is not None and instance.revokes_id is None:
        effect(instance, now)
