"""Writes to the ledger. Each is the act of the person concerned: nobody can write another's consent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.core.privacy import added, notice, queries
from qince.core.privacy.added import Shown
from qince.core.privacy.events import ConsentWithdrawn
from qince.core.privacy.gate import WIDTH
from qince.core.privacy.models import Consent, ConsentEntry, NoticeVersion
from qince.core.privacy.registry import NEVER, Purpose, declared
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.events import publish
from qince.kit.ids import uuid7

Act = ConsentEntry.Act
# Channels that explain a use, as the ledger names them; the page of the agreement is a fourth (C2.0-06).
POLICY_UPDATE, POPUP, PROMPT = "policy_update", "popup", "prompt"
CHANNELS = (POLICY_UPDATE, POPUP, PROMPT)
STAFF = "staff"  # the method of an entry written down for somebody who asked by another way
DECISIONS = (Act.GRANTED, Act.DECLINED, Act.NARROWED, Act.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person pressed about one purpose. `id` is made by the client, so a repeat is recognized."""

    id: UUID
    purpose: str
    act: str
    notice_hash: str
    occurred_at: datetime
    circumstances: str = ""
    method: str = "button"


@action("privacy.record_consent", permission=None)
def record_consent(actor: Actor, *, decision: Decision, now: datetime) -> dict[str, dict[str, object]]:
    """Add one decision of the actor's own to the ledger; answer where the actor stands on every purpose.

    The same id with the same content gets the present answer again; with another content a `Conflict`.
    To agree one must have been shown the notice now in force (else `notice_outdated`); to take back, nothing.
    """
    person = locked(actor)
    purpose = _valid(decision)
    if (known := ConsentEntry.objects.filter(pk=decision.id).first()) is not None:
        _require_same(known, person, decision)
        return queries.states(person.pk)
    shown = _shown(decision, person)
    if decision.act == Act.GRANTED and shown is None:
        raise outdated()
    entry = _enter(actor, person, decision, shown, now)
    _project(person, purpose, entry, shown.release if shown else None)
    note(entry, purpose=entry.purpose, act=entry.act, circumstances=entry.circumstances)
    return queries.states(person.pk)


@action("privacy.record_served", permission=None)
def record_served(
    actor: Actor, *, purposes: tuple[str, ...], notice_hash: str, method: str, now: datetime
) -> int:
    """Note that the actor was shown the notice about `purposes` (C2.0-06), once each; how many were new."""
    person = locked(actor)
    shown = notice.in_force(notice_hash, person.organization)
    if shown is None:
        raise outdated()
    return sum(serve(actor, person, code, shown, method, now) for code in purposes)


def locked(actor: Actor) -> Employee:
    """The person, whose acts queue here one after the other."""
    rows = Employee.objects.select_related("organization").select_for_update(of=("self",), no_key=True)
    found: Employee | None = rows.filter(pk=actor.employee_id).first() if actor.employee_id else None
    if found is None:
        raise NotFound
    return found


def _shown(decision: Decision, person: Employee) -> NoticeVersion | Shown | None:
    """What was read before deciding, if it is in force: the notice, or the text of an added purpose."""
    if decision.purpose in declared.scopes:
        return notice.in_force(decision.notice_hash, person.organization)
    return added.shown(decision.purpose, decision.notice_hash)


def _valid(decision: Decision) -> Purpose:
    purpose = declared.scopes.get(decision.purpose) or added.purpose(decision.purpose)
    if purpose is None:
        raise Refusal("unknown_purpose", _("This purpose is not known here."), field="purpose")
    if decision.act not in DECISIONS:
        raise Refusal("invalid_act", _("Agree, decline, narrow or withdraw."), field="act")
    if decision.circumstances not in _offered(purpose, decision.act):
        raise Refusal("invalid_circumstances", _("This choice is not offered."), field="circumstances")
    return purpose


def _offered(purpose: Purpose, act: str) -> set[str]:
    """The circumstances an act may name: agreeing says which, taking everything back needs none."""
    wider = {each for each in purpose.circumstances if each != NEVER}
    if act == Act.NARROWED:
        return wider or {
            ""
        }  # without circumstances: what was agreed to before stays, what came since does not count
    if act == Act.GRANTED:
        return wider or {""}
    return {"", NEVER} if NEVER in purpose.circumstances else {""}


def _require_same(known: ConsentEntry, person: Employee, decision: Decision) -> None:
    before = (known.employee_id, known.purpose, known.act, known.circumstances, known.notice_hash)
    again = (person.pk, decision.purpose, decision.act, decision.circumstances, decision.notice_hash)
    if before != again:
        raise Conflict("id_reused", _("This id was used for another act. Nothing was overwritten."))


