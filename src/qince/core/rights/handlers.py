"""What this room knows by itself: where a number stands in the address book, signed in or not (C1.1-07)."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.erasure.actions import case_digest
from qince.core.erasure.events import CopyCollected
from qince.core.letters import wishes
from qince.core.organizations.events import RegistrationCompleted
from qince.core.people.models import Employee
from qince.core.privacy.events import ConsentWithdrawn
from qince.core.privacy.registry import Kind, declared
from qince.core.rights import (
    alerts,  # noqa: F401  (offering them is their import)
    diagnosing,
    queries,
    registry,
)
from qince.core.rights.actions.closing import close_collected
from qince.core.rights.actions.filing import seed_calendar
from qince.core.rights.actions.opening import tell_of_withdrawal
from qince.core.rights.models import Case
from qince.core.rights.registry import Found, Told
from qince.core.watch import reads
from qince.core.watch.words import page_words
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.events import subscribe
from qince.kit.tenancy import current_organization_id


def in_address_book(mobile: str) -> list[Found]:
    rows = Employee.objects.filter(mobile=mobile).order_by("-created_at")
    return [Found(_("Employee"), row.name, reverse("people:employees_detail", args=[row.pk])) for row in rows]


def looks(employee_id: UUID) -> list[Told]:
    """Who opened the person's sensitive data, as the watch noted it."""
    return [Told(each.at, each.reader_name, page_words(each.page)) for each in reads.of(employee_id)]


@subscribe(CopyCollected)
def close_case(event: CopyCollected) -> None:
    """Erasure knows a case by its digest only: among the open ones of the person the right one shows itself."""
    if not event.case_digest:
        return
    organization = current_organization_id()
    rows = Case.objects.filter(subject=event.employee_id, state__in=Case.OPEN)
    for case in rows:
        if case_digest(organization, case) == event.case_digest:
            close_collected(
                system_actor(organization, "rights.copy_collected"), case, now=clock.now(),
                by=case.handler_id, is_handed_over=event.is_handed_over,
            )  # fmt: skip


@subscribe(ConsentWithdrawn)
def forget_device_data(event: ConsentWithdrawn) -> None:
    diagnosing.forget(event.purpose)


@subscribe(RegistrationCompleted)
def fill_the_calendar(event: RegistrationCompleted) -> None:
    """A new organization finds the published holidays in its calendar; later years come by a job."""
    now, actor = clock.now(), system_actor(current_organization_id(), "rights.fill_calendars")
    for year in (now.year, now.year + 1):
        seed_calendar(actor, year=year, now=now)


@subscribe(ConsentWithdrawn)
def tell_recipients(event: ConsentWithdrawn) -> None:
    """What was narrowed still allows the data; of the notice itself partners are told at once, by messages."""
    purpose = declared.asked.get(event.purpose)
    if not event.client or event.circumstances or purpose is None or purpose.kind is Kind.BASIC:
        return
    tell_of_withdrawal(
        system_actor(current_organization_id(), "rights.withdrawn"), employee_id=event.employee_id,
        purpose=event.purpose, client=event.client, now=clock.now(),
    )  # fmt: skip


wishes.pushed_by(queries.pushed_choices)
registry.onlookers.append(looks)
registry.mobile_finders.append(in_address_book)
