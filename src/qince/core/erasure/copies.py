"""Copies of a person's data: asked for, made by a job, collected through a link that works once, removed at expiry.

The package is sealed under the person's own key: with that key destroyed nobody opens it. For somebody outside, who
has none, the copy's own id has a key, destroyed when the copy goes.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import IO, Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.core.accounts.keys import token_digest
from qince.core.erasure import subjects, telling
from qince.core.erasure.actions import case_digest
from qince.core.erasure.events import CopyCollected
from qince.core.erasure.models import Copy
from qince.core.erasure.packing import package
from qince.core.erasure.packing.scope import Scope, cut
from qince.core.erasure.places import copy_file, forget_copy
from qince.core.erasure.rules import COPY, require_reach
from qince.core.erasure.subjects import Kind, Subject
from qince.core.files import packages
from qince.core.people.models import Employee
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.events import publish
from qince.kit.tenancy import tenant
from qince.kit.vault import api as vault
from qince.kit.vault.errors import SubjectErased

KEPT = timedelta(days=7)
LINK = timedelta(hours=1)


@action("erasure.copy", permission=COPY)
def request_copy(
    actor: Actor, subject: Subject, *, case: Any = None, scope: Scope | None = None, now: datetime
) -> Copy:
    """Have a copy made for somebody: a member collects it by themselves, an outsider's is handed over.

    With a `scope` it holds that part alone: for somebody who may have no more.
    """
    require_reach(actor, COPY, subject.id)
    return _request(actor, subject, case, now, scope)


@action("erasure.copy_own", permission=None)
def request_own_copy(actor: Actor, *, case: Any = None, now: datetime) -> Copy:
    """Have a copy of one's own data made."""
    employee = Employee.objects.get(pk=actor.person_id)
    return _request(actor, subjects.of_employee(employee), case, now)


def _request(actor: Actor, subject: Subject, case: Any, now: datetime, scope: Scope | None = None) -> Copy:
    from qince.core.erasure.jobs import make_copy

    if subject.kind is Kind.ACCOUNT:
        raise Refusal("not_a_member", _("A copy is made within an organization."))
    if subject.id and Copy.objects.filter(employee=subject.id, state=Copy.State.MAKING).exists():
        raise Conflict("copy_under_way", _("A copy is being made already."))
    if subject.id and vault.is_destroyed(subject.organization_id, subject.id):
        raise Refusal("erased", _("This person's data was erased. There is nothing to copy."))
    found = Copy.objects.create(
        employee_id=subject.id,
        **({} if subject.id else {"name": subject.name, "mobile": subject.mobile, "email": subject.email}),
        requested_by_id=actor.employee_id,
        case_digest=case_digest(actor.organization_id, case),
        scope=scope.kept if scope else None,
        requested_at=now,
        expires_at=now + KEPT,
    )
    make_copy.defer(organization_id=str(actor.organization_id), copy_id=str(found.pk))
    note(found, expires_at=found.expires_at, **({"scope": found.scope["kinds"]} if scope else {}))
    return found


def subject_of(copy: Copy) -> Subject:
    if copy.employee is not None:
        return subjects.of_employee(copy.employee)
    return subjects.of_contact(name=copy.name, mobile=copy.mobile, email=copy.email)


def label_of(copy: Copy) -> str:
    return f"erasure.copy.{copy.pk}"


def make(organization_id: UUID, copy_id: UUID, *, now: datetime) -> Copy:
    """Write and seal the package. The clear archive exists in a file without a name only, gone when closed."""
    with tenant(organization_id):
        copy: Copy = Copy.objects.select_related("employee").get(pk=copy_id)
        if copy.state != Copy.State.MAKING:
            return copy
        subject, scope = subject_of(copy), Scope.of(copy.scope)
        expected = sum(section.count() for section in cut(subject, scope))
    _save(copy, expected=expected)
    subject_id: UUID = copy.employee_id or copy.pk

    def fill(clear: IO[bytes]) -> None:
        package.write(clear, subject, organization_id, now=now, progress=_Progress(copy), scope=scope)

    try:
        size = packages.seal_into(
            copy_file(copy),
            fill,
            organization_id=organization_id,
            subject_id=subject_id,
            label=label_of(copy),
        )
    except SubjectErased:
        _save(copy, state=Copy.State.FAILED)
        return copy
    _save(copy, state=Copy.State.READY, size=size, processed=expected)
    telling.copy_is_ready(copy, now=now)
    return copy


