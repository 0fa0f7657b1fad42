"""Working on a case: taking it, checking identity, leave of the administrator, papers, fee. Each looks who may."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.core.rights import clocks, queries, telling
from qince.core.rights.actions.opening import proceed, require_asked
from qince.core.rights.kinds import Kind, rules_of
from qince.core.rights.models import Case, CaseEntry, CaseFile
from qince.core.rights.rules import AUTHORIZE, HANDLE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal

State, Authorization = Case.State, Case.Authorization


def held(actor: Actor, case: Case) -> Case:
    """The case, fresh, locked and open, if the actor may handle it: nobody handles their own, nor one they are barred
    from (complaints and escalations go to a second person).
    """
    found = _locked(case)
    if not found.is_open:
        raise Refusal("closed", _("This case is closed."))
    require_other(actor, found)
    if found.handler_id is None:
        found.handler_id = actor.employee_id
    return found


def require_other(actor: Actor, case: Case) -> None:
    if actor.employee_id is not None and actor.employee_id == case.subject_id:
        raise Refusal("own_case", _("This is your own request: somebody else must handle it."))
    if actor.employee_id is not None and actor.employee_id == case.barred_id:
        raise Refusal("second_handler", _("You handled the first case: somebody else must take this one."))


def _locked(case: Case) -> Case:
    found: Case | None = Case.objects.select_for_update().filter(pk=case.pk).first()
    if found is None:
        raise NotFound
    return found


@action("rights.take_case", permission=HANDLE)
def take_case(actor: Actor, case: Case, *, now: datetime) -> Case:
    """Make it one's own."""
    found = held(actor, case)
    before, found.handler_id = found.handler_id, actor.employee_id
    found.save()
    note(found, handler=(str(before or ""), actor.name))
    return found


@action("rights.escalate", permission=HANDLE)
def escalate(actor: Actor, case: Case, *, now: datetime, reason: str) -> Case:
    """Hand it to a second person; the first one cannot take it back (C2.3.2-05)."""
    found = held(actor, case)
    found.barred_id, found.handler, found.escalated_at = found.handler_id, None, now
    found.save()
    CaseEntry.objects.create(
        case=found, kind=CaseEntry.Kind.NOTE, text=reason, by_id=actor.employee_id, at=now
    )
    note(found, escalated=True)
    telling.officers(actor, found, telling.NEW, now=now)
    return found


@action("rights.verify_identity", permission=HANDLE)
def verify_identity(
    actor: Actor, case: Case, *, now: datetime, how: str, subject: Employee | None = None,
    asked: str = "", contact_mobile: str = "", contact_email: str = "",
) -> Case:  # fmt: skip
    """Put on record how identity was checked; relatives and guardians must have shown their standing (C6.7-02).

    Somebody who wrote and turns out to be no member is a contact person outside; `asked` says what they want.
    """
    found = held(actor, case)
    if found.verified_at is not None:
        raise Refusal("verified", _("Identity was checked already."))
    if not how.strip():
        raise Refusal("how_required", _("Say how identity was checked."), field="how")
    _require_proofs(found)
    _settle_whose(found, subject, asked)
    found.contact_mobile = contact_mobile or found.contact_mobile
    found.contact_email = contact_email or found.contact_email
    if found.contact_at is None and (found.contact_mobile or found.contact_email):
        found.contact_at = now
    found.verified_at, found.verified_by_id, found.verified_how = now, actor.employee_id, how.strip()
    clocks.start_second(found, zone=queries.zone())
    proceed(actor, found, now=now)
    note(found, verified=True, due_on=found.due_on)
    return found


