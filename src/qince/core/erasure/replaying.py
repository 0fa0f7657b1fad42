"""After a restore: whoever the erasure ledger names is erased again, before the service opens.

The ledger lies beside the keys, outside database and backup. `Mark` says which of its entries a database has carried
out; a restored backup lacks those written since. People are found by their keyed digests, since no name is on record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qince.core.accounts.models import Account
from qince.core.erasure import actions, ledger, subjects, working
from qince.core.erasure.models import Erasure, Mark
from qince.core.erasure.subjects import OPERATOR, Kind, Subject
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.privacy.registry import declared
from qince.kit.action import action, note_set
from qince.kit.actor import Actor, system_actor
from qince.kit.events import publish
from qince.kit.tenancy import tenant
from qince.kit.vault.errors import SubjectErased as KeyGone


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many entries were missing, and how many people of them were found and erased again."""

    missing: int
    erased: int


def missing() -> list[ledger.Line]:
    known = set(Mark.objects.values_list("number", flat=True))
    return [line for line in ledger.lines() if line.number not in known]


def replay(*, now: datetime) -> Replayed:
    """Carry out what this database does not know of. Safe to repeat; a crash in between leaves the rest missing."""
    lines = missing()
    erased = 0
    by_organization: dict[UUID, dict[str, ledger.Line]] = {}
    for line in lines:
        by_organization.setdefault(line.organization, {})[line.subject] = line
    for organization, wanted in by_organization.items():
        erased += _replay_in(organization, wanted, now)
    Mark.objects.bulk_create([Mark(number=line.number) for line in lines], ignore_conflicts=True)
    return Replayed(len(lines), erased)


def _replay_in(organization: UUID, wanted: dict[str, ledger.Line], now: datetime) -> int:
    if organization == OPERATOR:
        return _accounts(wanted, now)
    if not Organization.objects.filter(pk=organization).exists():
        return 0
    with tenant(organization):
        try:
            found = [(subject, wanted[key]) for subject, key in _known() if key in wanted]
        except KeyGone:  # the whole organization's key is gone: there is nothing left to name anybody by
            return 0
    actor = system_actor(organization, "erasure.replay")
    begun = [erase_again(actor, subject=subject, line=line, now=now) for subject, line in found]
    working.erase_words(organization, [each.pk for each in begun])
    for erasure in begun:
        working.carry_out(organization, erasure.pk, now=now)
    return len(begun)


def _known() -> Iterator[tuple[Subject, str]]:
    """Everybody the current organization knows, with their digests; one at a time in memory."""
    for employee in Employee.objects.order_by("pk").iterator(chunk_size=500):
        subject = subjects.of_employee(employee)
        yield subject, subject.digest
    for model, contact in declared.contacts.items():
        yield from _contacts(model, [contact.name, contact.mobile, contact.email])


def _contacts(label: str, columns: list[str]) -> Iterator[tuple[Subject, str]]:
    from django.apps import apps

    names = [name for name in columns if name]
    for row in apps.get_model(label)._default_manager.values(*names).iterator(chunk_size=500):
        name, mobile, email = (str(row.get(column) or "") if column else "" for column in columns)
        if name or mobile or email:
            subject = subjects.of_contact(name=name, mobile=mobile, email=email)
            yield subject, subject.digest


@action("erasure.erase_again")
def erase_again(actor: Actor, *, subject: Subject, line: ledger.Line, now: datetime) -> Erasure:
    """What `erase` did before the restore, under its old number in the ledger. No officer decides anew."""
    if subject.kind is Kind.EMPLOYEE:
        employee = Employee.objects.get(pk=subject.person_id)
        if employee.status != Employee.Status.LEFT:
            employee.status, employee.left_on = Employee.Status.LEFT, employee.left_on or now.date()
            employee.save(update_fields=["status", "left_on"])
    found = Erasure.objects.filter(subject_digest=line.subject).exclude(state=Erasure.State.DONE).first()
    found = found or Erasure(
        kind=subject.kind,
        subject_id=subject.id,
        account_id=subject.account_id,
        match=actions.match_of(subject),
        subject_digest=line.subject,
        pseudonym=subject.pseudonym,
        begun_at=now,
        planned=actions.plan_for(subject).counts,
    )
    publish(actions.SubjectErased(subject.kind, subject.id, line.subject, subject.pseudonym))
    actions.begin(found, subject, now=now, ledger_entry=line.number)
    note_set(Erasure, "", ledger_entry=line.number)
    return found


def _accounts(wanted: dict[str, ledger.Line], now: datetime) -> int:
    done = 0
    for account in Account.objects.order_by("pk").iterator(chunk_size=500):
        subject = subjects.of_account(account)
        if subject.digest in wanted:
            working.erase_account(subject)
            done += 1
    return done
