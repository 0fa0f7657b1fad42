"""The phone's addresses of daily reports. Mounted under /api/phone/v1."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.core.privacy.gate import Standing
from qince.employee.daily_reports import filling, obliging, queries
from qince.employee.daily_reports.actions.sending import period_of
from qince.employee.daily_reports.models import Template
from qince.employee.daily_reports.payloads import PrefillAnswer, PrefillAsked
from qince.employee.daily_reports.rules import WRITE
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, body_of, read, respond
from qince.kit.errors import Forbidden, NotFound
from qince.kit.tenancy import tenant

router = Router(tags=["daily_reports"])


@router.post(
    "/daily-reports/prefill",
    openapi_extra={**body_of(PrefillAsked), **answers(PrefillAnswer, 400, 401, 403, 404, 422)},
)
def prefill(request: HttpRequest) -> HttpResponse:
    """What the records say for a period of one's own, as answers to begin with."""
    asked = read(request, PrefillAsked, limit=16 * 1024)
    actor: Actor = request.auth  # type: ignore[attr-defined]
    if not actor.may(WRITE):
        raise Forbidden
    now = clock.now()
    with tenant(actor.organization_id):
        template = Template.objects.filter(pk=asked.report_template_id, is_active=True).first()
        if template is None:
            raise NotFound
        period = period_of(template, asked.period_on)
        if obliging.ensure(template, actor.person_id, period, now=now) is None:
            raise NotFound
        version = queries.version_of(template.pk, period.version.number)
        standing = Standing(actor.person_id)
        values = filling.prefill(version, actor.person_id, period, until=now, standing=standing)
    return respond(PrefillAnswer(values=values, until=now))