def _settle_whose(case: Case, subject: Employee | None, asked: str) -> None:
    """Whose data it is about, and what is asked for where the kind leaves that open."""
    if case.kind == Kind.OUTSIDE and subject is not None:
        raise Refusal(
            "is_member",
            _("A contact person outside is no member. Enter a member's request as a case of its own kind."),
            field="subject",
        )
    case.subject = subject or case.subject
    if case.kind == Kind.QUERY and case.subject is None and asked:
        case.kind = Kind.OUTSIDE
    if case.subject is None and case.kind not in (Kind.OUTSIDE, Kind.QUERY, Kind.FEEDBACK):
        raise Refusal("subject_required", _("Choose whose data it is about."), field="subject")
    require_asked(case, asked)
    case.asked = asked or case.asked
    if rules_of(case.kind).says_asked and not case.asked:
        raise Refusal("asked_required", _("Say what is asked for."), field="asked")


def _require_proofs(case: Case) -> None:
    there = set(case.files.filter(erased_at__isnull=True).values_list("role", flat=True))
    missing = [role for role in rules_of(case.kind).proofs if role not in there]
    if missing:
        words = [str(CaseFile.Role(role).label) for role in missing]
        raise Refusal(
            "proof_missing",
            _("Add first: %(what)s.") % {"what": ", ".join(words)},
            field="how",
            missing=missing,
        )


@action("rights.verify_account", permission=HANDLE)
def verify_account(
    actor: Actor, case: Case, *, now: datetime, organization: str, name: str, department: str, mobile: str
) -> Case:
    """The service desk's check: tenant, name, department and number must all fit the address book (C2.3.2-01)."""
    found = held(actor, case)
    subject = found.subject
    if subject is None or not _fits(subject, organization, name, department, mobile):
        raise Refusal(
            "does_not_fit",
            _("What the caller said does not fit the address book. Ask again, or use another way."),
        )
    return verify_identity(actor, found, now=now, how="account", contact_mobile=subject.mobile)


def _fits(subject: Employee, organization: str, name: str, department: str, mobile: str) -> bool:
    departments = set(
        subject.memberships.filter(ends_on__isnull=True).values_list("department__name", flat=True)
    )
    said = department.strip()
    return (
        organization.strip() in (subject.organization.name, subject.organization.credit_code)
        and name.strip() == subject.name
        and (said in departments if departments else said == "")
        and mobile.strip().lstrip("+") in (subject.mobile.lstrip("+"), subject.mobile.removeprefix("+86"))
    )


@action("rights.authorize_case", permission=AUTHORIZE)
def authorize_case(actor: Actor, case: Case, *, now: datetime) -> Case:
    """The tenant administrator's leave for a member's deletion or cancellation (C6.2-10)."""
    found = _waiting(actor, case)
    found.authorization, found.authorized_by_id = Authorization.GIVEN, actor.employee_id
    found.state = State.WORKING
    found.save()
    note(found, authorization=("waiting", "given"))
    return found


@action("rights.decline_case", permission=AUTHORIZE)
def decline_case(actor: Actor, case: Case, *, now: datetime, reason: str) -> Case:
    """The administrator says no; that ends nothing: the privacy officer decides (C6.2-10)."""
    found = _waiting(actor, case)
    if not reason.strip():
        raise Refusal("reason_required", _("Give the reason."), field="reason")
    found.authorization_text, found.authorized_by_id = reason.strip(), actor.employee_id
    pass_to_officer(actor, found, Authorization.DECLINED, now=now)
    return found


def _waiting(actor: Actor, case: Case) -> Case:
    """The leave is a second person's: neither whose request it is nor who handles it gives it to themselves."""
    found = _locked(case)
    if found.authorization != Authorization.WAITING:
        raise Refusal("not_waiting", _("This case does not wait for an authorization."))
    if actor.employee_id == found.subject_id:
        raise Refusal("own_case", _("This is your own request: somebody else must handle it."))
    if actor.employee_id is not None and actor.employee_id == found.handler_id:
        raise Refusal("second_person", _("You handle this request: another administrator must decide."))
    return found


