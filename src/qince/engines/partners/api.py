"""The phone's addresses for sharing. Mounted under /api/phone/v1. Agreeing itself goes through `POST /consents`."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.core.people.models import Employee
from qince.engines.partners import actions, queries
from qince.engines.partners.models import Recipient
from qince.kit import clock
from qince.kit.api import answers, respond
from qince.kit.errors import NotFound
from qince.kit.tenancy import tenant

router = Router(tags=["partners"])
SHOWN = 200


class PartnerQuestion(msgspec.Struct):
    """One decision of its own: the recipient, a sensitive kind of data, going abroad."""

    code: str
    title: str
    state: str
    at: datetime | None


class Partner(msgspec.Struct):
    id: UUID
    name: str
    text: dict[str, Any]  # what is read before deciding, word for word
    text_hash: str
    questions: list[dict[str, Any]]
    binding: dict[str, Any] | None


class Partners(msgspec.Struct):
    partners: list[Partner]


class Passed(msgspec.Struct):
    at: datetime
    recipient: str
    fields: list[str]
    why: str
    basis: str


class AllPassed(msgspec.Struct):
    disclosures: list[Passed]


@router.get("/partners", openapi_extra=answers(Partners, 401, 403, 426))
def list_partners(request: HttpRequest) -> HttpResponse:
    """Every recipient open to oneself, with what it would get and where one stands on each of its questions."""
    caller = request.auth  # type: ignore[attr-defined]
    with tenant(caller.organization_id):
        person = Employee.objects.get(pk=caller.employee_id)
        return respond({"partners": queries.partners_for(person)})


@router.get("/disclosures", openapi_extra=answers(AllPassed, 401, 403, 426))
def list_disclosures(request: HttpRequest) -> HttpResponse:
    """What was passed on about oneself: when, to whom, which kinds of data, why, on what basis."""
    caller = request.auth  # type: ignore[attr-defined]
    with tenant(caller.organization_id):
        rows = queries.disclosures_of(caller.employee_id)[:SHOWN]
        return respond({"disclosures": [_passed(row) for row in rows]})


def _passed(row: Any) -> Passed:
    return Passed(
        row.at, row.recipient_name, queries.field_words(row.fields), row.why, str(row.get_basis_display())
    )


@router.delete(
    "/partners/{recipient_id}/binding", openapi_extra=answers(None, 401, 403, 404, 426, status=204)
)
def unbind(request: HttpRequest, recipient_id: UUID) -> HttpResponse:
    """Forget one's own account at a payment company."""
    caller = request.auth  # type: ignore[attr-defined]
    with tenant(caller.organization_id):
        recipient = Recipient.objects.filter(pk=recipient_id).first()
        if recipient is None or not recipient.bindings.filter(employee=caller.employee_id).exists():
            raise NotFound
        actions.unbind(caller, recipient, now=clock.now())
    return HttpResponse(status=204)
