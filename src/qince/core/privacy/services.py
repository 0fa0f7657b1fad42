"""Recipients that the operator's own configuration brings: the map's pictures, text messages, mail.

What is not configured is nobody's: the local outbox and the maps drawn here send nothing anywhere.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.core.privacy.recipients import Recipient, country, recipients
from qince.kit.errors import Text

LOCAL_SMS = "qince.core.accounts.sms.local.LocalSms"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
TECHNICAL = _("Technical cooperation")
_MOBILES = ("accounts.account.mobile", "people.employee.mobile", "letters.letter.mobile")
_TEXTS = ("letters.letter.name", "letters.letter.values")


@recipients
def services(organization: Organization | None) -> Iterable[Recipient]:
    """The services the operator has set up; the same for every organization."""
    if settings.TILE_URL:
        yield _map()
    if settings.SMS_ADAPTER != LOCAL_SMS:
        yield _text_messages()
    if settings.EMAIL_BACKEND == SMTP:
        yield _mail()


def _map() -> Recipient:
    host = urlsplit(settings.TILE_URL).hostname or settings.TILE_URL
    return Recipient(
        code="operator.map",
        name=_company("map") or host.replace("{s}.", ""),
        kind=_("Map service"),
        scene=TECHNICAL,
        purpose=_("Drawing maps; with no map service, address and pin are set by hand as before"),
        data=_("Network address of your device, the area of the map that is shown"),
        region=_country("map"),
    )


def _text_messages() -> Recipient:
    return Recipient(
        code="operator.sms",
        name=_company("sms") or _("The operator's text message gateway"),
        kind=_("Service provider"),
        scene=TECHNICAL,
        purpose=_("Sending sign-in codes, invitations and letters as text messages"),
        data=_("Mobile number, text of the message"),
        fields=(*_MOBILES, *_TEXTS),
        region=_country("sms"),
    )


def _mail() -> Recipient:
    return Recipient(
        code="operator.mail",
        name=_company("mail") or settings.EMAIL_HOST,
        kind=_("Service provider"),
        scene=TECHNICAL,
        purpose=_("Delivering letters as e-mail"),
        data=_("E-mail address, name, text of the letter"),
        fields=("people.employee.email", "letters.letter.email", *_TEXTS),
        region=_country("mail"),
    )


def _company(service: str) -> str:
    name: str = settings.SERVICE_COMPANIES[service]["name"]
    return name


def _country(service: str) -> Text:
    return country(settings.SERVICE_COMPANIES[service]["country"])
