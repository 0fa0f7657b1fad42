"""Collecting, using or disclosing without consent: the nine cases of the agreement (2.7, 4.4), each with the parts its
record needs. An entry that lacks one is refused naming it; one not approved, expired or for other fields permits
nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.core.people.models import Employee
from qince.engines.partners.models import LegalException
from qince.kit import clock
from qince.kit.errors import Refusal, Text

Use, State = LegalException.Use, LegalException.State

PARTS: dict[str, Text] = {
    "reason": gettext_lazy("Reason"),
    "reference": gettext_lazy("Legal reference"),
    "authority": gettext_lazy("Authority"),
    "document": gettext_lazy("Document number"),
    "officer": gettext_lazy("Officer"),
    "danger": gettext_lazy("Danger"),
    "no_consent": gettext_lazy("Why consent was out of reach"),
    "contract": gettext_lazy("Contract"),
    "source_link": gettext_lazy("Source"),
    "source_on": gettext_lazy("Date of the source"),
    "channel": gettext_lazy("Kind of source"),
    "expires_on": gettext_lazy("Holds until"),
    "review_on": gettext_lazy("To be reviewed by"),
    "fields": gettext_lazy("Data"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """One case. `approvals`: how many people of the privacy role besides whoever entered it."""

    code: str
    title: Text
    parts: tuple[str, ...]
    approvals: int = 1
    uses: tuple[str, ...] = (Use.COLLECT, Use.DISCLOSE)


BASES: dict[str, LegalBasis] = {
    each.code: each
    for each in (
        # Item (1) of the list on disclosure is missing in the agreement: not stated, so not offered (annex D-01).
        LegalBasis(
            code="duty", title=gettext_lazy("A legal or regulatory duty of the processor"),
            parts=("reason", "reference", "fields"), uses=(Use.COLLECT,),
        ),
        LegalBasis(
            code="security", title=gettext_lazy("National security or defence"),
            parts=("reason", "reference", "fields"), approvals=2,
        ),
        LegalBasis(
            code="public", title=gettext_lazy("Public safety, public health, major public interest"),
            parts=("reason", "reference", "fields"),
        ),
        LegalBasis(
            code="crime", title=gettext_lazy("Criminal investigation, prosecution, trial or execution"),
            parts=("reason", "document", "authority", "officer", "fields"),
        ),
        LegalBasis(
            code="vital", title=gettext_lazy("Vital interests, while consent is hard to obtain"),
            parts=("reason", "danger", "no_consent", "expires_on", "review_on", "fields"),
        ),
        LegalBasis(
            code="made_public", title=gettext_lazy("Made public by the person"),
            parts=("source_link", "source_on", "fields"),
        ),
        LegalBasis(
            code="contract", title=gettext_lazy("Needed for a contract at the person's request"),
            parts=("contract", "fields"),
        ),
        LegalBasis(
            code="public_source", title=gettext_lazy("Lawfully public sources"),
            parts=("source_link", "source_on", "channel", "fields"),
        ),
        LegalBasis(
            code="other", title=gettext_lazy("Another case of law"), parts=("reason", "reference", "fields"),
        ),
    )
}  # fmt: skip


class NotPermitted(Refusal):
    status = 403


def title_of(code: str) -> Text:
    return BASES[code].title if code in BASES else code


def offered(use: str) -> dict[str, LegalBasis]:
    """The cases that `use` may rest on. The operator may add the duty to disclose, giving the law's reference."""
    return {
        code: each
        for code, each in BASES.items()
        if use in each.uses or (code == "duty" and settings.DISCLOSURE_DUTY_REFERENCE)
    }


def require_parts(entry: LegalException) -> None:
    """Refuse an entry whose case is not offered for its use, or that lacks a part, naming it."""
    basis = offered(entry.use).get(entry.basis)
    if basis is None:
        raise Refusal("basis_not_offered", _("The agreement does not name this case here."), field="basis")
    for part in basis.parts:
        if not getattr(entry, part):
            message = _("This case needs: %(part)s.") % {"part": PARTS[part]}
            raise Refusal("part_missing", message, field=part, part=part)
    if entry.contract is not None and entry.contract.employee_id != entry.subject_id:
        raise Refusal("foreign_contract", _("This contract is not with the person."), field="contract")


def require(
    entry: LegalException, *, use: str, subject: Employee, names: Iterable[str], now: datetime
) -> None:
    """Raise unless the entry permits `use` of exactly these fields of this person now."""
    entry = LegalException.objects.select_related("contract", "organization").get(pk=entry.pk)
    today = clock.local_date(now, entry.organization.time_zone)
    require_parts(entry)
    if entry.use != use or entry.subject_id != subject.pk:
        raise NotPermitted("exception_elsewhere", _("This entry is about another use or another person."))
    if entry.state != State.APPROVED:
        raise NotPermitted("exception_not_approved", _("This entry is not approved."))
    if not holds(entry, today):
        raise NotPermitted("exception_expired", _("This entry no longer holds."))
    if beyond := set(names) - set(entry.fields):
        message = _("The entry does not name: %(fields)s.") % {"fields": ", ".join(sorted(beyond))}
        raise NotPermitted("field_not_named", message)


def holds(entry: LegalException, today: date) -> bool:
    """Whether the entry's own time, and its contract's, has not run out."""
    contract = entry.contract
    if contract is not None and not (
        contract.starts_on <= today and (contract.ends_on is None or today <= contract.ends_on)
    ):
        return False
    return entry.expires_on is None or today <= entry.expires_on


def is_overdue(entry: LegalException, today: date) -> bool:
    """Whether the review that the entry was to have has not been done in time."""
    return entry.review_on is not None and entry.reviewed_at is None and today > entry.review_on
