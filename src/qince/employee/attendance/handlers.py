"""Reactions of attendance."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from qince.core.files.events import BlobStored
from qince.core.organizations.events import FamilyClosed, FamilyOpened
from qince.core.people.events import EmployeeLeft
from qince.core.people.queries import employee_ids_under
from qince.core.privacy.events import ConsentWithdrawn
from qince.core.privacy.gate import BASIC
from qince.core.rights import registry as rights
from qince.core.watch import travel
from qince.core.watch.travel import Place, places_of
from qince.employee.attendance import (
    decisions,
    swap_approving,  # noqa: F401  (declaring the request is its import)
)
from qince.employee.attendance.events import FaceArrived, Punched, RosterChanged, RulesChanged
from qince.employee.attendance.faces import standing, switching
from qince.employee.attendance.faces.enrolling import forget
from qince.employee.attendance.jobs import compare_face, recompute_since
from qince.employee.attendance.models import Punch, PunchPhoto
from qince.employee.attendance.privacy import FACE
from qince.employee.attendance.supplements import changed as mark
from qince.engines.evidence import marks
from qince.engines.live.topics import changed
from qince.kit.events import subscribe
from qince.kit.tenancy import current_organization_id

rights.decide(decisions.PLACE, find=decisions.find, replay=decisions.replay)
rights.decide(decisions.RESULT, find=decisions.find_results, replay=decisions.replay_result)
rights.decide(
    decisions.RISK, find=decisions.find_risks, replay=decisions.replay_risk, undo=decisions.settle_risk
)
rights.decide(decisions.FACE, find=decisions.find_faces, replay=decisions.replay_face)
marks.tables.append(marks.Kept(Punch, "employee", decisions.about, ("work_place",)))


@subscribe(BlobStored)
def attach_photo(event: BlobStored) -> None:
    """A photo was named by its hash when the press came; now its bytes are here."""
    rows = PunchPhoto.objects.filter(sha256=event.sha256, blob__isnull=True)
    faces = list(rows.filter(kind=PunchPhoto.Kind.FACE).values_list("pk", flat=True))
    rows.update(blob=event.blob_id)
    for photo_id in faces:
        compare_later(FaceArrived(photo_id))


@subscribe(FaceArrived)
def compare_later(event: FaceArrived) -> None:
    """By a worker: comparing takes longer than a phone should wait."""
    compare_face.defer(organization=str(current_organization_id()), photo=str(event.photo_id))


@subscribe(FamilyClosed)
def begin_to_end_faces(event: FamilyClosed) -> None:
    """The face ends at once with its consent; with the function it is given back if that opens within the days."""
    if event.family == "employee":
        switching.start_clock(event.at, employee_ids_under(event.departments) if event.departments else None)


@subscribe(FamilyOpened)
def keep_faces(event: FamilyOpened) -> None:
    """Open again, unless the organization has switched the face itself off."""
    if event.family == "employee" and standing.is_offered():
        switching.stop_clock()


@subscribe(ConsentWithdrawn)
def forget_the_face(event: ConsentWithdrawn) -> None:
    """At once, in the same transaction: template, base pictures, and pictures of the face at presses."""
    if event.purpose in (FACE, BASIC):
        forget(event.employee_id, "withdrawn")


@subscribe(EmployeeLeft)
def forget_the_leavers_face(event: EmployeeLeft) -> None:
    forget(event.employee_id, "left")


@subscribe(Punched)
def refresh_pages(event: Punched) -> None:
    changed("attendance")


@subscribe(RosterChanged)
def compute_again(event: RosterChanged) -> None:
    changed("attendance")
    mark(event.employee_ids, event.first, event.last)


@subscribe(RulesChanged)
def compute_everybody_again(event: RulesChanged) -> None:
    organization = str(current_organization_id())
    lock = f"attendance.recompute:{organization}:{event.since}"
    with suppress(AlreadyEnqueued), transaction.atomic():  # once is enough: it reads what holds when it runs
        recompute_since.configure(queueing_lock=lock).defer(
            organization=organization, since=event.since.isoformat()
        )


def _acted_since(since: datetime) -> list[UUID]:
    rows = Punch.objects.filter(received_at__gte=since, lat__isnull=False)
    return list(rows.values_list("employee_id", flat=True).distinct())


def _places(who: set[UUID], since: datetime) -> list[Place]:
    rows = Punch.objects.filter(employee__in=who, at__gte=since, lat__isnull=False)
    return places_of(rows.values_list("employee_id", "at", "lat", "lng", "accuracy_m"))


travel.sources.append(travel.Source(_acted_since, _places))
