"""Another operator takes the service over: announced to everybody, carried out on the day, the ledger carried over.

The new operator stays bound by the policy people agreed to. Where its own differs, the gate closes: whatever was agreed
to before counts no more until it is agreed to anew (C4.2-03).
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qince.core.lifecycle import letters, queries
from qince.core.lifecycle.banners import SUCCESSION_KEY
from qince.core.lifecycle.models import Succession
from qince.core.lifecycle.terms import _locked, tell
from qince.core.organizations.models import Organization
from qince.core.policy import releasing
from qince.core.policy.releasing import COMMENT_DAYS
from qince.core.privacy.models import ConsentEntry
from qince.kit.action import action, note
from qince.kit.actor import Actor, system_actor
from qince.kit.errors import Conflict, Refusal
from qince.kit.keeping import forget

ANNOUNCED = timedelta(days=COMMENT_DAYS)  # time to comment, export or leave before it takes over
REQUIRED = ("successor", "address", "contact", "text")


def announce(
    *, cause: str, takes_over_on: date, announced_by: str, told: Mapping[str, str], now: datetime
) -> Succession:
    """Tell everybody who takes over and when: page, banner and a letter to each. `told` holds what `REQUIRED` names."""
    if cause not in Succession.Cause.values:
        raise Refusal("unknown_cause", _("Say why: merger, acquisition, bankruptcy or other."), field="cause")
    _require_told(told)
    first = timezone.localdate(now) + ANNOUNCED
    if takes_over_on < first:
        message = _("A new operator has to be announced fifteen days ahead: %(first)s at the earliest.")
        raise Refusal("too_soon", message % {"first": first}, field="takes_over_on")
    with transaction.atomic():
        under_way = queries.announced_succession()
        if under_way is not None and under_way.completed_at is None:
            raise Conflict(
                "announced_already", _("A new operator is announced already. Withdraw that first.")
            )
        values = {name: told[name].strip() for name in REQUIRED}
        found = Succession.objects.create(
            cause=cause, before=settings.OPERATOR["name"], takes_over_on=takes_over_on, announced_at=now,
            announced_by=announced_by, **values,
        )  # fmt: skip
    forget(SUCCESSION_KEY)
    for actor in _organizations("lifecycle.announce_succession"):
        tell_members(actor, succession=found, now=now)
    return found


def _require_told(told: Mapping[str, str]) -> None:
    for name in REQUIRED:
        if not told.get(name, "").strip():
            message = _("Say who takes over, its address, how to reach it, and what people should know.")
            raise Refusal("incomplete", message, field=name)
    if told["successor"].strip() == settings.OPERATOR["name"]:
        raise Refusal("same_operator", _("This operator runs the service already."), field="successor")


def _organizations(name: str) -> list[Actor]:
    open_ones = Organization.objects.exclude(state=Organization.State.CLOSED)
    return [system_actor(key, name) for key in open_ones.values_list("pk", flat=True)]


@action("lifecycle.announce_succession")
def tell_members(actor: Actor, *, succession: Succession, now: datetime) -> None:
    note(_locked(actor), successor=succession.successor, takes_over_on=str(succession.takes_over_on))
    values = {
        "day": succession.takes_over_on.isoformat(),
        "name": succession.successor,
        "text": succession.text,
        "contact": succession.contact,
    }
    tell(actor, queries.member_ids(), letters.SUCCESSION, values, now=now)


def withdraw(*, now: datetime) -> None:
    """Take the announcement back. Not possible once the new operator has taken over."""
    found = _announced()
    Succession.objects.filter(pk=found.pk).update(withdrawn_at=now)
    forget(SUCCESSION_KEY)


def complete(*, completed_by: str, now: datetime) -> Succession:
    """Let the announced operator take over: release its policy, carry the ledger over, tell everybody.

    Refused before the announced day, and until the configuration names the new operator.
    """
    found = _announced()
    if timezone.localdate(now) < found.takes_over_on:
        message = _("It takes over on %(day)s; not before.") % {"day": found.takes_over_on}
        raise Refusal("too_soon", message, field="takes_over_on")
    if settings.OPERATOR["name"] != found.successor:
        missing = _("Set QINCE_OPERATOR_NAME and its contacts to the new operator first: %(name)s.")
        raise Refusal("not_configured", missing % {"name": found.successor})
    with transaction.atomic():
        released = releasing.release(now=now, notes=found.text, comment_days=0, is_succession=True)
        found.completed_at, found.completed_by = now, completed_by
        found.release, found.differs = released.number, released.renews_consents
        found.save(update_fields=["completed_at", "completed_by", "release", "differs"])
    forget(SUCCESSION_KEY)
    for actor in _organizations("lifecycle.take_over"):
        take_over(actor, succession=found, now=now)
    return found


def _announced() -> Succession:
    found = queries.announced_succession()
    if found is None or found.completed_at is not None:
        raise Refusal("nothing_announced", _("No new operator is announced."))
    return found


@action("lifecycle.take_over")
def take_over(actor: Actor, *, succession: Succession, now: datetime) -> None:
    """Put on record what the new operator is given of one organization's ledger, and tell its members."""
    organization = _locked(actor)
    note(organization, successor=succession.successor, asks_anew=succession.differs, **ledger())
    kind = letters.TAKEN_OVER_ANEW if succession.differs else letters.TAKEN_OVER
    tell(actor, queries.member_ids(), kind, {"name": succession.successor}, now=now)


def ledger() -> dict[str, Any]:
    """The consent ledger of the current organization as it is carried over: how many entries, and their digest."""
    rows = ConsentEntry.objects.order_by("recorded_at", "pk")
    digest, count = hashlib.sha256(), 0
    for row in rows.values_list("pk", "employee_id", "purpose", "act", "notice_hash").iterator(2000):
        digest.update("\x1f".join(map(str, row)).encode())
        count += 1
    return {"entries": count, "digest": digest.hexdigest()}
