"""When the term of a row is over, as a filter: one for each trigger of the retention rules.

Whoever agreed to be kept longer is passed over until the longer term is over (C5.4-08); network logs are kept as long
as the organization set, six calendar months at least (C5.4-05).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from qince.core.accounts.models import Device
from qince.core.erasure.leads import NOTHING
from qince.core.erasure.models import Erasure
from qince.core.erasure.privacy import LONGER
from qince.core.erasure.treatment import can_be_empty, filled
from qince.core.erasure.walk import Part
from qince.core.organizations.functions import family_of
from qince.core.organizations.models import Organization
from qince.core.organizations.settings import LOG_FLOOR_DAYS, Settings
from qince.core.people.models import Employee, Membership
from qince.core.people.queries import memberships_under
from qince.core.privacy.ended import ends_with_consent, ends_with_function
from qince.core.privacy.models import Consent
from qince.core.privacy.queries import ended_before
from qince.core.privacy.registry import declared
from qince.core.privacy.retention import LOG_FLOOR_MONTHS, Reason, Retention, Trigger, months_after

LONGER_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a run, in the organization's own zone and with its own settings."""

    on: date
    zone: str
    log_days: int
    closed: Mapping[str, "Closed"] = field(default_factory=dict)  # families of functions that are closed

    @classmethod
    def of(cls, organization: Organization, now: datetime) -> "Day":
        zone, chosen = ZoneInfo(organization.time_zone), Settings.of(organization)
        local = now.astimezone(zone).date()
        return cls(local, organization.time_zone, max(chosen.log_days, LOG_FLOOR_DAYS), _closed(chosen, zone))


@dataclass(frozen=True, slots=True)
class Closed:
    """A family of functions whose purposes have ended: since which day, and where (nothing named: everywhere)."""

    since: date
    departments: tuple[str, ...]


def _closed(chosen: Settings, zone: ZoneInfo) -> dict[str, Closed]:
    return {
        family: Closed(
            datetime.fromisoformat(at).astimezone(zone).date(), tuple(chosen.closed_families[family])
        )
        for family, at in chosen.closed_since.items()
        if family in chosen.closed_families
    }


def last_start(rule: Retention, day: Day, *, more_months: int = 0) -> date:
    """The latest day on which a clock may have begun whose term is over today."""
    months = rule.months + more_months
    guess = (
        months_after(day.on - timedelta(days=rule.days), -months) if months else day.on - timedelta(rule.days)
    )
    longer = replace(rule, months=months)
    while _ends(longer, guess + timedelta(1), day) <= day.on:
        guess += timedelta(1)
    while _ends(longer, guess, day) > day.on:
        guess -= timedelta(1)
    return guess


def _ends(rule: Retention, start: date, day: Day) -> date:
    """The first day without the data. A network log stays whichever is longer: the law's term or the chosen one."""
    ends = rule.ends_on(start)
    if rule.survives_erasure and rule.reason is Reason.LAW and rule.months == LOG_FLOOR_MONTHS:
        return max(ends, start + timedelta(days=day.log_days))
    return ends


def overdue(part: Part, rule: Retention, names: list[str], day: Day) -> Any:
    """Rows of the part whose term under this rule is over."""
    return part.model._default_manager.filter(_BY_TRIGGER[rule.trigger](part, rule, names, day))


def _recorded(part: Part, rule: Retention, names: list[str], day: Day) -> Q:
    name = part.fields[names[0]].aged_by
    latest = last_start(rule, day) + timedelta(1)
    if isinstance(part.model._meta.get_field(name), models.DateTimeField):
        return Q(**{f"{name}__lt": datetime.combine(latest, time(), ZoneInfo(day.zone))})
    return Q(**{f"{name}__lt": latest})


def erased_names() -> Any:
    """What stands in the rows of those who were erased."""
    return Erasure.objects.filter(state=Erasure.State.DONE).values("pseudonym")


def gone(rule: Retention, day: Day) -> Any:
    """Employees who left so long ago that the rule's term is over, the longer one where they agreed to it."""
    left = Employee.objects.filter(status=Employee.Status.LEFT, left_on__isnull=False)
    over = left.filter(left_on__lte=last_start(rule, day))
    if rule.reason is not Reason.SERVICE:
        return over
    longer = Consent.objects.filter(purpose=LONGER, is_granted=True).values("employee")
    later = last_start(rule, day, more_months=LONGER_MONTHS)
    return over.exclude(Q(pk__in=longer) & Q(left_on__gt=later))