def outdated() -> Conflict:
    return Conflict(
        "notice_outdated",
        _("The privacy notice has changed since it was shown. Read it again, then decide."),
        field="notice_hash",
    )


def _enter(
    actor: Actor, person: Employee, decision: Decision, shown: NoticeVersion | Shown | None, now: datetime
) -> ConsentEntry:
    occurred_at = min(decision.occurred_at, now)
    if shown is not None:
        serve(actor, person, decision.purpose, shown, decision.method, occurred_at)
    entry = ConsentEntry(
        id=decision.id,
        employee=person,
        purpose=decision.purpose,
        act=decision.act,
        circumstances=decision.circumstances,
        notice_version=shown.version if shown else "",
        notice_hash=decision.notice_hash,
        method=decision.method,
        client=actor.client,
        occurred_at=occurred_at,
    )
    entry.save()
    return entry


def serve(
    actor: Actor, person: Employee, purpose: str, shown: NoticeVersion | Shown, method: str, at: datetime
) -> bool:
    """Whether this was the first showing of this very text about this purpose to this person, by this channel.

    A decision (`method` of its own, such as a button) needs some showing before it, by whichever channel.
    """
    same = ConsentEntry.objects.filter(
        employee=person, purpose=purpose, act=Act.SERVED, notice_hash=shown.hash
    )
    if method in CHANNELS:
        same = same.filter(method=method)
    if same.exists():
        return False
    ConsentEntry(
        id=uuid7(),
        employee=person,
        purpose=purpose,
        act=Act.SERVED,
        notice_version=shown.version,
        notice_hash=shown.hash,
        method=method,
        client=actor.client,
        occurred_at=at,
    ).save()
    return True


def _project(person: Employee, purpose: Purpose, entry: ConsentEntry, release: int | None) -> None:
    """Let the entry decide, in doubt for the person.

    Agreeing counts unless something later stands; taking back counts whenever it arrives, for the clocks of
    two devices cannot be compared. Narrowing never widens, nor brings back what was withdrawn.
    """
    held = Consent.objects.filter(employee=person, purpose=purpose.code).first()
    if entry.act == Act.GRANTED and held is not None and held.at > entry.occurred_at:
        return
    if entry.act == Act.NARROWED and (held is None or not held.is_granted):
        return
    granted = entry.act in (Act.GRANTED, Act.NARROWED)
    circumstances = _circumstances(entry, held)
    Consent.objects.update_or_create(
        employee=person,
        purpose=purpose.code,
        defaults={
            "act": entry.act,
            "is_granted": granted,
            "circumstances": circumstances,
            "release": _reach(entry, held, release),
            "entry": entry,
            "at": max(entry.occurred_at, held.at) if held else entry.occurred_at,
        },
    )
    allowed = circumstances if granted else ""
    if held is not None and held.is_granted and (not granted or WIDTH[allowed] < WIDTH[held.circumstances]):
        by = "" if entry.method == STAFF else entry.client
        publish(ConsentWithdrawn(person.pk, purpose.code, allowed, by))


def _reach(entry: ConsentEntry, held: Consent | None, release: int | None) -> int:
    """The release a decision counts for: narrowing adds nothing to what was agreed to."""
    if held is not None and (entry.act == Act.NARROWED or release is None):
        return held.release
    return release or 1


def _circumstances(entry: ConsentEntry, held: Consent | None) -> str:
    if entry.act == Act.NARROWED and held is not None:
        return min(entry.circumstances, held.circumstances, key=WIDTH.__getitem__)
    return entry.circumstances


def enter_for_subject(
    actor: Actor, person: Employee, *, purpose: str, circumstances: str, now: datetime
) -> ConsentEntry:
    """Take back or narrow in the person's name, as they asked by another way and identity was checked (C6.3-03).

    The same ledger and effects as the person's own act, with the method `staff`. Agreeing is not offered: there is no
    way to write a consent for somebody. Call inside an action that has seen the request.
    """
    offered = declared.asked[purpose].circumstances if purpose in declared.asked else ()
    is_narrower = circumstances in offered and circumstances != NEVER
    decision = Decision(
        id=uuid7(),
        purpose=purpose,
        act=Act.NARROWED if is_narrower else Act.WITHDRAWN,
        notice_hash="",
        occurred_at=now,
        circumstances=circumstances,
        method=STAFF,
    )
    known = _valid(decision)
    Employee.objects.select_for_update(no_key=True).get(pk=person.pk)
    entry = _enter(actor, person, decision, None, now)
    _project(person, known, entry, None)
    return entry
