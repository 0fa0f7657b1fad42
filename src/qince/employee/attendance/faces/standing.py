"""Whether faces may be taken here at all, and of this person."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.policy.models import Assessment
from qince.core.privacy.gate import PermissionRevoked, Standing
from qince.employee.attendance.definitions import GroupTerms
from qince.employee.attendance.models import FaceEnrolment
from qince.employee.attendance.privacy import FACE
from qince.engines.evidence.envelope import Evidence
from qince.engines.evidence.place import require_device
from qince.engines.recognition.faces import matcher
from qince.engines.sync.registry import Context
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import current_organization_id

FUNCTION = "attendance.face"
USE = "face"  # of the camera


@dataclass(frozen=True, slots=True)
class Status:
    """What the settings page says, honestly."""

    is_on: bool
    is_assessed: bool
    matcher: str  # its version; empty where none is installed and every press goes to a person
    enrolled: int
    delete_by: datetime | None

    @property
    def is_open(self) -> bool:
        return self.is_on and self.is_assessed


def status() -> Status:
    found = matcher()
    rows = FaceEnrolment.objects.all()
    ending = rows.filter(delete_by__isnull=False).order_by("delete_by").first()
    return Status(
        is_on=_is_on(),
        is_assessed=is_assessed(),
        matcher=found.version if found else "",
        enrolled=rows.count(),
        delete_by=ending.delete_by if ending else None,
    )


def _is_on() -> bool:
    organization = Organization.objects.get(pk=current_organization_id())
    return Settings.of(organization).face_attendance == "optional"


def is_assessed() -> bool:
    """An impact assessment of faces has been written, and none of them waits for a signature."""
    rows = Assessment.objects.filter(subject__in=(FACE, FUNCTION))
    return rows.filter(signed_at__isnull=False).exists() and not any(row.blocks for row in rows)


def necessity() -> str:
    """What faces are needed for, as the latest assessment of them says."""
    rows = Assessment.objects.filter(subject__in=(FACE, FUNCTION)).order_by("-assessed_at")
    return rows.values_list("necessity", flat=True).first() or ""


def is_offered() -> bool:
    return _is_on() and is_assessed()


def require_open() -> None:
    """Collected only while the function is open (C2.2.5-02)."""
    if not is_offered():
        raise Refusal(
            "face_off",
            _(
                "Your organization does not use faces here. Clock in with a photo, the code of the place, or without."
            ),
            field="face",
        )


def require_consent(standing: Standing) -> None:
    standing.require(
        FACE,
        function=FUNCTION,
        alternative=_(
            "You have not agreed to be recognized by your face. Clock in with the code of the place instead."
        ),
    )


def require_taking(actor: Actor, now: datetime) -> None:
    """Before a picture of the own face is taken on the spot: open, agreed to, and this use of the camera allowed."""
    require_open()
    standing = Standing(actor.person_id)
    require_consent(standing)
    if not standing.device_allows("camera", lambda: now, device_id=actor.device_id, use=USE):
        raise PermissionRevoked("camera")


def require_press(evidence: Evidence, terms: GroupTerms, context: Context, *, is_field: bool) -> None:
    """A face is taken only where something has to show that it is you, from whoever has agreed and shown it."""
    require_open()
    if is_field or terms.photo != "required":
        raise Refusal("face_off", _("No face is asked for here. Send it without one."), field="face")
    require_consent(context.standing)
    require_device("camera", evidence, context.standing, delivery=context.delivery, use=USE)
    if not FaceEnrolment.objects.filter(
        employee=context.standing.employee_id, delete_by__isnull=True
    ).exists():
        raise Refusal("face_unknown", _("Show your face first, or clock in another way."), field="face")
