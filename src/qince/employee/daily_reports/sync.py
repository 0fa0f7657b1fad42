"""What a phone may send and fetch of daily reports."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from django.db.models import Count, Q
from django.utils import timezone

from qince.employee.daily_reports import presenting, queries
from qince.employee.daily_reports.actions import answering, sending
from qince.employee.daily_reports.models import Obligation, Receipt, Report, TemplateVersion
from qince.employee.daily_reports.payloads import (
    NamedComment,
    NamedReport,
    NewComment,
    ReviseReport,
    SendReport,
)
from qince.employee.daily_reports.rules import VIEW, WRITE
from qince.engines.evidence.envelope import Evidence, read_time
from qince.engines.evidence.place import require_device
from qince.engines.forms.reading import Names
from qince.engines.forms.schema import Kind
from qince.engines.sync.registry import Context, Item, Outcome, Record, apply_each, collection, operation
from qince.kit.actor import Actor

P = TypeVar("P", bound=msgspec.Struct)
LOOKS_BACK, HISTORY, MOST_RECEIVED = timedelta(days=31), timedelta(days=60), 300
PHOTO_USE = "form_photo"

# --- What it sends ---


@operation("daily_reports.send", SendReport, record=Record("daily_reports", "daily_report_id"))
def send(actor: Actor, items: list[Item[SendReport]], context: Context) -> list[Outcome]:
    def run(item: Item[SendReport]) -> dict[str, Any]:
        sent = item.payload
        made = sending.send(
            actor, report_id=sent.daily_report_id, template_id=sent.report_template_id, period_on=sent.period_on,
            written=_written(sent, context), now=context.received_at, standing=context.standing,
        )  # fmt: skip
        return _answer(made)

    return apply_each(items, run)


@operation(
    "daily_reports.revise", ReviseReport, record=Record("daily_reports", "daily_report_id", said="edition")
)
def revise(actor: Actor, items: list[Item[ReviseReport]], context: Context) -> list[Outcome]:
    def run(item: Item[ReviseReport]) -> dict[str, Any]:
        sent = item.payload
        made = sending.revise(
            actor, report_id=sent.daily_report_id, edition=item.require_base(), written=_written(sent, context),
            now=context.received_at, standing=context.standing,
        )  # fmt: skip
        return _answer(made)

    return apply_each(items, run)


@operation("daily_reports.withdraw", NamedReport)
def withdraw(actor: Actor, items: list[Item[NamedReport]], context: Context) -> list[Outcome]:
    def run(item: Item[NamedReport]) -> dict[str, Any]:
        sending.withdraw(actor, report_id=item.payload.daily_report_id, now=context.received_at)
        return {}

    return apply_each(items, run)


@operation("daily_reports.read", NamedReport)
def mark_read(actor: Actor, items: list[Item[NamedReport]], context: Context) -> list[Outcome]:
    def run(item: Item[NamedReport]) -> dict[str, Any]:
        answering.mark_read(actor, report_id=item.payload.daily_report_id, now=context.received_at)
        return {}

    return apply_each(items, run)


@operation("daily_reports.comment", NewComment)
def comment(actor: Actor, items: list[Item[NewComment]], context: Context) -> list[Outcome]:
    def run(item: Item[NewComment]) -> dict[str, Any]:
        sent = item.payload
        answering.comment(
            actor, comment_id=sent.comment_id, report_id=sent.daily_report_id, text=sent.text, mentions=sent.mentions,
            now=context.received_at, standing=context.standing,
        )  # fmt: skip
        return {}

    return apply_each(items, run)


@operation("daily_reports.take_back", NamedComment)
def take_back(actor: Actor, items: list[Item[NamedComment]], context: Context) -> list[Outcome]:
    def run(item: Item[NamedComment]) -> dict[str, Any]:
        answering.take_back(actor, comment_id=item.payload.comment_id, now=context.received_at)
        return {}

    return apply_each(items, run)


def _written(sent: SendReport | ReviseReport, context: Context) -> sending.Written:
    """When it was sent, by the server's reading of the phone's clocks; facts as of so long before."""
    at = read_time(sent.evidence, sent=context.sent, received_at=context.received_at).at
    _require_camera(sent.data, sent.evidence, context)
    return sending.Written(sent.data, at, at - timedelta(milliseconds=sent.filled_ms), sent.version)


def _require_camera(data: dict[str, Any], evidence: Evidence, context: Context) -> None:
    """A picture is taken only where the device, and this use of it, allowed it."""
    answers = [*data.values(), *(value for rows in data.values() for value in _cells(rows))]
    if any(_is_pictures(each) for each in answers):
        require_device("camera", evidence, context.standing, delivery=context.delivery, use=PHOTO_USE)


def _cells(rows: Any) -> Iterable[Any]:
    if isinstance(rows, list):
        for row in rows:
            if isinstance(row, dict):
                yield from row.values()


def _is_pictures(answer: Any) -> bool:
    return isinstance(answer, list) and any(isinstance(each, dict) and "sha256" in each for each in answer)


def _answer(made: Report) -> dict[str, Any]:
    return {
        "version": made.edition,
        "edition": made.edition,
        "sent_at": made.sent_at.isoformat(),
        "marks": made.marks,
    }


# --- What it fetches ---


def _obligations(actor: Actor, now: datetime) -> Any:
    if not actor.may(WRITE) or not queries.are_used(actor):
        return Obligation.objects.none()
    today = timezone.localdate(now)
    return queries.own_obligations(actor, today - LOOKS_BACK, today + timedelta(days=1), now)


def _task_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    rows = _obligations(actor, now).values_list(
        "pk", "reason", "sent_at", "due_at", "late_until", "by_version", "template__name", "report"
    )
    return {str(key): "/".join(map(str, rest)) for key, *rest in rows}


def _load_tasks(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    for row in _obligations(actor, now).filter(pk__in=keys):
        yield {
            "id": row.pk, "report_template_id": row.template_id,
            "template": f"{row.template_id}:{row.by_version.number}",
            "name": row.template.name, "cycle": row.by_version.rules.cycle.value, "period_on": row.period_on,
            "ends_on": row.ends_on, "due_at": row.due_at, "late_until": row.late_until, "reason": row.reason,
            "reason_words": row.get_reason_display() if row.reason else "", "sent_at": row.sent_at,
            "report_id": row.report_id,
        }  # fmt: skip


def _used_versions(actor: Actor, now: datetime) -> dict[str, TemplateVersion]:
    rows = _obligations(actor, now).values("by_version")
    found = TemplateVersion.objects.filter(pk__in=rows).select_related("template")
    return {f"{each.template_id}:{each.number}": each for each in found}


def _template_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    if not actor.may(WRITE) or not queries.are_used(actor):
        return {}
    return {key: each.template.name for key, each in _used_versions(actor, now).items()}


def _load_templates(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    for key, each in _used_versions(actor, now).items():
        if key in keys:
            yield {
                "id": key, "report_template_id": each.template_id, "number": each.number, "name": each.template.name,
                "definition": each.definition, "autofill": each.autofill,
            }  # fmt: skip


def _reports(actor: Actor, now: datetime) -> Any:
    """One's own of the last weeks, and the newest that one received."""
    if not (actor.may(WRITE) or actor.may(VIEW)) or not queries.are_used(actor):
        return Report.objects.none()
    since = timezone.localdate(now) - HISTORY
    received = (
        queries.received_by(actor)
        .filter(report__period_on__gte=since)
        .order_by("-report__sent_at")[:MOST_RECEIVED]
    )
    wanted = Q(employee=actor.employee_id) | Q(pk__in=list(received.values_list("report", flat=True)))
    return queries.reports_visible_to(actor).filter(wanted, period_on__gte=since)


