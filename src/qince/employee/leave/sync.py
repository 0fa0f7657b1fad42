"""What a phone may send and fetch of leave."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from qince.employee.leave import books, queries
from qince.employee.leave.actions import cancelling, requesting
from qince.employee.leave.models import Account, Cancellation, LeaveDay, LeaveRequest
from qince.employee.leave.payloads import (
    CallOffPayload,
    ChangeCallOffPayload,
    RequestPayload,
    WithdrawPayload,
    segments_of,
)
from qince.employee.leave.rules import APPLY
from qince.engines.sync.registry import Context, Item, Outcome, Record, apply_each, collection, operation
from qince.kit.actor import Actor

P = TypeVar("P", bound=msgspec.Struct)
HISTORY = timedelta(days=400)


def _wish(sent: RequestPayload) -> requesting.Wish:
    segments = segments_of(sent.segments)
    return requesting.Wish(
        sent.leave_type_id, segments, sent.reason, sent.paper_by_hand, department_id=sent.department_id
    )


@operation("leave.request", RequestPayload, record=Record("leave_requests", "leave_id"))
def request(actor: Actor, items: list[Item[RequestPayload]], context: Context) -> list[Outcome]:
    def hand_in(item: Item[RequestPayload]) -> LeaveRequest:
        sent = item.payload
        return requesting.hand_in(
            actor,
            request_id=sent.leave_id,
            wish=_wish(sent),
            now=context.received_at,
            standing=context.standing,
        )

    return apply_each(items, lambda item: _answer(hand_in(item)))


@operation("leave.change", RequestPayload, record=Record("leave_requests", "leave_id"))
def change(actor: Actor, items: list[Item[RequestPayload]], context: Context) -> list[Outcome]:
    """A returned request of one's own, handed in again as it is now."""

    def hand_in_again(item: Item[RequestPayload]) -> LeaveRequest:
        sent = item.payload
        return requesting.change(
            actor,
            request_id=sent.leave_id,
            wish=_wish(sent),
            now=context.received_at,
            revision=item.base_version,
        )

    return apply_each(items, lambda item: _answer(hand_in_again(item)))


@operation("leave.withdraw", WithdrawPayload)
def withdraw(actor: Actor, items: list[Item[WithdrawPayload]], context: Context) -> list[Outcome]:
    return apply_each(
        items,
        lambda item: _answer(requesting.withdraw(actor, request_id=item.payload.leave_id, now=context.received_at)),
    )  # fmt: skip


def _leave_of(call_off_id: UUID) -> UUID | None:
    found: UUID | None = (
        Cancellation.objects.filter(pk=call_off_id).values_list("request_id", flat=True).first()
    )
    return found


_OF_CALL_OFF = Record("leave_requests", "call_off_id", held_in=_leave_of)


@operation("leave.call_off", CallOffPayload, record=_OF_CALL_OFF)
def call_off(actor: Actor, items: list[Item[CallOffPayload]], context: Context) -> list[Outcome]:
    def run(item: Item[CallOffPayload]) -> dict[str, Any]:
        sent = item.payload
        found = cancelling.call_off(
            actor, cancellation_id=sent.call_off_id, request_id=sent.leave_id, kept=segments_of(sent.kept),
            reason=sent.reason, now=context.received_at,
        )  # fmt: skip
        return _called_off(found)

    return apply_each(items, run)


@operation("leave.change_call_off", ChangeCallOffPayload, record=_OF_CALL_OFF)
def change_call_off(actor: Actor, items: list[Item[ChangeCallOffPayload]], context: Context) -> list[Outcome]:
    """A calling off that came back, handed in again as it is now."""

    def run(item: Item[ChangeCallOffPayload]) -> dict[str, Any]:
        sent = item.payload
        found = cancelling.change_call_off(
            actor, cancellation_id=sent.call_off_id, kept=segments_of(sent.kept), reason=sent.reason,
            now=context.received_at, revision=item.base_version,
        )  # fmt: skip
        return _called_off(found)

    return apply_each(items, run)


