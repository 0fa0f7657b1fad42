"""Papers that prove a reason, and reasons about health: behind a consent of their own."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.files.sniff import sniff
from qince.core.privacy.gate import Standing
from qince.employee.leave.models import LeaveRequest, Paper
from qince.employee.leave.privacy import PAPERS as PURPOSE
from qince.employee.leave.queries import get_request, paper_of
from qince.employee.leave.rules import PAPERS
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal, Text

MOST, LARGEST = 5, 5 * 1024 * 1024
KINDS = ("image/jpeg", "image/png", "image/webp", "application/pdf")
ALTERNATIVE: Text = _(
    "You have not agreed to this use of your data. Leave the reason empty and hand the paper to HR: it counts the same."
)


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes


def require_consent(employee_id: UUID, standing: Standing | None = None) -> None:
    """The gate for whatever tells about somebody's health; refused, nothing is stored."""
    found = standing or Standing(employee_id)
    found.require(PURPOSE, function="leave.papers", alternative=ALTERNATIVE)


def add(row: LeaveRequest, files: Sequence[File], now: datetime) -> None:
    """Keep the files, sealed; the consent has been asked for."""
    if len(files) + row.papers.count() > MOST:
        raise Refusal("too_many_files", _("Add at most five papers."), field="papers")
    for file in files:
        if len(file.content) > LARGEST:
            raise Refusal("file_too_large", _("A paper may have at most 5 MB."), field="papers")
        media_type = _type_of(file.content)
        if media_type not in KINDS:
            raise Refusal("wrong_kind", _("Add a picture or a PDF."), field="papers")
        Paper.objects.create(
            request=row, name=file.name[-120:], media_type=media_type, size=len(file.content),
            content=file.content, added_at=now,
        )  # fmt: skip


def _type_of(content: bytes) -> str:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return sniff(Path(file.name)).media_type


@action("leave.add_papers", permission="leave.apply")
def add_papers(actor: Actor, *, request_id: UUID, files: Sequence[File], now: datetime) -> None:
    """Add papers to one's own request, also later."""
    rows: Any = LeaveRequest.objects.select_for_update(of=("self",)).select_related("type")
    row = rows.filter(pk=request_id, employee=actor.person_id).first()
    if row is None:
        raise NotFound
    require_consent(actor.person_id)
    add(row, files, now)
    note(row, proofs=len(files))


@action("leave.open_paper", permission=None)
def open_paper(actor: Actor, *, paper_id: UUID, now: datetime) -> Paper:
    """The content, on record who opened it. One's own, or as who handles papers."""
    found = paper_of(actor, paper_id)
    if found.content is None:  # the key is gone
        raise NotFound
    note(found.request, opened="paper")
    return found


@action("leave.open_reason", permission=PAPERS)
def open_reason(actor: Actor, *, request_id: UUID, now: datetime) -> str:
    """A reason about health, on record who read it."""
    row = get_request(actor, request_id)
    if not actor.scope(PAPERS).covers(row.employee_id):
        raise NotFound
    note(row, opened="reason")
    return row.health_reason or ""


@action("leave.see_paper", permission=PAPERS)
def see_paper(actor: Actor, *, request_id: UUID, now: datetime) -> None:
    """HR has seen the paper that was handed in by hand."""
    row = get_request(actor, request_id)
    if not actor.scope(PAPERS).covers(row.employee_id):
        raise NotFound
    if row.paper_seen_at is None:
        row.paper_seen_at = now
        row.save(update_fields=["paper_seen_at"])
        note(row, paper="seen")