def pass_to_officer(actor: Actor, case: Case, why: str, *, now: datetime) -> None:
    """Silence or refusal of the administrator: the officer has it from now on."""
    before, case.authorization, case.state, case.escalated_at = case.authorization, why, State.WORKING, now
    case.save()
    note(case, authorization=(before, why))
    telling.officers(actor, case, telling.ESCALATED, now=now)


@action("rights.escalate_silent")
def escalate_silent(actor: Actor, *, now: datetime) -> int:
    """Pass on what administrators left unanswered; by the hourly job alone."""
    today = queries.today(now)
    waiting = Case.objects.select_for_update().filter(
        authorization=Authorization.WAITING, authorization_due_on__lt=today
    )
    found = list(waiting)
    for case in found:
        pass_to_officer(actor, case, Authorization.SILENT, now=now)
    return len(found)


@action("rights.set_fee", permission=HANDLE)
def set_fee(actor: Actor, case: Case, *, now: datetime, amount: Decimal, reason: str) -> Case:
    """Ask a fee, with the reason, before any of the work; the person accepts it or nothing is charged (C6.7-05)."""
    found = held(actor, case)
    if not reason.strip():
        raise Refusal("reason_required", _("A fee needs its reason."), field="reason")
    if amount <= 0:
        raise Refusal("invalid_fee", _("A fee is more than nothing."), field="amount")
    found.fee, found.fee_reason, found.fee_accepted_at = amount, reason.strip(), None
    found.save()
    note(found, fee=str(amount), like_requests=queries.like_cases(found).count())
    telling.person(actor, found, telling.FEE, now=now, fee=str(amount), reason=found.fee_reason)
    return found


@action("rights.waive_fee", permission=HANDLE)
def waive_fee(actor: Actor, case: Case, *, now: datetime) -> Case:
    found = held(actor, case)
    before, found.fee, found.fee_accepted_at = found.fee, None, None
    found.save()
    note(found, fee=(str(before or ""), ""))
    return found


@action("rights.accept_fee", permission=None)
def accept_fee(actor: Actor, case: Case, *, now: datetime) -> Case:
    """The person's own word that the fee is accepted."""
    found = _locked(queries.own_case(actor.person_id, case.pk))
    if found.fee is None or not found.is_open:
        raise Refusal("no_fee", _("No fee is asked for this case."))
    found.fee_accepted_at = found.fee_accepted_at or now
    found.save()
    note(found, fee_accepted=str(found.fee))
    return found


@action("rights.take_back", permission=None)
def take_back(actor: Actor, case: Case, *, now: datetime) -> Case:
    """The person no longer wants it, as long as it is open."""
    from qince.core.rights.actions.closing import close

    found = _locked(queries.own_case(actor.person_id, case.pk))
    if not found.is_open or found.is_carried_out:
        raise Refusal("closed", _("This case is closed."))
    found.state, found.answered_at = State.TAKEN_BACK, now
    close(found, now=now)
    note(found, state=State.TAKEN_BACK)
    return found


@action("rights.write_entry", permission=HANDLE)
def write_entry(
    actor: Actor, case: Case, *, now: datetime, kind: str, text: str, recording: str = ""
) -> CaseEntry:
    """Write down a call, a message, a conversation (C2.3.2-02)."""
    found = held(actor, case)
    found.save()
    entry = CaseEntry(
        case=found, kind=kind, text=text.strip(), recording=recording.strip(), by_id=actor.employee_id, at=now
    )
    entry.save(force_insert=True)
    note(found, entry=kind)
    return entry


@action("rights.dispute", permission=HANDLE)
def dispute(actor: Actor, case: Case, *, now: datetime, text: str) -> Case:
    """Consultation failed: the case is disputed; its export serves as evidence in court (C9-06)."""
    found = _locked(case)
    require_other(actor, found)
    found.disputed_at = found.disputed_at or now
    found.save()
    CaseEntry.objects.create(case=found, kind=CaseEntry.Kind.NOTE, text=text, by_id=actor.employee_id, at=now)
    note(found, disputed=True)
    return found
