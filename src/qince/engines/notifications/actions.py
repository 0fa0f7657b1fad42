"""What a person decides about being told. Each is an act upon oneself."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from uuid import UUID
from zoneinfo import available_timezones

from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.translation import gettext as _

from qince.core.people.models import Employee
from qince.core.privacy.gate import Standing
from qince.engines.notifications.choices import STANDARD
from qince.engines.notifications.models import Preference, QuietHours, Subscription
from qince.engines.notifications.privacy import NOTIFICATIONS, PUSH
from qince.engines.notifications.push.encoding import decoded
from qince.engines.notifications.push.encryption import POINT, SECRET
from qince.engines.notifications.push.keys import CURVE
from qince.engines.notifications.push.services import is_allowed, is_available
from qince.engines.notifications.queries import used_groups
from qince.engines.notifications.quiet import EVERY_DAY
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal

Surface = Subscription.Surface


@action("notifications.switch_on", permission=None)
def switch_on(actor: Actor, *, endpoint: str, p256dh: str, auth: str, now: datetime) -> Subscription:
    """Let push messages come to the device the actor sits at: after the purpose was agreed to, on a browser whose
    maker's service the operator has named. A repeat renews what is known of the device.
    """
    person = _person(actor)
    device_id = _device(actor)
    standing = Standing(person.pk)
    standing.require(PUSH)
    standing.require_device(NOTIFICATIONS, lambda: now, device_id=device_id)
    _require_valid(endpoint, p256dh, auth)
    row = Subscription.objects.filter(employee=person, device_id=device_id).first()
    row = row or Subscription(employee=person, device_id=device_id)
    row.surface = Surface.PHONE if actor.client == "phone" else Surface.CONSOLE
    row.endpoint, row.p256dh, row.auth = endpoint, p256dh, auth
    row.language, row.created_at, row.disabled_at = actor.locale[:10], now, None
    row.save()
    note(row, state=row.surface)
    return row


@action("notifications.switch_off", permission=None)
def switch_off(actor: Actor, *, subscription_id: UUID | None = None, now: datetime) -> None:
    """Let no more push messages come to one of one's devices; without an id, to the one the actor sits at."""
    rows = Subscription.objects.filter(employee=actor.person_id)
    if subscription_id is None:
        found = rows.filter(device_id=actor.device_id).first()
        if found is None:
            return
    elif (found := rows.filter(pk=subscription_id).first()) is None:
        raise NotFound
    note(found, state=found.surface)
    found.delete()


@action("notifications.choose", permission=None)
def choose(actor: Actor, *, choices: Mapping[tuple[str, str], str], now: datetime) -> None:
    """Say when letters of a group go by a channel: (group, channel) → always, urgent, never."""
    known = dict(used_groups())
    for (group, channel), when in choices.items():
        if group not in known:
            raise Refusal("unknown_group", _("This kind of message is not known here."), field="group")
        if channel not in STANDARD:
            raise Refusal("unknown_channel", _("This channel is not offered."), field="channel")
        if when not in Preference.When.values:
            raise Refusal("invalid_choice", _("This choice is not offered."), field="when")
    person = _person(actor)
    for (group, channel), when in choices.items():
        row, _made = Preference.objects.update_or_create(
            employee=person, group=group, channel=channel, defaults={"when": when, "changed_at": now}
        )
        note(row, channel=channel, kind=group, state=when)


@action("notifications.set_quiet", permission=None)
def set_quiet(
    actor: Actor, *, is_on: bool, starts: time, ends: time, days: Sequence[int], zone: str, now: datetime
) -> QuietHours:
    """Say when one wants to hear nothing; what is urgent or owed comes all the same."""
    chosen = sorted(set(days))
    if not chosen or not set(chosen) <= set(EVERY_DAY):
        raise Refusal("invalid_days", _("Name at least one day on which messages may come."), field="days")
    if zone not in available_timezones():
        raise Refusal("invalid_zone", _("This time zone is not known."), field="zone")
    person = _person(actor)
    clear = {"starts": starts.replace(tzinfo=None), "ends": ends.replace(tzinfo=None)}
    row, _made = QuietHours.objects.update_or_create(
        employee=person,
        defaults={**clear, "is_on": is_on, "days": chosen, "zone": zone, "changed_at": now},
    )
    note(row, state="on" if is_on else "off")
    return row


def _person(actor: Actor) -> Employee:
    """The person, whose acts queue here one after the other."""
    rows = Employee.objects.select_related("organization").select_for_update(of=("self",), no_key=True)
    found: Employee | None = rows.filter(pk=actor.employee_id).first() if actor.employee_id else None
    if found is None:
        raise NotFound
    return found


def _device(actor: Actor) -> UUID:
    if actor.device_id is None:
        raise Refusal("no_device", _("This works only in a browser or app in which you are signed in."))
    return actor.device_id


def _require_valid(endpoint: str, p256dh: str, auth: str) -> None:
    if not is_available():
        raise Refusal("push_off", _("The operator of this service has not switched on push messages."))
    if len(endpoint) > 1000 or not is_allowed(endpoint):
        message = _("The push service of this browser is not among those the operator has named.")
        raise Refusal("service_not_allowed", message, field="endpoint")
    if not _is_key(p256dh, auth):
        raise Refusal("invalid_keys", _("The keys of this browser cannot be read."), field="p256dh")


def _is_key(p256dh: str, auth: str) -> bool:
    try:
        point, secret = decoded(p256dh), decoded(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except ValueError:
        return False
    return len(point) == POINT and len(secret) == SECRET
