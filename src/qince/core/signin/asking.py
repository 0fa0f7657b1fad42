"""Where a request comes from, for the rate limits, and the mobile number it names."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qince.core.accounts.limits import Asker
from qince.kit.errors import Refusal
from qince.kit.identifiers import NotAMobile, mobile_e164


def source_of(request: HttpRequest) -> str:
    """The client's address; for IPv6 its /64, which one customer holds whole."""
    address = address_of(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def address_of(request: HttpRequest) -> str:
    """What the request says it comes from.

    Behind the TLS proxy the last entry of X-Forwarded-For is the proxy's own; earlier ones may be forged.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For", "")):
        address = forwarded.rsplit(",", 1)[-1].strip()
    return address


def asker_of(request: HttpRequest) -> Asker:
    """A stranger at this request's address."""
    return Asker(source_of(request))


def mobile_of(text: str) -> str:
    """A typed number in E.164, or a `Refusal`."""
    try:
        return mobile_e164(text)
    except NotAMobile as error:
        raise Refusal("not_a_mobile", _("This is not a mobile number."), field="mobile") from error
