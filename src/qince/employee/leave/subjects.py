"""What is approved: a request for leave, and the calling off of approved days."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from qince.employee.leave.actions import settling
from qince.employee.leave.models import Cancellation, LeaveRequest
from qince.employee.leave.rules import APPLY, CANCELLATION, REQUEST
from qince.employee.leave.words import TEMPLATE_NAMES, amount_of
from qince.engines.approvals.models import Instance
from qince.engines.approvals.registry import Fact, subject
from qince.kit.errors import Text

FACTS = (
    Fact("days", _("Days")),
    Fact("type", _("Type of leave"), "choice", (*TEMPLATE_NAMES.items(), ("other", _("Other types")))),
)


def _request(instance: Instance) -> LeaveRequest | None:
    rows = LeaveRequest.objects.select_related("type", "version", "employee")
    found: LeaveRequest | None = rows.filter(pk=instance.target_id).first()
    return found


def _day(on: Any) -> str:
    return formats.date_format(on, "SHORT_DATE_FORMAT")


def _told(row: LeaveRequest) -> list[tuple[Text, Any]]:
    """What deciders must know; a reason about health is nobody's but HR's."""
    found: list[tuple[Text, Any]] = [
        (_("Type of leave"), row.type.name),
        (_("From"), _day(row.first_on)),
        (_("Until"), _day(row.last_on)),
        (_("Length of leave"), amount_of(row.version.terms, row.qty)),
    ]
    if row.reason:
        found.append((_("Reason"), row.reason))
    papers = row.papers.count()
    if papers or row.paper_by_hand:
        found.append((_("Proof"), _("Handed to HR") if not papers else _("Added, seen by HR")))
    return found


def summary(instance: Instance) -> Sequence[tuple[Text, Any]]:
    row = _request(instance)
    return _told(row) if row else []


def cancel_summary(instance: Instance) -> Sequence[tuple[Text, Any]]:
    rows = Cancellation.objects.select_related("request__type", "request__version", "request__employee")
    found = rows.filter(pk=instance.target_id).first()
    if found is None:
        return []
    given_back = (_("Given back"), amount_of(found.request.version.terms, found.qty))
    reason = [(_("Reason"), found.reason)] if found.reason else []
    return [*_told(found.request), given_back, *reason]


def _act(request_id: UUID, name: str) -> str:
    return reverse("leave:request_act", args=[request_id, name])


def _leave_of(instance: Instance) -> UUID:
    found: UUID = Cancellation.objects.values_list("request", flat=True).get(pk=instance.target_id)
    return found


subject(
    REQUEST, name=_("Leave"), apply=APPLY, facts=FACTS, summary=summary,
    on_approved=settling.approve, on_revoked=settling.revoke, on_closed=settling.close,
    on_returned=settling.give_back, edit_page=lambda instance: _act(instance.target_id, "change"),
    phone_page=lambda instance: f"/leave/{instance.target_id}/change", icon="calendar-event",
)  # fmt: skip
subject(
    CANCELLATION, name=_("Calling off leave"), apply=APPLY, facts=FACTS, summary=cancel_summary,
    on_approved=settling.cancel, on_closed=settling.keep, on_returned=settling.reopen, icon="calendar-event",
    edit_page=lambda instance: _act(_leave_of(instance), "change_call_off"),
    phone_page=lambda instance: f"/leave/{_leave_of(instance)}",
)  # fmt: skip
