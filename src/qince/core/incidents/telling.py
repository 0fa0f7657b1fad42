"""Telling the people concerned: one by one through their channels, or in public where that is hard."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.incidents import minors, parts
from qince.core.incidents.actions import held, held_affected, require_parts
from qince.core.incidents.banners import KEY as ANNOUNCED
from qince.core.incidents.letters import GUARDIAN, NOTICE
from qince.core.incidents.minors import Contact
from qince.core.incidents.models import Affected, Announcement, Incident
from qince.core.incidents.rules import HANDLE
from qince.core.letters.actions import Addressee, hand_over, send
from qince.core.letters.models import Delivery
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.keeping import forget

Channel = Delivery.Channel
CHANNELS: tuple[str, ...] = tuple(Channel.values)


@action("incidents.tell", permission=HANDLE)
def tell(actor: Actor, incident: Incident, *, now: datetime, channels: Sequence[str] = CHANNELS) -> int:
    """Send the notice to everybody on the list who has none yet; how many letters went out.

    Refused while one of the eight parts is empty. The guardian of a child, and of anybody known to be under 18, gets a
    letter too. A drill sends nothing: each person is marked as told in the simulation.
    """
    incident = held(incident)
    require_parts(incident)
    chosen = tuple(each for each in CHANNELS if each in channels)
    if not chosen:
        raise Refusal("no_channel", _("Choose at least one channel."), field="channels")
    waiting = list(incident.affected.filter(told_at=None).select_related("employee").order_by("id"))
    if not waiting and incident.told_at is None:
        raise Refusal(
            "nobody_listed", _("Nobody is on the list yet. Find or add the people concerned first.")
        )
    guardians = _guardians(incident, waiting)
    count = (
        _simulate(waiting, now)
        if incident.is_drill
        else _send(actor, incident, waiting, guardians, chosen, now)
    )
    if incident.told_at is None:
        incident.told_at = now
        incident.save(update_fields=["told_at"])
    note(incident, told=len(waiting), channels=[str(Channel(each).label) for each in chosen])
    return count


def _guardians(incident: Incident, waiting: list[Affected]) -> dict[UUID, Contact]:
    """Whom to tell besides, by the affected row; refused while one of them cannot be reached."""
    needed = minors.needing_guardian(waiting, is_child_incident=incident.is_child)
    known = minors.contacts(each for each in waiting if each.pk in needed)
    without = [each.name for each in waiting if each.pk in needed and each.pk not in known]
    if without:
        names = ", ".join(without[:5])
        raise Refusal("guardian_missing", _("No guardian's contact on record: %(names)s") % {"names": names})
    return known


def _simulate(waiting: list[Affected], now: datetime) -> int:
    Affected.objects.filter(pk__in=[each.pk for each in waiting]).update(told_at=now)
    return 0


def _send(
    actor: Actor,
    incident: Incident,
    waiting: list[Affected],
    guardians: dict[UUID, Contact],
    channels: tuple[str, ...],
    now: datetime,
) -> int:
    values = {"title": incident.title, **parts.values_of(incident)}
    to = [_addressee(each) for each in waiting]
    letters = send(actor, to=to, kind=NOTICE, values=values, channels=channels, now=now, urgent=True)
    for each, letter in zip(waiting, letters, strict=True):
        each.letter, each.told_at = letter, now
    count = len(letters)
    for each in waiting:  # each guardian's letter names another child
        if (guardian := guardians.get(each.pk)) is not None:
            child = str(each.employee_id or each.name)
            told = send(
                actor, to=[guardian.as_addressee()], kind=GUARDIAN, values={**values, "child": child},
                channels=channels, now=now, urgent=True,
            )  # fmt: skip
            each.guardian_letter = told[0]
            count += 1
    Affected.objects.bulk_update(waiting, ["letter", "guardian_letter", "told_at"], batch_size=500)
    return count


def _addressee(affected: Affected) -> Addressee:
    if affected.employee_id:
        return Addressee(employee_id=affected.employee_id)
    return Addressee(name=affected.name, mobile=affected.mobile, email=affected.email)


@action("incidents.hand_over", permission=HANDLE)
def tick(actor: Actor, affected: Affected, *, now: datetime, channel: str) -> int:
    """Tick one person's letters on paper as posted, or calls as made; how many."""
    affected = held_affected(affected)
    if channel not in (Channel.LETTER, Channel.PHONE):
        raise Refusal(
            "not_by_hand", _("Only letters on paper and calls are ticked by hand."), field="channel"
        )
    keys = [key for key in (affected.letter_id, affected.guardian_letter_id) if key]
    open_ones = Delivery.objects.filter(letter__in=keys, channel=channel, state=Delivery.State.PENDING)
    waiting = list(open_ones.values_list("pk", flat=True))
    if not waiting:
        raise Refusal("nothing_waits", _("Nothing waits to be handed over this way."))
    for key in waiting:
        hand_over(actor, delivery_id=key, now=now)
    note(affected.incident, person=affected.name, handed_over=channel)
    return len(waiting)


@action("incidents.announce", permission=HANDLE)
def announce(actor: Actor, incident: Incident, *, now: datetime, reason: str) -> Announcement | None:
    """Warn in public because people cannot well be told one by one; the reason is required (C5.6-05, C5.7-05).

    A drill publishes nothing.
    """
    incident = held(incident)
    if not reason.strip():
        message = _("Say why the people cannot be told one by one.")
        raise Refusal("reason_required", message, field="reason")
    require_parts(incident)
    made = None
    if not incident.is_drill:
        made = Announcement.objects.create(
            organization_id=actor.organization_id,
            incident_id=incident.pk,
            code=secrets.token_hex(8),
            title=incident.title,
            parts=parts.values_of(incident),
            reason=reason.strip()[:300],
            published_at=now,
        )
        forget(ANNOUNCED)
    if incident.told_at is None:
        incident.told_at = now
        incident.save(update_fields=["told_at"])
    note(incident, announced=reason.strip()[:300])
    return made


@action("incidents.withdraw_announcement", permission=HANDLE)
def withdraw_announcements(actor: Actor, incident: Incident, *, now: datetime) -> int:
    """Take the warning off the pages again; it stays in the record."""
    if not Incident.objects.filter(pk=incident.pk).exists():
        raise NotFound
    rows = Announcement.objects.filter(
        organization=actor.organization_id, incident_id=incident.pk, withdrawn_at__isnull=True
    )
    count = rows.update(withdrawn_at=now)
    forget(ANNOUNCED)
    note(incident, withdrawn=count)
    return count
