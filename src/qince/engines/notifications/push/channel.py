"""The channel `push`: one message to each usable device of a person, saying only that there is something to read."""

import json
import logging
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils import translation

from qince.core.letters import channels
from qince.core.letters.channels import Undelivered
from qince.core.letters.models import Delivery, Letter
from qince.core.letters.queries import unread_by
from qince.engines.notifications import escalating
from qince.engines.notifications.models import Subscription
from qince.engines.notifications.push.encoding import decoded
from qince.engines.notifications.push.encryption import sealed
from qince.engines.notifications.push.services import is_allowed
from qince.engines.notifications.push.subscriptions import usable_of
from qince.engines.notifications.push.vapid import authorization
from qince.engines.partners import relay

log = logging.getLogger(__name__)
KEPT_FOR = timedelta(days=1)  # how long a push service keeps a message for a browser that is away
GONE = {404, 410}
REFUSED = {
    400,
    401,
    403,
    413,
}  # it will be refused again: another key of ours, or not what this service takes


class Outcome(StrEnum):
    TAKEN = "taken"
    GONE = "gone"
    REFUSED = "push_refused"
    FAILED = "push_failed"


class Push:
    code, is_immediate, is_manual = "push", False, False

    def obstacle(self, letter: Letter) -> str:
        return "" if letter.employee_id else "no_account"

    def carry(self, letter: Letter, delivery: Delivery, *, now: datetime) -> None:
        """An urgent letter that no device took goes on by the next channel at once, and not by this one again."""
        assert letter.employee_id is not None
        outcomes = {_sent(each, letter, now) for each in usable_of(letter.employee_id)}
        if Outcome.TAKEN in outcomes:
            return
        reason = _reason(outcomes)
        if escalating.concerns(letter):
            escalating.go_on(letter, now=now)
            raise Undelivered(reason, again=False)
        raise Undelivered(reason, again=Outcome.FAILED in outcomes)


channels.register(Push())


def _reason(outcomes: set[Outcome]) -> str:
    for each in (Outcome.FAILED, Outcome.REFUSED):
        if each in outcomes:
            return each.value
    return "no_device"


def _sent(device: Subscription, letter: Letter, now: datetime) -> Outcome:
    if not is_allowed(device.endpoint):
        return Outcome.REFUSED
    try:
        body = sealed(_message(device, letter), browser=decoded(device.p256dh), secret=decoded(device.auth))
        status = relay.pass_sealed(device.endpoint, body, _headers(device, letter, now))
    except relay.NotPassed as problem:
        log.warning("notifications: no push service answered (%s)", problem)
        return Outcome.FAILED
    return _outcome(device, status, now)


def _outcome(device: Subscription, status: int, now: datetime) -> Outcome:
    if 200 <= status < 300:
        return Outcome.TAKEN
    if status in GONE:
        device.disabled_at = now
        device.save(update_fields=["disabled_at"])
        return Outcome.GONE
    log.warning("notifications: a push service answered %s", status)
    return Outcome.REFUSED if status in REFUSED else Outcome.FAILED


def _message(device: Subscription, letter: Letter) -> bytes:
    """What the kind says in short, never a value of the letter; where it opens; how many are unread."""
    with translation.override(device.language or settings.LANGUAGE_CODE):
        title = str(letter.declared.short)
    is_phone = device.surface == Subscription.Surface.PHONE
    address = "/m/#/me/messages" if is_phone else f"/messages/{letter.pk}/"
    assert letter.employee_id is not None
    said = {"title": title, "url": address, "tag": str(letter.pk), "unread": unread_by(letter.employee_id)}
    return json.dumps(said, ensure_ascii=False).encode()


def _headers(device: Subscription, letter: Letter, now: datetime) -> dict[str, str]:
    return {
        "Authorization": authorization(device.endpoint, now=now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(KEPT_FOR.total_seconds())),
        "Topic": letter.pk.hex,  # a further one about the same letter takes the place of one not yet brought
        "Urgency": "high" if letter.is_urgent else "normal",
    }
