"""Reads of cases. Handlers see the queue; administrators what waits for them; a person the own cases."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from qince.core.access.models import Grant
from qince.core.access.registry import ADMINISTRATOR, PRIVACY_OFFICER
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.rights.models import Case, Legacy, Preference, Review
from qince.core.rights.rules import AUTHORIZE, HANDLE
from qince.kit.actor import Actor
from qince.kit.clock import local_date
from qince.kit.errors import NotFound
from qince.kit.tenancy import current_organization_id

WAITING = Q(authorization=Case.Authorization.WAITING)


def cases_visible_to(actor: Actor) -> "QuerySet[Case]":
    """All cases for handlers over everyone; for those who authorize, only what waits for them."""
    if actor.scope(HANDLE).everyone:
        return Case.objects.all()
    return Case.objects.filter(WAITING) if actor.scope(AUTHORIZE).everyone else Case.objects.none()


def own_cases(employee_id: UUID) -> "QuerySet[Case]":
    return Case.objects.filter(subject=employee_id).order_by("-received_at")


def own_case(employee_id: UUID, key: UUID) -> Case:
    found: Case | None = own_cases(employee_id).select_related("first_case").filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def overdue(today: date) -> "QuerySet[Case]":
    return Case.objects.filter(state__in=Case.OPEN, due_on__lt=today).order_by("due_on")


def like_cases(case: Case) -> "QuerySet[Case]":
    """Earlier requests of the same kind by the same person: what repetition and fees are measured by."""
    who = Q(subject=case.subject_id) if case.subject_id else _same_contact(case)
    earlier = Case.objects.filter(who, kind=case.kind, received_at__lt=case.received_at)
    return earlier.exclude(pk=case.pk).order_by("-received_at")


def _same_contact(case: Case) -> Q:
    who = Q()
    if case.contact_mobile:
        who |= Q(contact_mobile=case.contact_mobile)
    if case.contact_email:
        who |= Q(contact_email__iexact=case.contact_email)
    return who or Q(pk=None)


def today(now: datetime) -> date:
    return local_date(now, zone())


def zone() -> str:
    return str(Organization.objects.values_list("time_zone", flat=True).get(pk=current_organization_id()))


def legacy_of(employee_id: UUID | None) -> Legacy | None:
    found: Legacy | None = Legacy.objects.filter(employee=employee_id, ended_at__isnull=True).first()
    return found


def reviews_of(decision: str, target_ids: Any) -> dict[UUID, Review]:
    """The last human review of each target: what a page shows beside the machine's verdict."""
    rows = Review.objects.filter(decision=decision, target_id__in=list(target_ids)).order_by("id")
    return {row.target_id: row for row in rows}


def pushed_of(employee_id: UUID) -> str:
    """How the person wants pushed information; not personalised until they say otherwise."""
    found = Preference.objects.filter(employee=employee_id).values_list("pushed", flat=True).first()
    return found or Preference.Pushed.GENERAL


def pushed_choices(employee_ids: Collection[UUID]) -> dict[UUID, str]:
    """The choices of those who made one."""
    rows = Preference.objects.filter(employee__in=list(employee_ids))
    return dict(rows.values_list("employee", "pushed"))


def officers() -> list[Employee]:
    """The privacy officers in office; the administrators where nobody was appointed."""
    return _holders(PRIVACY_OFFICER) or administrators()


def administrators() -> list[Employee]:
    return _holders(ADMINISTRATOR)


def _holders(key: str) -> list[Employee]:
    grants = Grant.objects.filter(role__key=key, reach=Grant.Reach.ORGANIZATION)
    held = grants.filter(employee__status=Employee.Status.ACTIVE).select_related("employee")
    return [grant.employee for grant in held.order_by("granted_at")]
