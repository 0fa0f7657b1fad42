"""Where recipients send to: `/partners/inbound/<organization>-<code>/`. Whoever cannot sign learns nothing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from qince.core.access.middleware import outside_organizations
from qince.core.organizations.models import Organization
from qince.engines.partners import inbound
from qince.engines.partners.models import Recipient
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

MOST = 64 * 1024


@outside_organizations
@csrf_exempt
@require_POST
def receive(request: HttpRequest, address: str) -> HttpResponse:
    try:
        return JsonResponse({"state": _receive(request, address)})
    except Refusal as refusal:
        return JsonResponse(refusal.as_dict(), status=refusal.status)


def _receive(request: HttpRequest, address: str) -> str:
    organization, code = addressed(address)
    if int(request.headers.get("Content-Length") or 0) > MOST:
        raise Refusal("request_too_large", _("The request is too large. Send less at once."), status=413)
    body, now = request.body, clock.now()
    if not Organization.objects.filter(pk=organization, state=Organization.State.ACTIVE).exists():
        raise unknown()
    with tenant(organization):
        recipient = Recipient.objects.filter(code=code).first()
        if recipient is None:
            raise unknown()
        inbound.require_signature(recipient, request.headers.get("Qince-Signature", ""), body, now)
        actor = system_actor(organization, recipient.name)
        return inbound.receive(actor, recipient, body=body, now=now)


def addressed(address: str) -> tuple[UUID, str]:
    """Organization and short name; what is no address answers like a wrong signature."""
    whose, _dash, code = address.partition("-")
    try:
        return UUID(hex=whose), code
    except ValueError:
        raise unknown() from None


def unknown() -> inbound.Forged:
    return inbound.Forged("forged", _("The signature does not fit."))
