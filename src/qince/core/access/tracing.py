"""Why can X see this? The grants that carry a permission, and for each how it reaches the person in question."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from qince.core.access.models import Grant
from qince.core.access.queries import codes_of, grants_of
from qince.core.people.models import Department, Employee, Membership
from qince.core.people.queries import leaders_above

Reach = Grant.Reach


@dataclass(frozen=True, slots=True)
class Reason:
    """One grant with the permission: whether it reaches the person, and the way there in words."""

    grant: Grant
    reaches: bool
    way: str


@dataclass(frozen=True, slots=True)
class Trace:
    viewer: Employee
    subject: Employee
    permission: str
    reasons: list[Reason]

    @property
    def is_allowed(self) -> bool:
        return any(reason.reaches for reason in self.reasons)


def explain(viewer: Employee, subject: Employee, permission: str) -> Trace:
    """Every grant of `viewer` that holds `permission`, with the reason why it reaches `subject`'s rows or
    not.
    """
    held = [grant for grant in grants_of(viewer) if permission in codes_of(grant.role)]
    return Trace(viewer, subject, permission, [_reason(grant, viewer, subject) for grant in held])


def _reason(grant: Grant, viewer: Employee, subject: Employee) -> Reason:
    if grant.reach == Reach.ORGANIZATION:
        return Reason(grant, True, _("It reaches the whole organization."))
    if viewer.pk == subject.pk:
        return Reason(grant, True, _("Everybody's own rows are within reach."))
    if grant.reach == Reach.SUBORDINATES:
        return _by_line(grant, viewer, subject)
    if grant.reach == Reach.DEPARTMENTS:
        return _by_department(grant, subject)
    return Reason(grant, False, _("It reaches one's own rows only."))


def _by_line(grant: Grant, viewer: Employee, subject: Employee) -> Reason:
    above = leaders_above(subject)
    line = next((above[: step + 1] for step, leader in enumerate(above) if leader.pk == viewer.pk), None)
    if line is None:
        return Reason(
            grant, False, _("%(name)s does not report to them, at any depth.") % {"name": subject.name}
        )
    names = " → ".join([subject.name, *(leader.name for leader in line)])
    return Reason(grant, True, _("Reporting line: %(names)s.") % {"names": names})


def _by_department(grant: Grant, subject: Employee) -> Reason:
    held = Membership.objects.filter(employee=subject, ends_on__isnull=True).select_related("department")
    places = [membership.department for membership in held]
    for listed in Department.objects.filter(pk__in=grant.department_ids):
        for place in places:
            if place.path.startswith(listed.path):
                names = {"place": place.name, "listed": listed.name}
                return Reason(grant, True, _("They are in %(place)s, which belongs to %(listed)s.") % names)
    return Reason(grant, False, _("They are in none of the listed departments."))
