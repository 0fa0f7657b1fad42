"""How long data is kept: for each rule what starts the clock, how long it runs, what then happens, and why so long.

Declarations name a rule by its code; notice, record of processing and the daily job read the same rule.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text


class Trigger(StrEnum):
    """What starts the clock of a row."""

    RECORDED = "recorded"  # the row's own time, named by `aged_by`
    EMPLOYMENT_ENDED = "employment_ended"  # the subject left the organization
    CONTACT_ENDED = "contact_ended"  # the business contact ended
    REVOKED = "revoked"  # the device was signed out
    ACCOUNT_ENDED = "account_ended"  # the account was cancelled
    # The consent it was taken under was taken back, or the organization closed the function it was taken for.
    PURPOSE_ENDED = "purpose_ended"


class Reason(StrEnum):
    """Why it is kept that long (C5.4-06 to C5.4-09)."""

    SERVICE = "service"  # as long as the service aims at, and for later queries or complaints
    LAW = "law"  # a law sets the term
    SAFETY = "safety"  # safety and quality; such a rule needs a maximum


REASONS: dict[Reason, Text] = {
    Reason.SERVICE: _("for the service itself, and for later queries and complaints"),
    Reason.LAW: _("a law sets the term"),
    Reason.SAFETY: _("for safety and quality"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """A rule. The period is calendar months plus days; `maximum_months` bounds rules for safety and quality."""

    code: str
    label: Text
    trigger: Trigger
    reason: Reason
    months: int = 0
    days: int = 0
    maximum_months: int = 0
    # Whether the term stands even when the person is erased earlier (network logs, proof).
    survives_erasure: bool = False
    # Whether the whole record goes with what must end in it: nobody uses it any more.
    ends_record: bool = False

    def ends_on(self, start: date) -> date:
        """The first day on which data whose clock began on `start` must be gone."""
        return months_after(start, self.months) + timedelta(days=self.days)


def months_after(start: date, months: int) -> date:
    """`start` moved on by calendar months; the 31st of a shorter month is its last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, start.day)


# Instead of a rule: whoever takes the data removes it in the same transaction as the consent is taken back.
AT_ONCE = "at_once"
# Network logs are kept at least this long whatever anybody sets (C5.4-05).
LOG_FLOOR_MONTHS = 6

RETENTIONS: dict[str, Retention] = {
    rule.code: rule
    for rule in (
        Retention(
            code="employment+2y", label=_("until two years after the employment ends"),
            trigger=Trigger.EMPLOYMENT_ENDED, months=24, reason=Reason.SERVICE,
        ),
        Retention(
            code="contact+2y", label=_("until two years after the business contact ends"),
            trigger=Trigger.CONTACT_ENDED, months=24, reason=Reason.SERVICE,
        ),
        Retention(
            code="revoked+6m", label=_("until six months after the device is signed out"),
            trigger=Trigger.REVOKED, months=6, reason=Reason.SAFETY, maximum_months=6,
        ),
        Retention(
            code="6m", label=_("six months"), trigger=Trigger.RECORDED, months=LOG_FLOOR_MONTHS,
            reason=Reason.LAW, survives_erasure=True,
        ),
        Retention(
            code="1y", label=_("one year"), trigger=Trigger.RECORDED, months=12, reason=Reason.SERVICE,
        ),
        Retention(
            code="30d", label=_("thirty days"), trigger=Trigger.RECORDED, days=30, reason=Reason.SERVICE,
        ),
        Retention(
            code="1d", label=_("one day"), trigger=Trigger.RECORDED, days=1,
            reason=Reason.SAFETY, maximum_months=1,
        ),
        Retention(
            code="consent", label=_("until the night after you withdraw your consent"),
            trigger=Trigger.PURPOSE_ENDED, reason=Reason.SERVICE,
        ),
        Retention(
            code="consent+30d", label=_("until thirty days after you withdraw your consent"),
            trigger=Trigger.PURPOSE_ENDED, days=30, reason=Reason.SERVICE,
        ),
        Retention(
            code="consent+6m",
            label=_(
                "until six months after you withdraw your consent, or your organization closes the function"
            ),
            trigger=Trigger.PURPOSE_ENDED, months=6, reason=Reason.SERVICE,
        ),
        Retention(
            code="function+30d", label=_("until thirty days after your organization closes the function"),
            trigger=Trigger.PURPOSE_ENDED, days=30, reason=Reason.SERVICE,
        ),
        Retention(
            code="function+2y", label=_("until two years after your organization closes the function"),
            trigger=Trigger.PURPOSE_ENDED, months=24, reason=Reason.SERVICE,
            ends_record=True,
        ),
        Retention(
            code="account", label=_("as long as the account exists"), trigger=Trigger.ACCOUNT_ENDED,
            reason=Reason.SERVICE,
        ),
        Retention(
            code="proof+3y", label=_("until three years after the account is cancelled, as proof"),
            trigger=Trigger.ACCOUNT_ENDED, months=36, reason=Reason.LAW, survives_erasure=True,
        ),
        Retention(
            code="case+3y", label=_("until three years after the case is closed, as proof"),
            trigger=Trigger.RECORDED, months=36, reason=Reason.LAW, survives_erasure=True,
        ),
        Retention(
            code="words+3y", label=_("until three years after the case is closed, or until you are erased"),
            trigger=Trigger.RECORDED, months=36, reason=Reason.SERVICE,
        ),
    )
}  # fmt: skip
