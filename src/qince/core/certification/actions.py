"""Applying for certification, and the operator's decisions. Who handed in what is on record; numbers never are."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from qince.core.certification.models import Certification, CertifiedCode
from qince.core.certification.rules import CERTIFICATES, MANAGE
from qince.core.organizations.actions import checked_credit_code
from qince.core.organizations.models import Organization
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.clock import local_date
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.identifiers import NotAResidentId, resident_id
from qince.kit.papers import Paper
from qince.kit.validation import check_fields

State = Certification.State
_WORDS = (
    "certificate",
    "name",
    "credit_code",
    "address",
    "representative",
    "id_kind",
    "id_number",
    "valid_to",
)


@action("certification.enter", permission=MANAGE)
def enter(
    actor: Actor, *, now: datetime, licence: Paper | None, letter: Paper | None, **words: Any
) -> Certification:
    """Write the draft, or write it anew. A file or identity number left out stays as it was in the draft."""
    organization = _organization(actor)
    draft = Certification.objects.select_for_update().filter(state=State.DRAFT).first() or Certification()
    if not words.get("id_number"):
        words.pop("id_number", None)
    for name in _WORDS:
        if name in words:
            setattr(draft, name, words[name])
    _check(draft, organization, now)
    for field, given in (("licence", licence), ("letter", letter)):
        if given is not None:
            setattr(draft, field, given.content)
            setattr(draft, f"{field}_type", given.media_type)
        elif not getattr(draft, field):
            raise Refusal("required", _("Required."), field=field)
    draft.entered_by_id, draft.entered_at = actor.employee_id, now
    draft.save()
    note(draft, certificate=draft.certificate, credit_code=draft.credit_code)
    return draft


def _check(draft: Certification, organization: Organization, now: datetime) -> None:
    if draft.certificate not in CERTIFICATES[organization.kind]:
        raise Refusal(
            "wrong_certificate",
            _("An organization of this kind hands in another certificate."),
            field="certificate",
        )
    draft.credit_code = checked_credit_code(draft.credit_code)
    if not draft.representative:
        raise Refusal("required", _("Required."), field="representative")
    draft.id_number = _checked_id(draft.id_kind, draft.id_number or "")
    if draft.valid_to is not None and draft.valid_to < _today(organization, now):
        raise Refusal("certificate_expired", _("This certificate has run out."), field="valid_to")
    check_fields(draft, but={"licence", "letter", "licence_type", "letter_type", "entered_at"})


def _checked_id(kind: str, number: str) -> str:
    if not number.strip():
        raise Refusal("required", _("Required."), field="id_number")
    if kind != Certification.IdKind.RESIDENT:
        return number.strip()
    try:
        return resident_id(number)
    except NotAResidentId as error:
        raise Refusal(
            "not_an_id_number", _("This is not a valid identity card number."), field="id_number"
        ) from error


@action("certification.submit", permission=MANAGE)
def submit(actor: Actor, *, is_authorized: bool, now: datetime) -> Certification:
    """Hand the draft to the operator, with the statement that the organization authorized it (C2.1.2-21).

    Where it names another organization or legal representative than the approved one, that one ends here.
    """
    draft = Certification.objects.select_for_update().filter(state=State.DRAFT).first()
    if draft is None:
        raise NotFound
    if not is_authorized:
        raise Refusal(
            "authority_missing",
            _("Confirm that your organization has authorized you to apply."),
            field="is_authorized",
        )
    if Certification.objects.filter(state=State.SUBMITTED).exists():
        raise Conflict("being_checked", _("An application is being checked already."))
    approved = Certification.objects.select_for_update().filter(state=State.APPROVED).first()
    if approved is not None and _names_another(draft, approved):
        _end(approved)
    draft.state, draft.attested_by_id, draft.attested_at = State.SUBMITTED, actor.employee_id, now
    draft.save()
    note(draft, state=(State.DRAFT, State.SUBMITTED), authority=True)
    return draft


def _names_another(one: Certification, other: Certification) -> bool:
    names = ("name", "credit_code", "representative", "id_number")
    return any(getattr(one, name) != getattr(other, name) for name in names)


@action("certification.approve")
def approve(actor: Actor, *, decided_by: str, now: datetime) -> Certification:
    """The operator's yes. A credit code is certified for one organization only."""
    found = _submitted()
    if found.valid_to is not None and found.valid_to < _today(_organization(actor), now):
        raise Refusal("certificate_expired", _("This certificate has run out."))
    for earlier in Certification.objects.select_for_update().filter(state=State.APPROVED):
        _end(earlier)
    try:
        with transaction.atomic():
            CertifiedCode.objects.create(
                credit_code=found.credit_code,
                organization_id=actor.organization_id,
                valid_to=found.valid_to,
            )
    except IntegrityError as error:
        raise Conflict(
            "code_certified", _("Another organization is certified under this credit code.")
        ) from error
    return _decided(found, State.APPROVED, decided_by, "", now)


@action("certification.reject")
def reject(actor: Actor, *, decided_by: str, reason: str, now: datetime) -> Certification:
    """The operator's no, with the reason; another draft may follow."""
    if not reason.strip():
        raise Refusal("reason_required", _("Say why, so that it can be mended."), field="reason")
    return _decided(_submitted(), State.REJECTED, decided_by, reason.strip()[:300], now)


@action("certification.open_papers")
def open_papers(actor: Actor, *, decided_by: str) -> Certification:
    """The operator looks at the papers of the application being checked: on record, for they are sensitive."""
    found = _submitted()
    note(found, opened=decided_by)
    return found


@action("certification.expire")
def expire(actor: Actor, *, now: datetime) -> bool:
    """End a certification whose certificate has run out; whether there was one."""
    today = _today(_organization(actor), now)
    found = Certification.objects.select_for_update().filter(state=State.APPROVED, valid_to__lt=today).first()
    if found is None:
        return False
    _end(found)
    return True


def _end(found: Certification) -> None:
    found.state = State.EXPIRED
    found.save()
    CertifiedCode.objects.filter(organization=found.organization_id).delete()
    note(found, state=(State.APPROVED, State.EXPIRED))


def _decided(found: Certification, state: str, by: str, reason: str, now: datetime) -> Certification:
    found.state, found.decided_by, found.decided_at, found.reason = state, by[:60], now, reason
    found.save()
    note(found, state=(State.SUBMITTED, state), decided_by=by)
    return found


def _submitted() -> Certification:
    found: Certification | None = (
        Certification.objects.select_for_update().filter(state=State.SUBMITTED).first()
    )
    if found is None:
        raise NotFound(_("Nothing is waiting to be checked."))
    return found


def _organization(actor: Actor) -> Organization:
    return Organization.objects.get(pk=actor.organization_id)


def _today(organization: Organization, now: datetime) -> date:
    return local_date(now, organization.time_zone)