def _called_off(row: Cancellation) -> dict[str, Any]:
    return {
        "call_off_id": str(row.pk), "state": row.state, "given_back": str(row.qty), "version": row.revision,
    }  # fmt: skip


def _answer(row: LeaveRequest) -> dict[str, Any]:
    return {"leave_id": str(row.pk), "state": row.state, "qty": str(row.qty), "version": row.revision}


# --- What it fetches ---


def _type_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    """A type changes for a phone with its rules and with the own balance."""
    if not actor.may(APPLY):
        return {}
    held = {
        key: f"{balance}/{lapses}"
        for key, balance, lapses in Account.objects.filter(employee=actor.employee_id).values_list(
            "type_id", "balance", "lapses_on"
        )
    }
    rows = queries.active_types().values_list("pk", "latest", "name", "sequence", "tone")
    return {str(key): "/".join(map(str, (*rest, held.get(key, "")))) for key, *rest in rows}


def _types(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    versions = books.versions_on(books.today_of(now))
    accounts = {each.type_id: each for each in Account.objects.filter(employee=actor.employee_id)}
    for row in queries.active_types().filter(pk__in=keys):
        if row.pk not in versions:
            continue
        terms, account = versions[row.pk].terms, accounts.get(row.pk)
        yield {
            "id": row.pk,
            "name": row.name,
            "tone": row.tone,
            "sequence": row.sequence,
            "unit": terms.unit.value,
            "step": str(terms.step),
            "has_balance": terms.has_balance,
            "is_health": terms.is_health,
            "proof_after": None if terms.proof_after is None else str(terms.proof_after),
            "longest": None if terms.longest is None else str(terms.longest),
            "balance": str(account.balance) if account and terms.has_balance else None,
            "lapses_on": account.lapses_on if account else None,
            "lapsing": str(account.lapsing) if account and account.lapses_on else None,
        }


def _own(actor: Actor, now: datetime) -> Any:
    return queries.own_requests(actor).filter(last_on__gte=(now - HISTORY).date())


def _request_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    changes = {
        key: f"{state}/{revision}"
        for key, state, revision in Cancellation.objects.filter(request__employee=actor.employee_id)
        .order_by("submitted_at")
        .values_list("request_id", "state", "revision")
    }
    rows = _own(actor, now).values_list("pk", "state", "qty", "decided_at", "is_short", "revision")
    return {str(key): "/".join(map(str, (*rest, changes.get(key, "")))) for key, *rest in rows}


def _requests(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    days: dict[Any, list[dict[str, Any]]] = {}
    for day in LeaveDay.objects.filter(request__in=keys, request__employee=actor.employee_id).order_by(
        "on", "part"
    ):
        told = {"on": day.on, "part": day.part, "qty": str(day.qty), "why": day.why}
        days.setdefault(day.request_id, []).append(told)
    changes = {
        each.request_id: each
        for each in Cancellation.objects.filter(
            request__in=keys, request__employee=actor.employee_id
        ).order_by("submitted_at")
    }
    for row in _own(actor, now).filter(pk__in=keys):
        change = changes.get(row.pk)
        yield {
            "id": row.pk,
            "leave_type_id": row.type_id,
            "type_name": row.type.name,
            "tone": row.type.tone,
            "unit": row.version.terms.unit.value,
            "state": row.state,
            "segments": row.segments,
            "qty": str(row.qty),
            "first_on": row.first_on,
            "last_on": row.last_on,
            "is_short": row.is_short,
            "revision": row.revision,
            "submitted_at": row.submitted_at,
            "days": days.get(row.pk, []),
            "call_off": _call_off(change) if change else None,
        }


def _call_off(change: Cancellation) -> dict[str, Any]:
    return {
        "id": change.pk,
        "state": change.state,
        "qty": str(change.qty),
        "kept": change.kept,
        "reason": change.reason,
        "revision": change.revision,
    }


collection("leave_types", versions=_type_versions, load=_types)
collection("leave_requests", versions=_request_versions, load=_requests)
