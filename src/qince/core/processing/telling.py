"""Letters about exports: nobody takes an organization's data away without the others who may knowing of it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.letters.actions import Addressee, send
from qince.core.letters.people import person
from qince.core.letters.registry import kind
from qince.core.people.models import Employee
from qince.core.processing.models import Archive
from qince.kit.actor import Actor, system_actor

LINK = "/organization/export/"
ASKED = kind(
    "processing.asked",
    title=_("%(name)s asked for an export of all data"),
    body=_("Reason: %(reason)s\n\nIf this should not be, remove it under Organization → Export."),
    is_mandatory=True,
    words={"name": person},
)
READY = kind(
    "processing.ready",
    title=_("The export of all data is ready"),
    body=_("Take it away under Organization → Export. It is removed on %(day)s."),
    is_mandatory=True,
)


def asked(actor: Actor, archive: Archive, holders: list[UUID], *, now: datetime) -> None:
    """To everybody else who might have asked for it."""
    to = [Addressee(employee_id=each) for each in holders if each != actor.employee_id]
    if to:
        values = {"name": str(actor.employee_id), "reason": archive.reason}
        send(actor, to=to, kind=ASKED, values=values, channels=("app", "email"), link=LINK, now=now)


def ready(archive: Archive, *, now: datetime) -> None:
    """To whoever asked, while they are still a member."""
    if archive.requested_by.status != Employee.Status.ACTIVE:
        return
    send(
        system_actor(archive.organization_id, "processing.export"),  # type: ignore[arg-type]
        to=[Addressee(employee_id=archive.requested_by_id)],
        kind=READY,
        values={"day": f"{archive.expires_at:%Y-%m-%d}"},
        channels=("app",),
        link=LINK,
        now=now,
    )
