"""From a secret to the person whose agenda it opens. Wrong secrets are counted by source, right ones by key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest

from qince.core.accounts import limits
from qince.core.accounts.keys import token_digest
from qince.core.accounts.limits import Limit
from qince.core.accounts.models import Attempt
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.signin.asking import source_of
from qince.employee.calendar.actions.keys import organization_of_user, password_digest
from qince.employee.calendar.models import CalendarKey
from qince.employee.calendar.rules import USE
from qince.engines.sync.person import Person, load
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Forbidden, Refusal
from qince.kit.tenancy import tenant

WRONG = Limit("calendar-wrong", 30, timedelta(minutes=15))  # from one address
READS = Limit("calendar-reads", 600, timedelta(hours=1))  # with one key
_USED_AGAIN = timedelta(minutes=5)


class Unknown(Refusal):
    """No such key, a revoked one, or one of somebody who left: from outside all the same."""

    status = 401

    def __init__(self) -> None:
        super().__init__("unknown_key", "")


def by_token(token: str) -> tuple[UUID | None, str]:
    try:
        organization = UUID(hex=token[:32])
    except ValueError:
        return None, ""
    return (organization, token_digest(token)) if len(token) > 60 else (None, "")


def by_password(user: str, password: str) -> tuple[UUID | None, str]:
    organization = organization_of_user(user)
    return (organization, password_digest(organization, password)) if organization else (None, "")


@contextmanager
def entered(request: HttpRequest, kind: str, find: Callable[[], tuple[UUID | None, str]]) -> Iterator[Person]:
    """Inside the organization, as the person whose key it is. Raises `Unknown`, or what that person may not."""
    now = clock.now()
    spent = limits.spend(WRONG, source_of(request), now=now)
    organization, digest = find()
    if organization is None or not Organization.objects.filter(pk=organization).exists():
        raise Unknown
    limits.spend(READS, digest, now=now)
    with tenant(organization):
        caller = _holder(kind, digest)
        if caller is None:
            raise Unknown
        Attempt.objects.filter(pk=spent.pk).delete()
        request.auth = caller  # type: ignore[attr-defined]  # whose line it is in the access log
        person = load(caller)
        if not person.actor.may(USE):
            raise Forbidden
        with clock.in_zone(person.organization.time_zone):
            yield person


def _holder(kind: str, digest: str) -> Actor | None:
    rows = CalendarKey.objects.select_related("employee").filter(
        kind=kind, digest=digest, revoked_at__isnull=True
    )
    found = rows.first()
    if found is None or found.employee.status != Employee.Status.ACTIVE:
        return None
    now = clock.now()
    if found.last_used_at is None or now - found.last_used_at > _USED_AGAIN:
        CalendarKey.objects.filter(pk=found.pk).update(last_used_at=now)
    return Actor(
        organization_id=found.organization_id,  # type: ignore[arg-type]
        employee_id=found.employee_id,
        account_id=found.employee.account_id,
        name=found.employee.name,
        client="calendar",
    )
