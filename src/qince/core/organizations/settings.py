"""What an organization decides for itself, typed. Kept as JSON; a missing key means the default."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization

# Six calendar months have at most so many days.
LOG_FLOOR_DAYS = 184


class OutsidePolicy(models.TextChoices):
    """What a check-in outside its fence does."""

    ALLOW = "allow", _("Accept and mark as outside")
    BLOCK = "block", _("Refuse")


class LocationUse(models.TextChoices):
    """Whether a function asks for the position. Nobody is forced: without consent a manual place remains."""

    OFF = "off", _("Off: a place is typed in")
    OPTIONAL = "optional", _("Optional: each person chooses")
    REQUIRED = "required", _("Expected: missing positions are marked")


class AddressBookReach(models.TextChoices):
    """Whom a member finds in the address book, beside those their role reaches."""

    NEAR = "near", _("The own line and those with the same leader")
    EVERYBODY = "everybody", _("Everybody who works here")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Distances in metres, pictures in pixels of the longer side."""

    fence_cap_m: int = 100  # the most that a position's own accuracy may widen a fence
    fence_unusable_m: int = 500  # a position vaguer than this decides nothing
    outside_policy: str = OutsidePolicy.ALLOW
    photo_max_px: int = 1600
    confirm_new_devices: bool = False
    administrators_need_totp: bool = False
    scan_needs_password: bool = False  # whether signing in by the phone app asks for the password, too
    # Fields the address book does without: not asked, not shown, not imported. Name and mobile are always there.
    address_book_off: Sequence[str] = ()
    address_book_reach: str = AddressBookReach.NEAR
    log_days: int = 184  # how long network logs are kept; never less than six calendar months (C5.4-05)
    sms_per_month: int = 1000  # text messages that may be sent, beside codes and what the law requires
    urgent_minutes: int = 10  # an urgent message that is unread for longer goes on as a text message
    idle_minutes: int = 30  # a console session that rests longer is signed out
    export_rows_per_hour: int = 5000  # more by one person raise an alert
    people_opened_per_hour: int = 500  # whose sensitive data one person opens; more raise an alert
    alerts_lock: bool = False  # whether such an alert locks the account until a person has looked
    training_required: bool = False  # whether overdue training closes others' sensitive data
    location_attendance: str = LocationUse.OPTIONAL
    face_attendance: str = "off"  # or "optional": a way beside others, once an assessment is signed
    location_visits: str = LocationUse.OPTIONAL
    location_tracking: str = LocationUse.OFF  # between acts, too; only off or optional
    location_approvals: str = LocationUse.OFF  # beside a decision on a request; only off or optional
    admits_minors: bool = True  # people of 16 and 17, with their guardian's consent (D-03)
    # Families of functions that are closed: for everybody (empty), or for the listed departments and those below.
    closed_families: dict[str, list[str]] = field(default_factory=dict)
    # Since when each of them is closed (ISO): its purposes ended then, and the terms of its data run (C6.2-06).
    closed_since: dict[str, str] = field(default_factory=dict)
    # Why the organization takes more than it did before: setting → its own words (C2.2.5-08).
    reasons: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, organization: Organization) -> Self:
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in organization.settings.items() if name in known})

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


# Settings that decide how much is collected about people, from less to more.
COLLECTING: dict[str, Sequence[str]] = {
    "location_attendance": LocationUse.values,
    "location_visits": LocationUse.values,
    "location_tracking": LocationUse.values,
    "location_approvals": LocationUse.values,
    "face_attendance": ("off", "optional"),
}


def widened(before: Settings, after: Settings) -> list[str]:
    """Settings by which more is collected about people than before."""
    found = [
        name
        for name, steps in COLLECTING.items()
        if steps.index(getattr(after, name)) > steps.index(getattr(before, name))
    ]
    return [
        *found,
        *(["address_book_off"] if set(before.address_book_off) - set(after.address_book_off) else []),
    ]


def still_given(reasons: dict[str, str], settings: Settings) -> dict[str, str]:
    """Reasons for what is collected still: one for what was switched off again says nothing any more."""
    return {
        name: why
        for name, why in reasons.items()
        if getattr(settings, name) != COLLECTING.get(name, ("",))[0]
    }
