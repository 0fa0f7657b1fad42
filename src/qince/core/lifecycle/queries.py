"""Reads of terms and leavings."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from qince.core.access.models import Grant
from qince.core.access.registry import ADMINISTRATOR
from qince.core.accounts.models import Device
from qince.core.erasure.models import Erasure
from qince.core.lifecycle.models import Cancellation, Cessation, Succession, Term
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.kit import clock
from qince.kit.tenancy import current_organization_id

UNDER_WAY = (Cancellation.State.REQUESTED, Cancellation.State.CONFIRMED)


def today(organization: Organization, now: datetime) -> date:
    return clock.local_date(now, organization.time_zone)


def current_term() -> Term | None:
    """The term that counts: the one noted last."""
    found: Term | None = Term.objects.order_by("-noted_at", "-id").first()
    return found


def administrator_ids() -> list[UUID]:
    grants = Grant.objects.filter(
        role__key=ADMINISTRATOR, reach=Grant.Reach.ORGANIZATION, employee__status=Employee.Status.ACTIVE
    )
    return list(grants.values_list("employee_id", flat=True).distinct())


def member_ids() -> list[UUID]:
    """Everybody who has not left: all are told when their organization leaves."""
    return list(Employee.objects.present().order_by("pk").values_list("pk", flat=True))


def leaving() -> Cancellation | None:
    """The cancellation under way, if there is one."""
    found: Cancellation | None = Cancellation.objects.filter(state__in=UNDER_WAY).first()
    return found


def erased_so_far() -> tuple[int, int] | None:
    """(people erased, people whose erasure has begun) of an organization that is being ended or has been."""
    found = Cancellation.objects.filter(state=Cancellation.State.DONE).order_by("-done_at").first()
    if found is None:
        return None
    rows = Erasure.objects.filter(begun_at__gte=found.confirmed_at)
    return rows.filter(state=Erasure.State.DONE).count(), rows.count()


def last_used_at() -> datetime | None:
    """When anybody of the current organization was last seen on any device."""
    devices = Device.objects.filter(organization=current_organization_id())
    found: datetime | None = devices.aggregate(latest=Max("last_seen_at"))["latest"]
    return found


def announced_succession() -> Succession | None:
    """The latest change of the operator that was not withdrawn, announced or carried out."""
    return Succession.objects.filter(withdrawn_at__isnull=True).order_by("-announced_at").first()


def announced_cessation() -> Cessation | None:
    """The announced end of the service, before and after it."""
    return Cessation.objects.filter(withdrawn_at__isnull=True).order_by("-announced_at").first()