def _employment_ended(part: Part, rule: Retention, names: list[str], day: Day) -> Q:
    if not part.lead.employee:
        return Q(pk__in=[])
    return Q(**{f"{part.lead.employee}__in": gone(rule, day).values("pk")})


def _contact_ended(part: Part, rule: Retention, names: list[str], day: Day) -> Q:
    found = declared.contacts.get(part.model._meta.label_lower)
    if found is None or not found.ended_at:
        return Q(pk__in=[])
    latest = datetime.combine(last_start(rule, day) + timedelta(1), time(), ZoneInfo(day.zone))
    any_filled = Q()
    for name in names:
        any_filled |= filled(part.model, name)
    return Q(**dict(found.ended)) & Q(**{f"{found.ended_at}__lt": latest}) & any_filled


def _revoked(part: Part, rule: Retention, names: list[str], day: Day) -> Q:
    latest = datetime.combine(last_start(rule, day) + timedelta(1), time(), ZoneInfo(day.zone))
    if part.model is Device:
        return Q(revoked_at__lt=latest)
    if part.lead.device:
        kept = Device.objects.exclude(revoked_at__lt=latest).values("pk")
        return ~Q(**{f"{part.lead.device}__in": kept})
    return Q(pk__in=[])


def _account_ended(part: Part, rule: Retention, names: list[str], day: Day) -> Q:
    """A member's account has ended for this organization once the person was erased."""
    if not part.lead.employee:
        return Q(pk__in=[])
    nameless = Employee.objects.filter(
        status=Employee.Status.LEFT, name__in=erased_names(), left_on__lte=last_start(rule, day)
    )
    return Q(**{f"{part.lead.employee}__in": nameless.values("pk")})


def _purpose_ended(part: Part, rule: Retention, names: list[str], day: Day) -> Q:
    """Of people who took back the consent that these fields rest on, or for whom their function was closed."""
    found = NOTHING
    if ends_with_function(f"{part.model._meta.label_lower}.{names[0]}") == rule:
        found |= _function_closed(part, rule, day)
    if ends_with_consent(part.fields[names[0]]) == rule:
        found |= _consent_withdrawn(part, rule, names, day)
    if not all(can_be_empty(part.model, name) for name in names):
        return found
    some = Q()
    for name in names:
        some |= filled(part.model, name)
    return found & some


def _consent_withdrawn(part: Part, rule: Retention, names: list[str], day: Day) -> Q:
    """Who agreed anew meanwhile has none that ended; who narrowed it has ended what needs more (0040)."""
    if not part.lead.employee:
        return NOTHING
    latest = datetime.combine(last_start(rule, day) + timedelta(1), time(), ZoneInfo(day.zone))
    each, found = part.fields[names[0]], NOTHING
    for purpose in each.purposes:
        ended = ended_before(latest, purpose, each.within)
        found |= Q(**{f"{part.lead.employee}__in": ended.values("employee")})
    return found


def _function_closed(part: Part, rule: Retention, day: Day) -> Q:
    """Everybody's rows, or those of the people for whom the family was closed. Opened again, nothing has ended."""
    closed, latest = day.closed.get(family_of(part.model._meta.label_lower)), last_start(rule, day)
    if closed is None or closed.since > latest:
        return NOTHING
    if not closed.departments:
        return ~NOTHING
    if not part.lead.employee:
        return NOTHING
    return Q(**{f"{part.lead.employee}__in": _members(closed, latest)})


def _members(closed: Closed, latest: date) -> Any:
    """For whom it was closed by `latest`: who is in these departments since then, or was when it was closed and is in
    none now. Whoever moved to another uses the function again.
    """
    inside = memberships_under(closed.departments)
    elsewhere = Membership.objects.filter(ends_on__isnull=True).values("employee")
    stayed = Q(ends_on__isnull=True, starts_on__lte=latest)
    went = Q(ends_on__gt=closed.since) & ~Q(employee__in=elsewhere)
    return inside.filter(stayed | went).values("employee")


_BY_TRIGGER: dict[Trigger, Callable[[Part, Retention, list[str], Day], Q]] = {
    Trigger.RECORDED: _recorded,
    Trigger.EMPLOYMENT_ENDED: _employment_ended,
    Trigger.CONTACT_ENDED: _contact_ended,
    Trigger.REVOKED: _revoked,
    Trigger.ACCOUNT_ENDED: _account_ended,
    Trigger.PURPOSE_ENDED: _purpose_ended,
}