class _Progress:
    """How far the writing is, for the page that waits."""

    def __init__(self, copy: Copy) -> None:
        self.copy = copy

    def __call__(self, rows: int) -> None:
        Copy.objects.filter(pk=self.copy.pk).update(processed=rows)


def _save(copy: Copy, **values: Any) -> None:
    with tenant(copy.organization_id):
        for name, value in values.items():
            setattr(copy, name, value)
        copy.save(update_fields=list(values))


# Who has no sign-in, or none any more: theirs is collected by an officer and handed over.
HANDED_OVER = Q(employee=None) | ~Q(employee__status=Employee.Status.ACTIVE)


def copies_of(actor: Actor) -> Any:
    """One's own copies; with everybody's reach also those of people who cannot collect theirs themselves."""
    own = Q(employee=actor.employee_id) if actor.employee_id else Q(pk=None)
    if actor.may(COPY) and actor.scope(COPY).everyone:
        own |= HANDED_OVER
    return Copy.objects.filter(own)


def own_copies(actor: Actor) -> Any:
    """Those one asked for or that were made for one, latest first."""
    return Copy.objects.filter(employee=actor.person_id).order_by("-requested_at")


def copies_for(organization_id: UUID, case: Any) -> Any:
    """The copies made for a case, latest first."""
    return Copy.objects.filter(case_digest=case_digest(organization_id, case)).order_by("-requested_at")


@action("erasure.link_copy", permission=None)
def link_copy(actor: Actor, copy: Copy, *, now: datetime) -> str:
    """A token that opens the package once, within the hour, for the same person signed in. The earlier one ends."""
    found = _ready(actor, copy, now)
    token = secrets.token_urlsafe(32)
    found.link_digest, found.link_until = token_digest(token), min(now + LINK, found.expires_at)
    found.save(update_fields=["link_digest", "link_until"])
    return token


@action("erasure.collect_copy", permission=None)
def collect_copy(actor: Actor, copy: Copy, *, token: str, now: datetime) -> IO[bytes]:
    """The clear package, to be read and closed. The link is used up, whatever becomes of the reading."""
    found = _ready(actor, copy, now)
    if not found.link_digest or found.link_until is None or now >= found.link_until:
        raise NotFound
    if not secrets.compare_digest(found.link_digest, token_digest(token)):
        raise NotFound
    found.link_digest, found.link_until, found.collected_at = "", None, now
    found.save(update_fields=["link_digest", "link_until", "collected_at"])
    note(found, collected=True)
    handed = found.employee_id is None or found.employee_id != actor.employee_id
    publish(CopyCollected(found.pk, found.employee_id, found.case_digest, handed))
    return packages.opened(copy_file(found), label_of(found))


def _ready(actor: Actor, copy: Copy, now: datetime) -> Copy:
    rows = copies_of(actor).filter(state=Copy.State.READY, expires_at__gt=now)
    found: Copy | None = rows.select_for_update(of=("self",)).filter(pk=copy.pk).first()
    if found is None:
        raise NotFound
    return found


def remove_expired(organization_id: UUID, *, now: datetime) -> int:
    """Take away the packages whose days are over, and what a crash left of unfinished ones."""
    with tenant(organization_id):
        over = Copy.objects.filter(expires_at__lte=now).exclude(state=Copy.State.GONE)
        return forget(over)


def forget(copies: Iterable[Copy]) -> int:
    """Remove the packages and say so in their rows."""
    done = 0
    for copy in list(copies):
        forget_copy(copy)
        copy.state, copy.link_digest = Copy.State.GONE, ""
        copy.name, copy.mobile, copy.email = "", "", ""
        copy.save(update_fields=["state", "link_digest", "name", "mobile", "email"])
        done += 1
    return done
