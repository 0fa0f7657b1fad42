"""Reactions: whatever changes who owes is reckoned at once."""

from qince.core.erasure.events import SubjectErased
from qince.core.files.events import BlobStored
from qince.core.people.events import EmployeeLeft, EmployeesJoined
from qince.employee.attendance.events import RosterChanged
from qince.employee.daily_reports import obliging, sources
from qince.employee.daily_reports.actions.designing import window
from qince.employee.daily_reports.events import ReportSent, ReportTouched
from qince.employee.daily_reports.models import Comment, ReportFile
from qince.employee.daily_reports.receiving import hand_over
from qince.employee.leave.events import LeaveApproved, LeaveChanged
from qince.engines.live.topics import changed
from qince.kit import clock
from qince.kit.events import subscribe

__all__ = ["sources"]


@subscribe(LeaveApproved, LeaveChanged)
def reckon_leave(event: LeaveApproved | LeaveChanged) -> None:
    """Leave approved after the deadline excuses all the same; leave called off does so no longer."""
    obliging.renew(event.first_on, event.last_on, now=clock.now(), employee_ids=[event.employee_id])
    changed("daily_reports")


@subscribe(RosterChanged)
def reckon_roster(event: RosterChanged) -> None:
    obliging.renew(event.first, event.last, now=clock.now(), employee_ids=event.employee_ids)


@subscribe(EmployeesJoined)
def reckon_joiners(event: EmployeesJoined) -> None:
    now = clock.now()
    obliging.renew(*window(now), now=now, employee_ids=event.employee_ids)


@subscribe(EmployeeLeft)
def pass_on(event: EmployeeLeft) -> None:
    now = clock.now()
    hand_over(event.employee_id, event.successor_id)
    obliging.renew(*window(now), now=now, employee_ids=[event.employee_id])


@subscribe(BlobStored)
def attach_file(event: BlobStored) -> None:
    """A picture was named by its hash when the report came; now its bytes are here."""
    ReportFile.objects.filter(sha256=event.sha256, blob__isnull=True).update(blob=event.blob_id)


@subscribe(SubjectErased)
def forget_what_was_said(event: SubjectErased) -> None:
    """Comments on the person's reports speak of the person, too, whoever wrote them."""
    if event.employee_id is not None:
        Comment.objects.filter(report__employee=event.employee_id).update(text="")


@subscribe(ReportSent, ReportTouched)
def refresh_pages(event: object) -> None:
    changed("daily_reports")
