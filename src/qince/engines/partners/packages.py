"""Data of a person's own for a recipient they name (C4.2-02): their words, their consent, and nothing but the scope.

The question about a package is a purpose of its own in the ledger, `package.<package>`: other words, another question.
"""

import hashlib
import json
import tempfile
from datetime import datetime
from typing import IO
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.erasure import subjects
from qince.core.erasure.packing import package
from qince.core.erasure.packing import scope as scopes
from qince.core.people.models import Employee
from qince.core.privacy import added
from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.added import Shown
from qince.core.privacy.gate import Standing
from qince.core.privacy.language import joined
from qince.core.privacy.registry import Kind, Purpose
from qince.engines.partners import door
from qince.engines.partners.models import Package
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.ids import uuid7
from qince.kit.validation import check

PREFIX = "package"


def code_of(found: Package) -> str:
    return f"{PREFIX}.{found.pk.hex}"


def text_hash(found: Package) -> str:
    """Of what the person reads before agreeing: to whom, what for, which records."""
    text = json.dumps([found.recipient_name, found.why, sorted(found.scope)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _called(code: str) -> Package | None:
    prefix, _dot, rest = code.partition(".")
    try:
        key = UUID(hex=rest)
    except ValueError:
        return None
    return Package.objects.filter(pk=key).first() if prefix == PREFIX else None


def _find(code: str) -> Purpose | None:
    found = _called(code)
    if found is None:
        return None
    return Purpose(
        code=code,
        title=_("Giving your data to %(name)s") % {"name": found.recipient_name},
        why=found.why,
        scope=joined(titles(found), _("; ")),
        method=_("Packed as pages and JSON; you collect the package and hand it on. Each time is noted."),
        if_refused=_("Nothing is given out. Nothing else changes for you."),
        kind=Kind.SENSITIVE,
    )


def _shown(code: str, given: str) -> Shown | None:
    found = _called(code)
    return Shown("package", given) if found is not None and text_hash(found) == given else None


added.provide(PREFIX, find=_find, shown=_shown)


def offered(employee: Employee) -> dict[str, str]:
    """The kinds of own records there are of the person that others may get: label → what they are called."""
    return scopes.offered(subjects.of_employee(employee), without=("partners.outgoing",))


def titles(found: Package) -> list[str]:
    return scopes.titles(subjects.of_employee(found.employee), found.scope)


@action("partners.prepare_package", permission=None)
def prepare(actor: Actor, *, recipient_name: str, why: str, scope: list[str], now: datetime) -> Package:
    """Name the recipient, the reason and the records. Nothing is given out by this."""
    person = Employee.objects.get(pk=actor.person_id)
    if not scope:
        raise Refusal("scope_required", _("Choose at least one kind of records."), field="scope")
    if unknown := set(scope) - set(offered(person)):
        raise Refusal(
            "unknown_records", _("There are no such records of you."), field="scope", names=sorted(unknown)
        )
    found = Package(
        employee=person,
        recipient_name=recipient_name.strip(),
        why=why.strip(),
        scope=sorted(set(scope)),
        made_at=now,
    )
    check(found)
    found.save(force_insert=True)
    note(found, scope=found.scope)
    return found


def own(actor: Actor, key: UUID) -> Package:
    found: Package | None = Package.objects.filter(pk=key, employee=actor.employee_id).first()
    if found is None:
        raise NotFound
    return found


def decide(actor: Actor, found: Package, *, act: str, given_hash: str, now: datetime) -> None:
    """The person's own word, into the ledger."""
    decision = Decision(
        id=uuid7(), purpose=code_of(found), act=act, notice_hash=given_hash[:64], occurred_at=now
    )
    record_consent(actor, decision=decision, now=now)


def stands(found: Package) -> bool:
    return Standing(found.employee_id).allows(code_of(found))


@action("partners.give_package", permission=None)
def give(actor: Actor, found: Package, *, now: datetime) -> IO[bytes]:
    """The package, for the person to hand on: refused without consent, and noted among the disclosures."""
    held: Package | None = (
        Package.objects.select_for_update(of=("self",)).select_related("employee").filter(pk=found.pk).first()
    )
    if held is None or held.employee_id != actor.employee_id:
        raise NotFound
    Standing(held.employee_id).require(
        code_of(held),
        alternative=_("Agree first: nothing is given out without your consent to this recipient."),
    )
    clear = tempfile.TemporaryFile()  # noqa: SIM115  (closed by the answer that sends it)
    package.write(
        clear, subjects.of_employee(held.employee), actor.organization_id, now=now, progress=_unheard,
        scope=scopes.Scope(frozenset(held.scope)),
    )  # fmt: skip
    clear.seek(0)
    held.handed_at = now
    held.save(update_fields=["handed_at"])
    door.log(
        actor, held.employee, None, act="package", why=held.why, names=held.scope,
        recipient_name=held.recipient_name, now=now,
    )  # fmt: skip
    return clear


def _unheard(rows: int) -> None:
    """Nobody waits for the progress: it is made while the person looks on."""
