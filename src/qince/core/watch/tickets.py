"""Tickets: the only way for the operator's staff into an organization. Reasoned, at most eight hours, reading only,
told to the administrators at once, and listed in their console with everything done under it.

The operator looks at an organization's data only as that demands (C2.2.5-05): a ticket rests on an instruction of the
organization, or on a law that does without one, and says which.
"""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qince.core.access.models import Grant, Role
from qince.core.access.registry import AUDITOR, permissions_of_role
from qince.core.audit import instructions
from qince.core.letters.actions import Addressee, send
from qince.core.people.actions import resume_employee, suspend_employee
from qince.core.people.actions.entering import enter
from qince.core.people.models import Employee
from qince.core.watch import staffing
from qince.core.watch.alerts import deciders_beside
from qince.core.watch.letters import STAFF_ACCESS
from qince.core.watch.models import Staff, StaffAccess
from qince.core.watch.rules import VIEW_STAFF
from qince.kit import clock
from qince.kit.action import action, note
from qince.kit.actor import Actor, system_actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

LONGEST = timedelta(hours=8)
ROLE = "Operator's staff"
Status = Employee.Status


def reading_permissions() -> list[str]:
    """What an auditor may look at; nothing that writes, exports or decides."""
    return [code for code in permissions_of_role(AUDITOR) if code.endswith((".view", ".view_log"))]


def open_ticket(
    staff: Staff,
    organization_id: UUID,
    *,
    reason: str,
    hours: int,
    by: str,
    now: datetime,
    instruction: UUID | None = None,
    exception: str = "",
) -> StaffAccess:
    """Let `staff` read in the organization for `hours`; `by` is who decides that at the operator's.

    `instruction` is the number of the organization's own; without one `exception` names the law.
    """
    if not reason.strip() or not by.strip():
        raise Refusal("reason_required", _("Say why, and who decides."), field="reason")
    if not timedelta(0) < timedelta(hours=hours) <= LONGEST:
        raise Refusal("too_long", _("A ticket lasts at most eight hours."), field="hours")
    if obstacle := staffing.obstacle(staff, today=timezone.localdate(now)):
        raise Refusal("staff_suspended", obstacle, field="staff")
    actor = system_actor(organization_id, f"operator: {by.strip()}"[:60])
    _require_ground(organization_id, instruction, exception)
    return open_staff_access(
        actor,
        staff=staff,
        reason=reason.strip()[:300],
        instruction=instruction,
        exception=exception.strip()[:200],
        until=_until(staff, now, hours),
        now=now,
    )


def _require_ground(organization_id: UUID, instruction: UUID | None, exception: str) -> None:
    """Exactly one: what the organization demanded, or the law that is followed without its demand."""
    with tenant(organization_id):
        if instruction is not None and not instructions.is_given(instruction):
            raise Refusal(
                "unknown_instruction",
                _("The organization has given no such instruction."),
                field="instruction",
            )
    if (instruction is None) == (not exception.strip()):
        raise Refusal(
            "instruction_required",
            _("Name the organization's instruction by its number, or the law that allows it without one."),
            field="instruction",
        )


def _until(staff: Staff, now: datetime, hours: int) -> datetime:
    """No longer than the last day and the confidentiality agreement last."""
    days = [day for day in (staff.ends_on, staffing.signed_until(staff)) if day]
    ends = [timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) for day in days]
    return min(now + timedelta(hours=hours), *ends)


@action("watch.open_staff_access")
def open_staff_access(
    actor: Actor,
    *,
    staff: Staff,
    reason: str,
    instruction: UUID | None,
    exception: str,
    until: datetime,
    now: datetime,
) -> StaffAccess:
    guest = _guest(actor, staff, now)
    ticket = StaffAccess.objects.create(
        staff_id=staff.pk,
        staff_name=staff.name,
        employee=guest,
        reason=reason,
        instruction=instruction,
        exception=exception,
        opened_by=actor.name.removeprefix("operator: "),
        starts_at=now,
        ends_at=until,
    )
    values = {
        "name": staff.name,
        "reason": reason,
        "until": date_format(timezone.localtime(until), "Y-m-d H:i"),
    }
    told = [Addressee(employee_id=each) for each in deciders_beside(guest.pk)]
    send(actor, to=told, kind=STAFF_ACCESS, values=values, link="/watch/staff/", now=now, urgent=True)
    note(ticket, reason=reason, until=until, instruction=instruction, exception=exception)
    return ticket


