"""The browser vendors' push services: which the operator has allowed, and the row of each in the notice.

None is used until `QINCE_PUSH_SERVICES` names it. They carry sealed messages and learn that a browser got one, when.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.core.privacy.recipients import Recipient, country, recipients
from qince.core.privacy.services import TECHNICAL
from qince.engines.partners.addresses import Unsafe, taken_apart


@dataclass(frozen=True, slots=True)
class Service:
    """A vendor: the hosts its browsers' subscriptions lie at; one that begins with a dot stands for all below."""

    code: str
    company: str
    link: str
    hosts: tuple[str, ...]


SERVICES = {
    each.code: each
    for each in (
        Service("google", "Google (Chrome)", "https://policies.google.com/privacy", ("fcm.googleapis.com",)),
        Service(
            "mozilla",
            "Mozilla (Firefox)",
            "https://www.mozilla.org/privacy/",
            (".push.services.mozilla.com",),
        ),
        Service("apple", "Apple (Safari)", "https://www.apple.com/legal/privacy/", (".push.apple.com",)),
        Service("microsoft", "Microsoft (Edge)", "https://privacy.microsoft.com/", (".notify.windows.com",)),
    )
}


def allowed() -> list[Service]:
    return [SERVICES[code] for code in settings.PUSH_SERVICES if code in SERVICES]


def is_available() -> bool:
    return bool(allowed() or settings.PUSH_LOCAL)


def is_allowed(endpoint: str) -> bool:
    """Whether push messages may go to this address: https at a service that the operator named."""
    try:
        parts, host, port = taken_apart(endpoint)
    except Unsafe:
        return False
    if f"{host}:{port}" in settings.PUSH_LOCAL:
        return True
    if parts.scheme != "https" or port != 443:
        return False
    return any(_fits(host, each) for service in allowed() for each in service.hosts)


def _fits(host: str, allowed_host: str) -> bool:
    return host.endswith(allowed_host) if allowed_host.startswith(".") else host == allowed_host


@recipients
def push_services(organization: Organization | None) -> Iterable[Recipient]:
    for each in allowed():
        yield Recipient(
            code=f"operator.push.{each.code}",
            name=each.company,
            kind=_("Push service of the browser's maker"),
            scene=TECHNICAL,
            purpose=_("Bringing push messages to browsers whose users switched them on"),
            data=_("The browser's address at the service, and a sealed message that it cannot read"),
            link=each.link,
            region=country("US"),
            fields=("notifications.subscription.endpoint",),
        )
