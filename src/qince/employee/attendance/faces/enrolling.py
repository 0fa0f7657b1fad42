"""Showing the face, and taking it back: everything about it goes at once."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.files.images import reencoded
from qince.core.files.removal import delete_blob
from qince.employee.attendance.faces import standing as faces
from qince.employee.attendance.models import FaceChallenge, FaceEnrolment, FaceTemplate, PunchPhoto
from qince.employee.attendance.rules import PUNCH
from qince.engines.recognition.faces import REVIEW, Face, Features, Matcher, matcher
from qince.kit.action import action, note, note_set
from qince.kit.actor import Actor, system_actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import current_organization_id

FEWEST, MOST, LARGEST = 3, 5, 1_500_000
SIDE_PX = 640


@action("attendance.enrol_face", permission=PUNCH)
def enrol(actor: Actor, *, pictures: Sequence[bytes], now: datetime) -> FaceEnrolment:
    """Keep what one's own face looks like, in place of an earlier one; nothing of the pictures leaves this machine."""
    faces.require_taking(actor, now)
    if not FEWEST <= len(pictures) <= MOST:
        raise Refusal(
            "pictures_needed", _("Take three to five pictures of at most 1.5 MB each."), field="pictures"
        )
    clean = [small(each) for each in pictures]
    found = matcher()
    features = _measured(found, clean) if found else None
    FaceEnrolment.objects.filter(employee=actor.person_id).delete()
    made = FaceEnrolment.objects.create(employee_id=actor.person_id, enrolled_at=now)
    FaceTemplate.objects.create(
        enrolment=made,
        model=found.version if found else "",
        features=features,
        pictures=[b64encode(each).decode() for each in clean],
    )
    note(made, pictures=len(clean))
    return made


def _measured(found: Matcher, pictures: Sequence[bytes]) -> list[Features]:
    """One face a picture, and the same in all: else whose would it be?"""
    measured = [each.features for each in one_each(found, pictures)]
    if any(found.distance(measured[0], each) > REVIEW for each in measured[1:]):
        raise Refusal("not_the_same", _("The pictures do not show the same face."), field="pictures")
    return measured


def small(picture: bytes) -> bytes:
    if len(picture) > LARGEST:
        raise Refusal("picture_too_large", _("A picture may have at most 1.5 MB."), field="pictures")
    return reencoded(BytesIO(picture), max_px=SIDE_PX, quality=88)


def one_each(found: Matcher, pictures: Sequence[bytes]) -> list[Face]:
    """Of each picture its one face, or a refusal that says which shows none or several."""
    faces: list[Face] = []
    for number, picture in enumerate(pictures, start=1):
        seen = found.faces(picture)
        if len(seen) != 1:
            words = (
                _("Picture %(n)d shows several faces.") if seen else _("No face is seen in picture %(n)d.")
            )
            raise Refusal("one_face_each", words % {"n": number}, field="pictures")
        faces.append(seen[0])
    return faces


@action("attendance.erase_face")
def erase(actor: Actor, *, employee_ids: Iterable[UUID], because: str) -> int:
    """Template, base pictures, and the pictures of faces taken at presses: gone, not marked."""
    who = list(employee_ids)
    photos = list(PunchPhoto.objects.filter(punch__employee__in=who, kind=PunchPhoto.Kind.FACE))
    blobs = {photo.blob_id for photo in photos if photo.blob_id}
    PunchPhoto.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    FaceChallenge.objects.filter(employee__in=who).delete()
    count, _by = FaceEnrolment.objects.filter(employee__in=who).delete()
    for blob in blobs:
        if not PunchPhoto.objects.filter(blob=blob).exists():
            delete_blob(actor, blob_id=blob)
    if count or photos:
        note_set(FaceEnrolment, because, people=len(who), photos=len(photos))
    return len(photos) + count


def forget(employee_id: UUID, because: str) -> int:
    return erase(
        system_actor(current_organization_id(), "attendance.faces"),
        employee_ids=[employee_id],
        because=because,
    )


def base_pictures(employee_id: UUID) -> list[bytes]:
    """For a person who compares by eye; whoever opens them does so by an act that is on record."""
    found = FaceTemplate.objects.filter(enrolment__employee=employee_id).first()
    return [b64decode(each) for each in (found.pictures or [])] if found else []
