"""The organization's switch: on only with a signed assessment; off, the clock of erasure runs."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.organizations.actions import edit_settings
from qince.employee.attendance.faces import standing as faces
from qince.employee.attendance.faces.challenging import forget_old
from qince.employee.attendance.faces.enrolling import erase
from qince.employee.attendance.models import FaceEnrolment
from qince.employee.attendance.rules import EDIT_RULES
from qince.kit.action import action, note_set
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

KEPT = timedelta(days=30)  # so that a switch thrown by mistake costs nobody the face again


@action("attendance.switch_face", permission=EDIT_RULES)
def switch(actor: Actor, *, is_on: bool, now: datetime) -> None:
    """On needs a signed impact assessment. Off, nothing is taken from this moment, and what is there gets its date."""
    if is_on and not faces.is_assessed():
        raise Refusal("not_assessed", _("First an impact assessment of it has to be written and signed."))
    edit_settings(actor, face_attendance="optional" if is_on else "off", why=faces.necessity())
    note_set(FaceEnrolment, "on" if is_on else "off", people=stop_clock() if is_on else start_clock(now))


def start_clock(now: datetime, employee_ids: Collection[UUID] | None = None) -> int:
    """The function ended, for everybody or these people: in thirty days their faces are gone. Running clocks go on."""
    rows = FaceEnrolment.objects.filter(delete_by__isnull=True)
    rows = rows if employee_ids is None else rows.filter(employee__in=employee_ids)
    return int(rows.update(delete_by=now + KEPT))


def stop_clock() -> int:
    return int(FaceEnrolment.objects.update(delete_by=None))


def erase_due(actor: Actor, *, now: datetime) -> int:
    """Whose date has come, as the night's job asks; and what was found at turns that no press has brought."""
    forget_old(now)
    due = list(FaceEnrolment.objects.filter(delete_by__lte=now).values_list("employee_id", flat=True))
    return erase(actor, employee_ids=due, because="due") if due else 0
