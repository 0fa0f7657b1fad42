"""The end of the whole service: announced thirty days ahead; then nothing is collected, everything can be exported."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qince.core.lifecycle import letters, queries
from qince.core.lifecycle.banners import KEY
from qince.core.lifecycle.models import Cessation
from qince.core.lifecycle.rules import ANNOUNCED
from qince.core.lifecycle.terms import _change, _locked, tell
from qince.core.organizations.models import Organization
from qince.kit.action import action, note
from qince.kit.actor import Actor, system_actor
from qince.kit.errors import Conflict, Refusal
from qince.kit.keeping import forget
from qince.kit.tenancy import tenant

State = Organization.State


def announce(*, ceases_on: date, text: str, announced_by: str, now: datetime) -> Cessation:
    """Announce the end to everybody: page, banner and a letter to each. Refused less than thirty days ahead."""
    first = timezone.localdate(now) + ANNOUNCED
    if ceases_on < first:
        raise Refusal(
            "too_soon",
            _("The end has to be announced thirty days ahead: %(first)s at the earliest.") % {"first": first},
            field="ceases_on",
        )
    if not text.strip():
        raise Refusal("text_required", _("Say what ends and what people should do until then."), field="text")
    with transaction.atomic():
        if queries.announced_cessation() is not None:
            raise Conflict("announced_already", _("The end is announced already. Withdraw that first."))
        found = Cessation.objects.create(
            announced_at=now, announced_by=announced_by, ceases_on=ceases_on, text=text.strip()
        )
    forget(KEY)
    for key in Organization.objects.exclude(state=State.CLOSED).values_list("pk", flat=True):
        tell_members(system_actor(key, "lifecycle.cease"), cessation=found, now=now)
    return found


@action("lifecycle.announce_cessation")
def tell_members(actor: Actor, *, cessation: Cessation, now: datetime) -> None:
    note(_locked(actor), ceases_on=str(cessation.ceases_on))
    values = {"day": cessation.ceases_on.isoformat(), "text": cessation.text}
    tell(actor, queries.member_ids(), letters.CEASING, values, now=now)


def withdraw(*, now: datetime) -> None:
    """Take the announcement back. Not possible once the service has ceased."""
    found = queries.announced_cessation()
    if found is None or found.ceased_at is not None:
        raise Refusal("nothing_announced", _("No end is announced that could be withdrawn."))
    Cessation.objects.filter(pk=found.pk).update(withdrawn_at=now)
    forget(KEY)


def cease_if_due(*, now: datetime) -> int:
    """From the announced day on, let every organization read and export only; how many changed. Safe to repeat."""
    found = queries.announced_cessation()
    if found is None or timezone.localdate(now) < found.ceases_on:
        return 0
    working = Organization.objects.exclude(state__in=(State.CLOSED, State.CEASED))
    changed = [cease(system_actor(key, "lifecycle.cease")) for key in working.values_list("pk", flat=True)]
    Cessation.objects.filter(pk=found.pk, ceased_at__isnull=True).update(ceased_at=now)
    forget(KEY)
    return sum(changed)


@action("lifecycle.cease")
def cease(actor: Actor) -> bool:
    """Collect nothing more for this organization (C2.7-11)."""
    with tenant(actor.organization_id):
        organization = _locked(actor)
        if organization.state == State.REGISTERED:
            return False
        note(organization, state=(organization.state, State.CEASED))
        _change(organization, State.CEASED)
    return True
