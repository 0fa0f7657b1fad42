"""Who a phone is: signed in, and speaking a protocol still served."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from qince.core.signin.api import PhoneToken
from qince.engines.sync.person import load
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
    """A signed-in person who may not have agreed to the notice yet. No permissions are loaded."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        require_protocol(request)
        return super().authenticate(request, token)


class PhoneWorker(PhonePerson):
    """A person who has agreed to the notice, with permissions; nothing personal is taken from anybody else."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        caller = super().authenticate(request, token)
        with tenant(caller.organization_id):
            return load(caller).actor