def _report_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    rows = _reports(actor, now).annotate(
        said=Count("comments", distinct=True),
        gone=Count("comments", distinct=True, filter=Q(comments__taken_back_at__isnull=False)),
        seen=Count("receipts", distinct=True, filter=Q(receipts__read_edition__gte=1)),
        reached=Count("receipts", distinct=True),
    )
    own = dict(
        Receipt.objects.filter(employee=actor.employee_id, report__in=rows.values("pk")).values_list(
            "report_id", "read_edition"
        )
    )
    return {
        str(key): "/".join(map(str, (*rest, own.get(key, ""))))
        for key, *rest in rows.values_list("pk", "edition", "said", "gone", "seen", "reached")
    }


def _load_reports(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    rows = list(_reports(actor, now).filter(pk__in=keys).select_related("template", "by_version", "employee"))
    talk, names = presenting.talk_about([row.pk for row in rows]), Names(actor)
    for row in rows:
        names.learn(row.by_version.layout, [row.data, row.autofill])
    for row in rows:
        yield _report(actor, row, talk, names)


def _report(actor: Actor, row: Report, talk: presenting.Talk, names: Names) -> dict[str, Any]:
    is_own = row.employee_id == actor.employee_id
    receipts = talk.receipts.get(row.pk, [])
    mine = next((each for each in receipts if each.employee_id == actor.employee_id), None)
    return {
        "id": row.pk, "is_own": is_own, "name": row.template.name, "author_id": row.employee_id,
        "author": str(row.employee), "report_template_id": row.template_id, "period_on": row.period_on,
        "ends_on": row.ends_on, "sent_at": row.sent_at, "edited_at": row.edited_at, "edition": row.edition,
        "filled_until": row.filled_until,
        "is_unread": mine is not None and mine.read_edition < row.edition,
        "lines": [_line(each) for each in presenting.lines(actor, row, names)],
        "template": f"{row.template_id}:{row.by_version.number}",
        "data": row.data if is_own else None,
        "readers": [
            {"id": each.employee_id, "name": str(each.employee), "read_at": each.read_at if each.read_edition else None}
            for each in receipts
        ],
        "comments": [_comment(actor, each) for each in talk.comments.get(row.pk, [])],
    }  # fmt: skip


def _line(each: presenting.Line) -> dict[str, Any]:
    return {
        "label": each.label, "text": each.text, "depth": each.depth, "mark": each.mark, "said": each.said,
        "is_photo": each.kind == Kind.PHOTO,
    }  # fmt: skip


def _comment(actor: Actor, each: Any) -> dict[str, Any]:
    return {
        "id": each.pk, "author_id": each.author_id, "author": str(each.author), "text": each.text, "at": each.at,
        "is_own": each.author_id == actor.employee_id, "is_taken_back": each.taken_back_at is not None,
        "mentions": [{"id": found.employee_id, "name": str(found.employee)} for found in each.mentions.all()],
    }  # fmt: skip


collection("report_templates", versions=_template_versions, load=_load_templates)
collection("report_tasks", versions=_task_versions, load=_load_tasks)
collection("daily_reports", versions=_report_versions, load=_load_reports)
