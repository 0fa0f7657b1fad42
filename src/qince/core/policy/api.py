"""The phone's addresses for a considerable change. Mounted under /api/phone/v1."""

from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.core.organizations.models import Organization
from qince.core.policy import queries, showing
from qince.core.policy.actions import answer_change
from qince.core.policy.models import Release
from qince.core.privacy import notice
from qince.core.privacy.actions import POPUP, record_served
from qince.core.privacy.gate import CHANGE, Standing
from qince.core.privacy.language import supported_language
from qince.kit import clock
from qince.kit.api import answers, body_of, read, respond
from qince.kit.tenancy import tenant

router = Router(tags=["policy"])


class ChangeAnswer(msgspec.Struct):
    """Agreeing to a considerable change, or keeping what was agreed to before. The phone makes the id."""

    id: UUID
    agrees: bool
    notice_hash: Annotated[str, msgspec.Meta(max_length=64)]


@router.get("/policy-change", openapi_extra=answers(None, 401, 403))
def get_change(request: HttpRequest) -> HttpResponse:
    """The considerable change this person has not decided on, with what is different; `change` is null for none."""
    actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        found = queries.unanswered(Standing(actor.employee_id))
        if found is None:
            return respond({"change": None})
        whose = Organization.objects.get(pk=actor.organization_id)
        shown = notice.current(whose, supported_language())
        record_served(actor, purposes=(CHANGE,), notice_hash=shown.hash, method=POPUP, now=clock.now())
        return respond({"change": _told(found, whose, shown.hash)})


@router.post(
    "/policy-change", openapi_extra={**body_of(ChangeAnswer), **answers(None, 400, 401, 403, 409, 422)}
)
def post_change(request: HttpRequest) -> HttpResponse:
    """Put one's decision about the change on record."""
    actor, told = request.auth, read(request, ChangeAnswer, limit=4096)  # type: ignore[attr-defined]
    answer_change(
        actor, key=told.id, agrees=told.agrees, notice_hash=told.notice_hash, method=POPUP, now=clock.now()
    )
    return respond({"change": None})


def _told(release: Release, whose: Organization, notice_hash: str) -> dict[str, object]:
    parts = showing.parts(release, whose, supported_language())
    return {
        "number": release.number,
        "effective_on": release.effective_at.date(),
        "notes": release.notes,
        "needs_consent": release.needs_consent,
        "notice_hash": notice_hash,
        "reasons": [each["words"] for each in showing.reasons(release)],
        "parts": [
            {
                "title": f"{part.document} · {part.title}",
                "changes": [{"kind": each.kind, "old": each.old, "new": each.new} for each in part.changes],
            }
            for part in parts
        ],
    }
