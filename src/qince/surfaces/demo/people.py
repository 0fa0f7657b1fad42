"""The demo's people: the reps and what they agreed to, as if each had pressed the buttons."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from qince.core.access.queries import actor_for
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.privacy import notice
from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.gate import AT_THE_ACT, BACKGROUND, ENTRY, LOCATION
from qince.core.privacy.permissions import PermissionReport, record_permission
from qince.core.signin.actions import activate
from qince.employee.attendance.privacy import PHOTO
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.ids import uuid7
from qince.kit.tenancy import current_organization_id
from qince.sales.tracking.privacy import TRACKING

# These stay as they came out of the import, so that somebody can try how a phone is activated.
NOT_YET = ("ZX040", "ZX060")
# One shares no location: his places are written by hand. A few let the phone record it in the background.
SHARES_NOTHING = "ZX030"
CAMERA = ("visit_photo", "punch_photo")
IN_BACKGROUND = ("ZX012", "ZX021", "ZX033")


def actors(client: str) -> dict[str, Actor]:
    """The actor of every employee who uses the system, by employee number."""
    people = Employee.objects.exclude(number__in=NOT_YET).select_related("organization").order_by("number")
    return {each.number: actor_for(each, client=client, locale="zh-hans") for each in people}


def let_agree(everybody: dict[str, Actor], *, since: datetime) -> None:
    """Each activates the account and decides on every purpose, a minute or so after the one before."""
    shown = notice_shown()
    for number, (code, actor) in enumerate(everybody.items()):
        at = since + timedelta(seconds=70 * number)
        with clock.at(at):
            activate(actor)
            for purpose, circumstances in _choices(code):
                grant(actor, purpose, at=at, shown=shown, circumstances=circumstances)
            for use in CAMERA:
                allow_camera(actor, use, at=at, shown=shown)


def grant(actor: Actor, purpose: str, *, at: datetime, shown: str, circumstances: str = "") -> None:
    decision = Decision(
        id=uuid7(),
        purpose=purpose,
        act="granted",
        circumstances=circumstances,
        notice_hash=shown,
        occurred_at=at,
    )
    record_consent(actor, decision=decision, now=at)


def allow_camera(actor: Actor, use: str, *, at: datetime, shown: str) -> None:
    camera = PermissionReport(
        id=uuid7(),
        permission="camera",
        use=use,
        is_allowed=True,
        source="popup",
        occurred_at=at,
        notice_hash=shown,
    )
    record_permission(replace(actor, client="phone"), report=camera, now=at)


def notice_shown() -> str:
    """The hash of the notice as it reads now, which goes with each decision."""
    organization = Organization.objects.get(pk=current_organization_id())
    return notice.current(organization, "zh-hans").hash


def _choices(code: str) -> Iterable[tuple[str, str]]:
    for each in ENTRY:
        yield each, ""
    if code != SHARES_NOTHING:
        yield PHOTO, ""
        yield LOCATION, BACKGROUND if code in IN_BACKGROUND else AT_THE_ACT
    if code in IN_BACKGROUND:
        yield TRACKING, ""
