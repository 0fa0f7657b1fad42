"""The honest partner of the demo, served by this very service to this machine only (`simulator.Partner`)."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from qince.core.access.middleware import outside_organizations
from qince.core.organizations.models import Organization
from qince.engines.partners import outbox
from qince.engines.partners.models import Recipient
from qince.engines.partners.simulator import Partner
from qince.kit.tenancy import tenant

THIS_MACHINE = ("127.0.0.1", "::1")


@outside_organizations
@csrf_exempt
def receive(request: HttpRequest) -> HttpResponse:
    """Answers as a partner would that knows the keys of the recipients which name this address. Nothing is kept."""
    if not settings.PARTNER_SIMULATOR or request.META.get("REMOTE_ADDR") not in THIS_MACHINE:
        raise Http404
    answered: dict[str, Any] = {"status": 401}
    for partner in _partners():
        environ = {
            **request.META,
            "wsgi.input": BytesIO(request.body),
            "CONTENT_LENGTH": str(len(request.body)),
        }
        partner(environ, lambda status, headers: answered.update(status=int(status.split()[0])))
        if answered["status"] != 401:
            break
    return HttpResponse(b"{}", status=answered["status"], content_type="application/json")


def _partners() -> list[Partner]:
    found = []
    for organization in Organization.objects.values_list("pk", flat=True):
        with tenant(organization):
            rows = Recipient.objects.filter(endpoint=settings.PARTNER_SIMULATOR)
            found += [Partner(outbox.secret_of(each)) for each in rows]
    return found
