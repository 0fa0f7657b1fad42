"""What happens to people ends what is shared about them."""

from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.erasure.events import SubjectErased
from qince.core.people.events import EmployeeLeft, EmployeeSuspended
from qince.core.people.models import Employee
from qince.core.privacy.events import ConsentWithdrawn
from qince.core.privacy.gate import BASIC
from qince.core.rights import registry
from qince.engines.partners import (
    consents,
    door,
    notice,  # noqa: F401  (registering its provider is its import)
    outbox,
    packages,  # noqa: F401  (offering its questions is its import)
    publications,
    queries,
)
from qince.engines.partners.actions import stop_sharing
from qince.engines.partners.models import Disclosure, Recipient
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.events import subscribe


@subscribe(ConsentWithdrawn)
def stop_with_the_consent(event: ConsentWithdrawn) -> None:
    """The door is closed by the ledger itself; what is under way stops here, and the recipient is told."""
    person = Employee.objects.get(pk=event.employee_id)
    if event.purpose == BASIC:
        _stop_everything(person, outbox.WITHDRAWN)
    elif (recipient := consents.recipient_of(event.purpose)) is not None:
        asked = consents.taken_apart(event.purpose)
        if asked and asked.version == recipient.version:
            stop_sharing(recipient, person, outbox.WITHDRAWN, now=clock.now())
    else:
        publications.take_down(event.purpose, now=clock.now())


@subscribe(EmployeeLeft, EmployeeSuspended)
def stop_for_leavers(event: EmployeeLeft | EmployeeSuspended) -> None:
    """A leaver's apps are closed and their partners told (deprovisioning)."""
    _stop_everything(Employee.objects.get(pk=event.employee_id), outbox.LEFT)


@subscribe(SubjectErased)
def tell_of_the_erasure(event: SubjectErased) -> None:
    """Everybody who was given something is told to erase it as well; nothing of it waits here any more."""
    if event.employee_id is not None:
        _stop_everything(Employee.objects.get(pk=event.employee_id), outbox.ERASED)


def _stop_everything(person: Employee, why: str) -> None:
    told = Disclosure.objects.filter(subject=person, recipient__isnull=False).values("recipient")
    open_apps = person.app_grants.filter(revoked_at__isnull=True).values("app__recipient")
    bound = person.bindings.values("recipient")
    for recipient in (
        Recipient.objects.filter(pk__in=told)
        | Recipient.objects.filter(pk__in=open_apps)
        | Recipient.objects.filter(pk__in=bound)
    ):
        stop_sharing(recipient, person, why, now=clock.now())


def _restricted(person: Employee) -> Refusal | None:
    """Only storage and security: giving it away is neither (C6.2-12)."""
    if person.restricted_at is None:
        return None
    return door.Closed(
        "subject_restricted", _("The use of this person's data is restricted: nothing of it leaves.")
    )


door.obstacles.append(_restricted)


# --- What the rights of people ask of sharing ---


def _known_recipients(employee_id: UUID) -> list[registry.Recipient]:
    given = queries.purposes_given(employee_id)
    return [
        registry.Recipient(each.code, each.name, given.get(each.pk, frozenset()))
        for each in queries.recipients_of(employee_id)
    ]


def _told(employee_id: UUID) -> list[registry.Told]:
    return [
        registry.Told(row.at, row.recipient_name, ", ".join(queries.field_words(row.fields)), row.why)
        for row in queries.disclosures_of(employee_id)[:500]
    ]


registry.recipients.append(_known_recipients)
registry.disclosures.append(_told)
