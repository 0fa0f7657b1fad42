"""Reads of daily reports; each starts from what the actor may see."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from qince.core.people.models import Employee
from qince.employee.daily_reports.models import (
    Obligation,
    Receipt,
    Report,
    ReportFile,
    Template,
    TemplateVersion,
)
from qince.employee.daily_reports.models.obligations import State
from qince.employee.daily_reports.owing.periods import MINUTE
from qince.employee.daily_reports.rules import DESIGN, VIEW, VIEW_TEMPLATES, WRITE
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.keeping import any_yet


def templates_visible_to(actor: Actor) -> Any:
    """Templates are no secret among those who write or read reports."""
    may = any(actor.may(each) for each in (VIEW, WRITE, DESIGN, VIEW_TEMPLATES))
    return Template.objects.all() if may else Template.objects.none()


def used_key(organization_id: UUID) -> str:
    return f"daily_reports.used:{organization_id}"


def are_used(actor: Actor) -> bool:
    """Whether the organization has any template: every pull of every phone asks, so it is kept for a moment."""
    return any_yet(used_key(actor.organization_id), Template.objects.exists)


def newest_version(template: Template) -> TemplateVersion:
    found: TemplateVersion | None = template.versions.order_by("-number").first()
    if found is None:
        raise NotFound
    return found


def version_of(template_id: UUID, number: int) -> TemplateVersion:
    found: TemplateVersion | None = (
        TemplateVersion.objects.select_related("template").filter(template=template_id, number=number).first()
    )
    if found is None:
        raise NotFound
    return found


# --- Reports ---


def reports_visible_to(actor: Actor) -> Any:
    """One's own, those one received, and those of whom the permission reaches."""
    rows = Report.objects.all()
    if not actor.may(VIEW):
        return rows.filter(employee=actor.employee_id) if actor.may(WRITE) else rows.none()
    scope = actor.scope(VIEW)
    if scope.everyone:
        return scope.filter(rows, "employee")
    received = Receipt.objects.filter(employee=actor.employee_id).values("report")
    seen = Q(employee__in=scope.employee_ids) | Q(pk__in=received) | Q(employee=actor.employee_id)
    return rows.filter(seen).exclude(employee__in=scope.excluded)


def get_report(actor: Actor, report_id: UUID) -> Report:
    found: Report | None = (
        reports_visible_to(actor)
        .select_related("template", "by_version", "employee")
        .filter(pk=report_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def received_by(actor: Actor) -> Any:
    """Receipts of the actor: the inbox."""
    rows = Receipt.objects.filter(employee=actor.employee_id) if actor.may(VIEW) else Receipt.objects.none()
    return rows.exclude(report__employee__in=actor.scope(VIEW).excluded)


UNREAD = Q(read_edition__lt=F("report__edition"))


def unread_count(actor: Actor) -> int:
    return int(received_by(actor).filter(UNREAD).count())


def shows_file(actor: Actor, blob_id: UUID) -> bool:
    """Whether a report in sight holds this file: what `core.files` asks."""
    return bool(ReportFile.objects.filter(blob=blob_id, report__in=reports_visible_to(actor)).exists())


# --- What is owed ---

NOTHING_ASKED = (Obligation.Reason.WEEKDAY, Obligation.Reason.DAY_OFF, Obligation.Reason.HOLIDAY)


def state_at(now: datetime) -> Combinable:
    """The state of an obligation at that moment: the same as `owing.judging.state_of`, for the database."""
    in_time, taken = Q(sent_at__lt=F("due_at") + MINUTE), Q(sent_at__lt=F("late_until") + MINUTE)
    return Case(
        When(in_time, then=Value(State.ON_TIME.value)),
        When(taken, then=Value(State.LATE.value)),
        When(~Q(reason=""), then=Value(State.EXEMPT.value)),
        When(sent_at__isnull=False, then=Value(State.MISSING.value)),
        When(late_until__lte=now - MINUTE, then=Value(State.MISSING.value)),
        default=Value(State.EXPECTED.value),
        output_field=CharField(),
    )


def obligations_visible_to(actor: Actor, permission: str = VIEW, now: datetime | None = None) -> Any:
    """What those owe whom the permission reaches, each with its state now."""
    rows = actor.scope(permission).filter(Obligation.objects.all(), "employee")
    return rows.annotate(state=state_at(now or clock.now()))


def obligations_listed(actor: Actor) -> Any:
    """Without days on which nothing is asked, and without those to come."""
    now = clock.now()
    rows = obligations_visible_to(actor, now=now).filter(period_on__lte=timezone.localdate(now))
    return rows.exclude(sent_at__isnull=True, reason__in=NOTHING_ASKED)


def reporters_visible_to(actor: Actor) -> Any:
    """Those of whom the actor sees who reports."""
    return actor.scope(VIEW).filter(Employee.objects.present(), "pk")


def own_obligations(actor: Actor, first: date, last: date, now: datetime) -> Any:
    rows = Obligation.objects.filter(
        employee=actor.employee_id, ends_on__gte=first, period_on__lte=last, template__is_active=True
    )
    return rows.select_related("template", "by_version").annotate(state=state_at(now))
