"""What a phone may send and fetch of exchanged shifts."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID
from zlib import crc32

import msgspec
from django.db.models import Q
from django.utils.translation import gettext as _

from qince.employee.attendance.models import Swap
from qince.employee.attendance.swap_actions import answer_swap, ask_swap, withdraw_swap
from qince.engines.sync.registry import Context, Item, Outcome, apply_each, collection, operation
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal

SWAPS = "attendance_swaps"
BACK = timedelta(days=45)


class AskSwapPayload(msgspec.Struct, forbid_unknown_fields=True):
    swap_id: UUID
    on: date
    partner_id: UUID
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class AnswerSwapPayload(msgspec.Struct, forbid_unknown_fields=True):
    swap_id: UUID
    agrees: bool
    answer: Annotated[str, msgspec.Meta(max_length=300)] = ""


class WithdrawSwapPayload(msgspec.Struct, forbid_unknown_fields=True):
    swap_id: UUID


@operation("attendance.ask_swap", AskSwapPayload)
def asked(actor: Actor, items: list[Item[AskSwapPayload]], context: Context) -> list[Outcome]:
    def ask(sent: AskSwapPayload) -> dict[str, Any]:
        if Swap.objects.filter(pk=sent.swap_id).exists():
            raise Refusal("id_taken", _("This identifier is taken. Send it as new."))
        found = ask_swap(
            actor, now=context.received_at, id=sent.swap_id, partner_id=sent.partner_id, on=sent.on, reason=sent.reason
        )  # fmt: skip
        return _answer(found)

    return apply_each(items, lambda item: ask(item.payload))


@operation("attendance.answer_swap", AnswerSwapPayload)
def answered(actor: Actor, items: list[Item[AnswerSwapPayload]], context: Context) -> list[Outcome]:
    def say(sent: AnswerSwapPayload) -> dict[str, Any]:
        row = _own(actor, sent.swap_id)
        found = answer_swap(actor, row, now=context.received_at, agrees=sent.agrees, answer=sent.answer)
        return _answer(found)

    return apply_each(items, lambda item: say(item.payload))


@operation("attendance.withdraw_swap", WithdrawSwapPayload)
def withdrawn(actor: Actor, items: list[Item[WithdrawSwapPayload]], context: Context) -> list[Outcome]:
    def withdraw(sent: WithdrawSwapPayload) -> dict[str, Any]:
        return _answer(withdraw_swap(actor, _own(actor, sent.swap_id), now=context.received_at))

    return apply_each(items, lambda item: withdraw(item.payload))


def _answer(found: Swap) -> dict[str, Any]:
    return {"state": found.state, "agreed": found.agreed_at is not None}


def _mine(actor: Actor) -> Any:
    """On either side, as long as the other's data may be used."""
    asked = Q(employee=actor.employee_id, partner__restricted_at=None)
    return Swap.objects.filter(asked | Q(partner=actor.employee_id, employee__restricted_at=None))


def _own(actor: Actor, key: UUID) -> Any:
    row = _mine(actor).filter(pk=key).first()
    if row is None:
        raise NotFound
    return row


def _told(actor: Actor, now: datetime) -> dict[str, dict[str, Any]]:
    if actor.employee_id is None:
        return {}
    rows = _mine(actor).filter(asked_at__gte=now - BACK)
    rows = rows.select_related("employee", "partner", "own_shift", "partner_shift")
    return {str(row.pk): _record(row, row.employee_id == actor.employee_id) for row in rows}


def _record(row: Swap, is_mine: bool) -> dict[str, Any]:
    """Seen from the phone's owner: what they give and take."""
    shifts = [row.own_shift, row.partner_shift] if is_mine else [row.partner_shift, row.own_shift]
    gives, takes = (each.name if each else "" for each in shifts)
    return {
        "id": str(row.pk), "on": row.on.isoformat(), "is_mine": is_mine,
        "with": str(row.partner if is_mine else row.employee), "gives": gives, "takes": takes,
        "reason": row.reason, "state": row.state, "agreed": row.agreed_at is not None, "answer": row.answer,
        "asked_at": row.asked_at.isoformat(),
    }  # fmt: skip


def _versions(actor: Actor, now: datetime) -> dict[str, Any]:
    return {key: crc32(msgspec.json.encode(each)) for key, each in _told(actor, now).items()}


def _load(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    found = _told(actor, now)
    return [found[key] for key in keys if key in found]


collection(SWAPS, versions=_versions, load=_load)
