"""Who a phone is, once it may work: signed in, speaking a protocol still served, and agreed to the notice."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from qince.core.access.queries import actor_for
from qince.core.people.models import Employee
from qince.core.privacy.gate import BASIC, Standing
from qince.core.signin.api import PhoneToken, SignedOut
from qince.engines.sync.protocol import MINIMUM_PROTOCOL, PROTOCOL
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant


def require_protocol(request: HttpRequest) -> None:
    """An app too old (or newer than this server) is told to update; its unsent work stays on the phone."""
    spoken = request.headers.get("Qince-Protocol", str(PROTOCOL))
    if not spoken.isascii() or not spoken.isdigit() or not MINIMUM_PROTOCOL <= int(spoken[:6]) <= PROTOCOL:
        raise Refusal(
            "update_required",
            _("This version of the app is no longer served. Update it; nothing on the phone is lost."),
            status=426,
            minimum=MINIMUM_PROTOCOL,
        )


class PhonePerson(PhoneToken):
    """A signed-in person with permissions, who may not have agreed to the notice yet."""

    needs_consent = False

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        require_protocol(request)
        found = super().authenticate(request, token)
        with tenant(found.organization_id):
            employee = Employee.objects.present().filter(pk=found.employee_id).first()
            if employee is None:
                raise SignedOut
            if self.needs_consent:
                self._require_basic(employee)
            actor = actor_for(employee, client="phone", locale=found.locale, device_id=found.device_id)
        return replace(actor, account_id=found.account_id)

    def _require_basic(self, employee: Any) -> None:
        Standing(employee.pk).require(BASIC, alternative=_("Read the notice and agree to it first."))


class PhoneAuth(PhonePerson):
    """For every address where work is sent or fetched: nothing personal is taken before the notice is agreed to."""

    needs_consent = True
