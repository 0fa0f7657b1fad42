"""Permissions of the device in the ledger: the state of the system's own switch, and each use allowed by an act.

Agreement to the policy opens none of them (C1.2-06). Switching one off closes the channel on the server too (C1.2-08).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.core.privacy import notice
from qince.core.privacy.actions import PROMPT, locked, outdated, serve
from qince.core.privacy.events import ConsentWithdrawn
from qince.core.privacy.gate import device_scope, use_scope
from qince.core.privacy.models import Consent, ConsentEntry, NoticeVersion
from qince.core.privacy.registers import registered
from qince.core.privacy.registry import declared
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.events import publish

Act = ConsentEntry.Act
SYSTEM_DIALOG, DEVICE_SETTINGS, POPUP = "system_dialog", "device_settings", "popup"
SOURCES = (SYSTEM_DIALOG, DEVICE_SETTINGS, POPUP)
# After a refusal nobody is asked again by the app itself for this long (C1.2-07).
REST = timedelta(hours=48)


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionReport:
    """What the phone found: the system's switch (`use` empty), or what was pressed about one use.

    `notice_hash`: of the notice shown with the question. The system's switch is asked by the system: there is none.
    """

    id: UUID
    permission: str
    use: str = ""
    is_allowed: bool
    source: str
    occurred_at: datetime
    notice_hash: str = ""


@action("privacy.record_permission", permission=None)
def record_permission(actor: Actor, *, report: PermissionReport, now: datetime) -> bool:
    """Put the state of a permission of one's own device on record; whether it was new.

    The latest report decides: the system's switch is a fact, not a promise. To allow a use one must have been shown
    the notice now in force, as with every other consent (else `notice_outdated`); to take it back, nothing.
    """
    person = locked(actor)
    scope = _scope(report, actor)
    held = Consent.objects.filter(employee=person, purpose=scope).first()
    if ConsentEntry.objects.filter(pk=report.id).exists():
        return False
    if held is not None and held.is_granted == report.is_allowed:
        return False
    at = min(report.occurred_at, now)
    if held is not None and at < held.at:
        return False  # an older report that came late
    shown = notice.in_force(report.notice_hash, person.organization) if report.notice_hash else None
    if report.use and report.is_allowed and shown is None:
        raise outdated()
    if shown is not None:
        serve(actor, person, scope, shown, report.source, at)
    entry = _entered(actor, person, scope, report, held, at, shown)
    Consent.objects.update_or_create(
        employee=person,
        purpose=scope,
        defaults={
            "act": entry.act,
            "is_granted": report.is_allowed,
            "circumstances": "",
            "entry": entry,
            "at": at,
        },
    )
    note(entry, purpose=scope, act=entry.act)
    if held is not None and held.is_granted and not report.is_allowed:
        publish(ConsentWithdrawn(person.pk, scope))
    return True


def _scope(report: PermissionReport, actor: Actor) -> str:
    """The ledger's scope, for a permission this software asks for and a use it offers."""
    known = registered.permissions.get(report.permission)
    if known is None or not known.is_used:
        raise Refusal("unknown_permission", _("This permission is not used here."), field="permission")
    if report.use and report.use not in known.offered_uses:
        raise Refusal("unknown_use", _("This use of the permission is not offered."), field="use")
    if report.source not in SOURCES:
        raise Refusal("unknown_source", _("Say where this was switched."), field="source")
    if report.use:
        return use_scope(report.permission, report.use)
    return device_scope(report.permission, actor.device_id)


def _entered(
    actor: Actor,
    person: Employee,
    scope: str,
    report: PermissionReport,
    held: Consent | None,
    at: datetime,
    shown: NoticeVersion | None,
) -> ConsentEntry:
    before = held is not None and held.is_granted
    act = Act.GRANTED if report.is_allowed else Act.WITHDRAWN if before else Act.DECLINED
    entry = ConsentEntry(
        id=report.id,
        employee=person,
        purpose=scope,
        act=act,
        circumstances="",
        notice_version=shown.version if shown else "",
        notice_hash=shown.hash if shown else "",
        method=report.source,
        client=actor.client,
        occurred_at=at,
    )
    entry.save()
    return entry


def may_ask(employee_id: UUID, scope: str, *, now: datetime) -> bool:
    """Whether the app may ask about `scope` by itself: not within two days of a refusal."""
    refused = ConsentEntry.objects.filter(
        employee=employee_id, purpose=scope, act__in=(Act.DECLINED, Act.WITHDRAWN), occurred_at__gt=now - REST
    )
    return not refused.exists()


def _uses() -> set[str]:
    """The ledger's scopes of the uses of permissions that are asked about in the app."""
    return {
        use_scope(each.code, use) for each in registered.permissions.values() for use in each.offered_uses
    }


@action("privacy.open_prompt", permission=None)
def open_prompt(actor: Actor, *, purpose: str, notice_hash: str, now: datetime) -> bool:
    """Whether the app may ask about a purpose now, by itself; if so, its being shown is on record (C2.0-06).

    Within two days of a refusal it may not: a person who wants to agree finds the way without being asked.
    """
    if purpose not in declared.scopes and purpose not in _uses():
        raise Refusal("unknown_purpose", _("This purpose is not known here."), field="purpose")
    person = locked(actor)
    if not may_ask(person.pk, purpose, now=now):
        return False
    shown = notice.in_force(notice_hash, person.organization)
    if shown is None:
        raise outdated()
    serve(actor, person, purpose, shown, PROMPT, now)
    return True
