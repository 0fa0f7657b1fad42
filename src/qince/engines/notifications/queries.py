"""Reads of one's own preferences."""

from datetime import time
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from qince.core.accounts.models import Device
from qince.core.letters.registry import OTHER, group_of, group_title, kinds
from qince.core.people.models import Employee
from qince.engines.notifications.choices import STANDARD, Channel, chosen_by
from qince.engines.notifications.models import QuietHours, Subscription
from qince.engines.notifications.quiet import EVERY_DAY
from qince.kit.actor import Actor

# What the form offers until a person has set hours of their own.
USUAL_NIGHT = (time(21), time(8))


def used_groups() -> list[tuple[str, str]]:
    """Groups that some kind is in which is not owed anyway, in words; the rest comes last."""
    used = {group_of(code) for code, kind in kinds.items() if not kind.is_mandatory} - {OTHER}
    return [(code, str(group_title(code))) for code in (*sorted(used), OTHER)]


def choices_of(actor: Actor) -> dict[str, dict[str, str]]:
    """For each group, when each channel beside the app is used."""
    chosen = chosen_by({actor.person_id})
    return {
        code: {
            channel: chosen.get((actor.person_id, code, channel), standard)
            for channel, standard in STANDARD.items()
        }
        for code, _title in used_groups()
    }


def reachable(person: Employee) -> dict[str, bool]:
    """For which channels the person has an address or a device."""
    return {
        Channel.PUSH: devices_of(person.pk).filter(disabled_at__isnull=True).exists(),
        Channel.EMAIL: bool(person.email),
        Channel.SMS: bool(person.mobile),
    }


def devices_of(employee_id: UUID) -> "QuerySet[Subscription]":
    return Subscription.objects.filter(employee=employee_id).order_by("created_at")


def device_names(rows: list[Subscription]) -> dict[UUID, str]:
    """What the devices of these subscriptions call themselves; those signed out are left out."""
    found = Device.objects.filter(pk__in=[row.device_id for row in rows], revoked_at__isnull=True)
    return {each.pk: str(each) for each in found}


def quiet_of(person: Employee) -> dict[str, Any]:
    row = QuietHours.objects.filter(employee=person).first()
    if row is None:
        starts, ends = USUAL_NIGHT
        days, zone, is_on = list(EVERY_DAY), person.organization.time_zone, False
    else:
        starts, ends, days, zone, is_on = row.starts, row.ends, row.days, row.zone, row.is_on
    return {"is_on": is_on, "starts": starts, "ends": ends, "days": days, "zone": zone}
