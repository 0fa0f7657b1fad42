"""Comparing the face of a press with that of its person, once the picture is here. A machine only ever confirms."""

from datetime import datetime
from typing import Any
from uuid import UUID

from qince.core.files import keeping
from qince.employee.attendance import telling
from qince.employee.attendance.events import RosterChanged
from qince.employee.attendance.faces.limits import finding_of
from qince.employee.attendance.models import FaceTemplate, Punch, PunchPhoto
from qince.engines.recognition.faces import PASS, REVIEW, matcher
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.events import publish

Finding = PunchPhoto.Finding


@action("attendance.compare_face")
def compare(actor: Actor, *, photo_id: UUID, now: datetime) -> str:
    """What the comparison finds. Alike, and the head turned as asked, it counts; the rest is a person's."""
    photo: Any = PunchPhoto.objects.select_related("blob", "punch").filter(pk=photo_id).first()
    if photo is None or photo.blob is None:
        raise NotFound
    punch = Punch.objects.select_for_update(of=("self",)).get(pk=photo.punch_id)
    photo.finding, photo.measured = _found(photo, punch.employee_id)
    photo.save(update_fields=["finding", "measured"])
    waits = punch.counting == Punch.Counting.WAITING and punch.confirm_for == Punch.Confirm.FACE
    if photo.finding == Finding.MATCHED and photo.has_turned and waits:
        punch.counting, punch.decided_at = Punch.Counting.COUNTED, now
        punch.save(update_fields=["counting", "decided_at"])
        publish(RosterChanged((punch.employee_id,), punch.work_date, punch.work_date))
    telling.waiting(actor, [punch], now=now)
    note(punch, finding=photo.finding, counting=punch.counting)
    return str(photo.finding)


def _found(photo: PunchPhoto, employee_id: UUID) -> tuple[str, dict[str, Any] | None]:
    found = matcher()
    template = FaceTemplate.objects.filter(enrolment__employee=employee_id).first()
    if found is None or template is None or not template.features or template.model != found.version:
        return Finding.UNASSESSED, None
    blob: Any = photo.blob
    with keeping.opened(blob, blob.storage_name, keeping.ORIGINAL) as stream:
        seen = found.faces(stream.read())
    if len(seen) != 1:
        return Finding.NO_FACE if not seen else Finding.SEVERAL, None
    distance = min(found.distance(seen[0].features, each) for each in template.features)
    measured = {"distance": round(distance, 4), "pass": PASS, "review": REVIEW, "model": found.version}
    return finding_of(distance, PASS, REVIEW), measured