def _guest(actor: Actor, staff: Staff, now: datetime) -> Employee:
    """The row under which the person acts here; reading is all its role allows."""
    earlier = StaffAccess.objects.filter(staff_id=staff.pk).select_related("employee").first()
    if earlier is not None:
        guest = earlier.employee
        if guest.status == Status.SUSPENDED:
            resume_employee(actor, guest, now=now)
    elif Employee.objects.filter(mobile=staff.account.mobile).exclude(status=Status.LEFT).exists():
        raise Refusal("member", _("This person is a member of the organization."), field="staff")
    else:
        guest = enter(
            now=now,
            name=staff.name,
            mobile=staff.account.mobile,
            departments=[],
            position=str(_("Operator's staff")),
        )
    role, _new = Role.objects.update_or_create(
        name=ROLE, key="", defaults={"permissions": reading_permissions()}
    )
    Grant.objects.filter(employee=guest).exclude(role=role).delete()
    Grant.objects.get_or_create(employee=guest, role=role, reach=Grant.Reach.ORGANIZATION)
    Employee.objects.filter(pk=guest.pk).update(status=Status.ACTIVE)
    return guest


@action("watch.close_staff_access")
def close_staff_access(actor: Actor, *, ticket: StaffAccess, now: datetime) -> None:
    """End the ticket, and with the last one of the person every session."""
    StaffAccess.objects.filter(pk=ticket.pk, closed_at__isnull=True).update(closed_at=now)
    if standing(ticket.employee_id, now=now) is None and ticket.employee.status in (
        Status.ACTIVE,
        Status.INVITED,
    ):
        suspend_employee(actor, ticket.employee, now=now)
    note(ticket, closed=True)


def standing(employee_id: UUID | None, *, now: datetime) -> StaffAccess | None:
    """The ticket under which this row may act now."""
    rows = StaffAccess.objects.filter(employee=employee_id, starts_at__lte=now, ends_at__gt=now)
    found: StaffAccess | None = rows.filter(closed_at__isnull=True).order_by("-ends_at").first()
    return found


def staff_behind(employee_id: UUID) -> UUID | None:
    """Whose guest row this is; None for members."""
    rows = StaffAccess.objects.filter(employee=employee_id)
    found: UUID | None = rows.values_list("staff_id", flat=True).first()
    return found


def close_ended(organization_id: UUID, *, now: datetime) -> int:
    """Close tickets whose time is over; how many. Runs inside the organization."""
    actor = system_actor(organization_id, "watch.close_staff_access")
    ended = StaffAccess.objects.filter(Q(ends_at__lte=now), closed_at__isnull=True).select_related("employee")
    for ticket in ended:
        close_staff_access(actor, ticket=ticket, now=now)
    return len(ended)


def ground_words(ticket: StaffAccess) -> str:
    """What the ticket rests on, as the organization reads it."""
    if ticket.instruction is None:
        return ticket.exception
    return _("Your instruction %(number)s") % {"number": ticket.instruction}


def tickets_visible_to(actor: Actor) -> Any:
    """Whoever may see tickets sees all: they are about the organization's own safety."""
    return StaffAccess.objects.all() if actor.may(VIEW_STAFF) else StaffAccess.objects.none()


def without_ticket(request: Any) -> Any:
    """A door: a guest whose ticket is over gets no page, even if nothing has closed it yet. Members pass.

    Asked once a session, which remembers what it learned until the ticket ends.
    """
    actor, now = request.actor, clock.now()
    known = request.session.get("staff_until")
    if known is None:
        is_guest = staff_behind(actor.person_id) is not None
        ticket = standing(actor.person_id, now=now) if is_guest else None
        known = (ticket.ends_at.isoformat() if ticket else now.isoformat()) if is_guest else ""
        request.session["staff_until"] = known
    if known and now >= datetime.fromisoformat(known):
        request.session.flush()
        return HttpResponseRedirect("/sign-in/")
    return None
