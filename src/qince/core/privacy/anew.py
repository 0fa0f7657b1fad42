"""What is asked anew: a consent stands, but a later release of the policy brought functions that it does not reach.

Which these are is told by `core.policy`. Until the person answers, the gate holds them shut; keeping the earlier scope
is an answer too, and loses nothing that was agreed to before (C8-03).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.functions import Function
from qince.core.privacy.gate import CHANGE, ENTRY
from qince.core.privacy.models import Consent, ConsentEntry
from qince.core.privacy.registry import Purpose
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

Act = ConsentEntry.Act


@dataclass(frozen=True, slots=True)
class Asked:
    """One purpose asked anew: the functions that wait, the release that brought the last of them, and whether the
    person has said that the earlier scope is to stay.
    """

    purpose: Purpose
    functions: tuple[Function, ...]
    release: int
    is_kept: bool


_provider: list[Callable[[UUID], list[Asked]]] = []


def told_by(provider: Callable[[UUID], list[Asked]]) -> None:
    _provider[:] = [provider]


def of(employee_id: UUID) -> list[Asked]:
    return _provider[0](employee_id) if _provider else []


def answer(
    actor: Actor,
    *,
    key: UUID,
    purpose: str,
    agrees: bool,
    notice_hash: str,
    method: str = "button",
    now: datetime,
) -> None:
    """Agree to the wider scope, or keep the earlier one. Both go into the ledger, as the person's own act.

    The notice itself is answered as the considerable change that it is; any other purpose by itself.
    """
    if ConsentEntry.objects.filter(pk=key, employee=actor.person_id).exists():
        return  # a repeat of an answer that arrived
    if purpose not in {each.purpose.code for each in of(actor.person_id)}:
        raise Refusal("not_asked", _("Nothing is asked anew about this."), field="purpose")
    act, circumstances, scope = (Act.GRANTED if agrees else Act.NARROWED), "", purpose
    if purpose in ENTRY:
        scope, act = CHANGE, Act.GRANTED if agrees else Act.DECLINED
    else:
        circumstances = Consent.objects.get(employee=actor.person_id, purpose=purpose).circumstances
    decision = Decision(
        id=key, purpose=scope, act=act, circumstances=circumstances, notice_hash=notice_hash[:64], method=method,
        occurred_at=now,
    )  # fmt: skip
    record_consent(actor, decision=decision, now=now)
