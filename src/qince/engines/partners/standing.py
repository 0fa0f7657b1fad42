"""Whether a recipient's record is whole and in date: the checklist of the console, and the door's first question."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.retention import months_after
from qince.engines.partners.consents import is_abroad
from qince.engines.partners.models import Recipient
from qince.engines.partners.registry import PROFILES, Kind
from qince.kit.errors import Text

REVIEW_MONTHS = 12  # a recipient's duty, and the security of its interface, are looked at again after this


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a recipient needs. `code` is what the door answers while it is missing."""

    code: str
    label: Text
    holds: bool


def points(recipient: Recipient, today: date) -> list[Point]:
    """Everything that must hold before a byte leaves, in the order people fill it in."""
    found = [
        Point("statements_missing", label, bool(getattr(recipient, name)))
        for name, label in (
            ("purpose", _("What for")), ("lawful", _("Why it is lawful")),
            ("legitimate", _("Why it is legitimate")), ("necessary", _("Why it is necessary")),
            ("specific", _("What it is limited to")), ("clear", _("How people are told")),
        )
    ]  # fmt: skip
    return [
        *found,
        Point("fields_missing", _("Data shared, within what its kind may get"), _fields_fit(recipient)),
        Point("terms_missing", _("Its terms with version, and its privacy rules, linked"), bool(
            recipient.terms_url and recipient.terms_version and recipient.privacy_url)),
        *_of_apps(recipient),
        Point("contract_missing", _("Data-protection agreement with its dates"), bool(
            recipient.contract and recipient.contract_from and recipient.contract_until)),
        Point("contract_expired", _("Agreement in force today"), _contract_stands(recipient, today)),
        Point("review_missing", _("Security review passed, with date and version"), bool(
            recipient.review_passed and recipient.reviewed_on and recipient.review_version)),
        Point("duty_review_overdue", _("Its duty and data reviewed within a year"),
              _within_a_year(recipient.duty_reviewed_on, today)),
        Point("endpoint_missing", _("Address it receives at, and its signing key"), bool(
            recipient.declared.is_app or (recipient.endpoint and recipient.secret))),
        Point("recipient_abroad", _("In this region, or with an entry in the cross-border register"),
              may_cross(recipient, today)),
    ]  # fmt: skip


def missing(recipient: Recipient, today: date) -> list[Point]:
    return [point for point in points(recipient, today) if not point.holds]


def _fields_fit(recipient: Recipient) -> bool:
    profile = PROFILES.get(recipient.profile)
    return bool(profile and recipient.fields and set(recipient.fields) <= set(profile.fields))


def _of_apps(recipient: Recipient) -> list[Point]:
    if recipient.declared.kind not in (Kind.APP, Kind.SELF_BUILT):
        return []
    return [
        Point("links_missing", _("Its features, linked"), bool(recipient.features_url)),
        Point(
            "redirects_missing",
            _("Addresses it returns to"),
            any(app.redirects for app in recipient.apps.all()),
        ),
    ]


def _contract_stands(recipient: Recipient, today: date) -> bool:
    begins, ends = recipient.contract_from, recipient.contract_until
    return bool(begins and ends and begins <= today <= ends)


def _within_a_year(day: date | None, today: date) -> bool:
    return day is not None and day <= today < months_after(day, REVIEW_MONTHS)


def may_cross(recipient: Recipient, today: date) -> bool:
    """Whether the recipient is here, or a cross-border entry stands today."""
    if not is_abroad(recipient):
        return True
    entries = recipient.border_entries.filter(holds_until__gte=today, assessed_on__lte=today)
    return any(each.ground and each.reference and each.assessment for each in entries)
