"""In which zone a person's days and hours are said: that of their group, else the organization's."""

from datetime import date, datetime
from uuid import UUID

from qince.core.organizations.models import Organization
from qince.employee.attendance.definitions import GroupTerms
from qince.employee.attendance.models import GroupVersion
from qince.employee.attendance.terms import terms_for
from qince.kit import clock
from qince.kit.tenancy import current_organization_id


def organization_zone() -> str:
    found: str = Organization.objects.values_list("time_zone", flat=True).get(pk=current_organization_id())
    return found


def zone_of(employee_id: UUID, on: date) -> str:
    return zone_under(terms_for(employee_id, on))


def zone_under(terms: GroupTerms) -> str:
    return terms.zone or organization_zone()


def zone_at(employee_id: UUID, instant: datetime) -> str:
    """The zone by whose wall the person works at that instant. Which group that is, the organization's date says."""
    own = organization_zone()
    return terms_for(employee_id, clock.local_date(instant, own)).zone or own


def date_at(employee_id: UUID, instant: datetime) -> date:
    return clock.local_date(instant, zone_at(employee_id, instant))


def todays(now: datetime) -> tuple[date, date]:
    """The first and the last of the dates that are today somewhere in the organization."""
    own = set(GroupVersion.objects.values_list("definition__zone", flat=True).distinct().order_by())
    found = [clock.local_date(now, zone or organization_zone()) for zone in own | {""}]
    return min(found), max(found)
