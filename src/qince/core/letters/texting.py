"""Text messages: what the kind says in short, never a value of the letter, and where to read it."""

import logging
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from qince.core.accounts import sms
from qince.core.letters import reaching, tokens, wishes
from qince.core.letters.channels import Undelivered, Unwanted, register
from qince.core.letters.models import Delivery, Letter
from qince.core.organizations.settings import Settings

log = logging.getLogger(__name__)


class Sms:
    code, is_immediate, is_manual = "sms", False, False

    def obstacle(self, letter: Letter) -> str:
        return "" if letter.to_mobile else "no_mobile"

    def carry(self, letter: Letter, delivery: Delivery, *, now: datetime) -> None:
        """Mandatory letters pass the quota and the wish: what the law or the service owes is not rationed."""
        if not letter.declared.is_mandatory:
            if wishes.is_unsubscribed(self.code, letter.to_mobile):
                raise Unwanted("unsubscribed")
            if reaching.is_suppressed(self.code, letter.to_mobile):
                raise Unwanted(reaching.SUPPRESSED)
            if used_this_month(now) >= Settings.of(letter.organization).sms_per_month:
                raise Unwanted("quota")
        try:
            with translation.override(settings.LANGUAGE_CODE):
                sms.send(letter.to_mobile, sms.Template.LETTER, _params(letter, delivery))
        except sms.NoSuchNumber as error:
            raise Undelivered("number_refused", again=False) from error
        except Exception as error:  # adapters are foreign code: theirs may raise anything
            log.warning("letters: the SMS adapter failed (%s)", type(error).__name__)
            raise Undelivered("gateway_failed", again=True) from error


register(Sms())


def used_this_month(now: datetime) -> int:
    """Text messages the organization sent since the first of the month, local time."""
    first = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    sent = Delivery.objects.filter(channel=Sms.code, state=Delivery.State.SENT, at__gte=first)
    return int(sent.count())


def _params(letter: Letter, delivery: Delivery) -> dict[str, object]:
    """Someone without an account reads the letter by an address of its own."""
    path = letter.link if letter.employee_id else ""
    if not letter.employee_id:
        path = tokens.address(tokens.READ, delivery)
    return {
        "organization": letter.organization.name,
        "subject": str(letter.declared.short),
        "address": f"{settings.PUBLIC_URL}{path}",
    }
