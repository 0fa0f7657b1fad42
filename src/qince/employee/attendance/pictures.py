"""Pictures taken at a press: asked for by the group's rules, allowed by the person, never the only way."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from qince.core.files.models import Blob
from qince.employee.attendance.events import FaceArrived
from qince.employee.attendance.faces.challenging import take_over
from qince.employee.attendance.models import Punch, PunchPhoto
from qince.employee.attendance.privacy import PHOTO
from qince.engines.evidence.envelope import Evidence, Moment
from qince.engines.evidence.place import require_device
from qince.engines.sync.registry import Context
from qince.kit import bulk
from qince.kit.errors import Refusal
from qince.kit.events import publish
from qince.kit.ids import uuid7

MOST = 3
USE = "punch_photo"  # of the camera


class Picture(msgspec.Struct, forbid_unknown_fields=True):
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, msgspec.Meta(ge=1, le=20_000_000)]
    taken_at: Moment


class FacePicture(Picture, forbid_unknown_fields=True):
    """`challenge`: in answer to which the head was turned after this picture, where that was asked."""

    challenge: UUID | None = None


def require(pictures: Sequence[Picture], evidence: Evidence, asked: str, context: Context) -> None:
    """Three keys open the camera here: the group's rules, the person's consent, and this use of the camera."""
    if not pictures:
        return
    if asked == "off":
        raise Refusal(
            "photo_off", _("Your organization asks for no photo here. Send it without one."), field="photos"
        )
    context.standing.require(
        PHOTO,
        function="attendance.photo",
        alternative=_("You have not agreed to photos at clocking in or out. Send it without the photo."),
    )
    require_device("camera", evidence, context.standing, delivery=context.delivery, use=USE)


def keep(sent: Mapping[UUID, Sequence[tuple[Picture, str]]], punches: Sequence[Punch]) -> None:
    """The pictures named by these presses; bytes that have come already are found by their hash."""
    wanted = {each.sha256 for punch in punches for each, _kind in sent[punch.pk]}
    if not wanted:
        return
    faces = [each for punch in punches for each, _kind in sent[punch.pk] if isinstance(each, FacePicture)]
    turned = take_over(
        punches[0].employee_id, {each.challenge: each.sha256 for each in faces if each.challenge}
    )
    blobs = dict(Blob.objects.filter(sha256__in=wanted).values_list("sha256", "pk"))
    rows = {
        (punch.pk, each.sha256): PunchPhoto(
            id=uuid7(),
            punch=punch,
            kind=kind,
            sha256=each.sha256,
            size=each.size,
            taken_at=_taken(each, punch),
            blob_id=blobs.get(each.sha256),
            has_turned=turned.get(each.sha256) if kind == PunchPhoto.Kind.FACE else None,
        )
        for punch in punches
        for each, kind in sent[punch.pk]
    }
    bulk.insert(list(rows.values()))
    for photo in rows.values():
        if photo.kind == PunchPhoto.Kind.FACE and photo.blob_id:
            publish(FaceArrived(photo.pk))


def _taken(picture: Picture, punch: Punch) -> datetime:
    """By the server's reading of the press: both times are of one clock, so what lies between them is right."""
    before = punch.device_time - picture.taken_at
    return punch.at - min(max(before, timedelta()), timedelta(days=60))
