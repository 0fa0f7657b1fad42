"""Opening a case: by the person's own act, by staff for those who called or wrote, by an e-mail that came in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.core.privacy.registry import declared
from qince.core.rights import clocks, queries, registry, telling
from qince.core.rights.actions.onward import open_onward
from qince.core.rights.asking import asked
from qince.core.rights.consents import uncovered
from qince.core.rights.grounds import Deletion
from qince.core.rights.kinds import ABOUT_DECISIONS, ABOUT_OTHERS, OWN, Asked, Kind, rules_of
from qince.core.rights.models import Case, Review
from qince.core.rights.rules import HANDLE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.clock import local_date
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.identifiers import NotAMobile, mobile_e164
from qince.kit.ids import uuid7
from qince.kit.numbering import next_number
from qince.kit.validation import check_fields

# Namespace of the advisory lock that numbers cases one after the other.
NUMBERS = 0x5732  # namespace of the advisory lock that numbers cases one after the other
Channel, State, Authorization = Case.Channel, Case.State, Case.Authorization


@action("rights.open_own", permission=None)
def open_own(actor: Actor, *, id: UUID, kind: str, now: datetime, **fields: Any) -> Case:
    """A request about oneself. Being signed in is the identity check, so both clocks run at once.

    The client makes the id: a repeat is answered with the case that is there.
    """
    if (known := Case.objects.filter(pk=id).first()) is not None:
        if known.subject_id != actor.employee_id or known.kind != kind:
            raise _reused()
        return known  # type: ignore[no-any-return]
    if kind not in (*OWN, Kind.FEEDBACK):
        raise Refusal("unknown_kind", _("This kind of request cannot be opened here."), field="kind")
    case = Case(
        id=id,
        kind=kind,
        channel=Channel.PHONE if actor.client == "phone" else Channel.CONSOLE,
        subject_id=actor.person_id,
        received_at=now,
        contact_at=now,
        verified_at=now,
        verified_how="signed_in",
        **_asked(fields),
    )
    return _open(actor, case, now)


@action("rights.give_feedback", permission=None)
def give_feedback(actor: Actor, *, id: UUID, details: str, with_contact: bool, now: datetime) -> Case:
    """Feedback; without contact nothing says who gave it, and no answer can be sent (C2.3.1-01)."""
    if with_contact:
        return open_own(actor, id=id, kind=Kind.FEEDBACK, now=now, details=details)
    if (known := Case.objects.filter(pk=id).first()) is not None:
        if known.kind != Kind.FEEDBACK or known.subject_id is not None:
            raise _reused()
        return known  # type: ignore[no-any-return]
    case = Case(id=id, kind=Kind.FEEDBACK, channel=Channel.PHONE, details=details.strip(), received_at=now)
    return _open(actor, case, now)


@action("rights.enter", permission=HANDLE)
def enter(
    actor: Actor,
    *,
    kind: str,
    channel: str,
    now: datetime,
    received_at: datetime | None = None,
    **fields: Any,
) -> Case:
    """A request that came by telephone, mail or post, written down by staff. Identity is still to be checked."""
    if channel not in (Channel.HOTLINE, Channel.POST, Channel.EMAIL, Channel.COUNTER):
        raise Refusal("invalid_channel", _("Say by which way the request came."), field="channel")
    if received_at is not None and received_at > now:
        raise Refusal("future_date", _("The day cannot lie in the future."), field="received_at")
    case = Case(
        kind=kind, channel=channel, received_at=received_at or now, **_whose(kind, fields), **_asked(fields)
    )
    if case.contact_mobile or case.contact_email:
        case.contact_at = case.received_at
    return _open(actor, case, now)


@action("rights.receive_mail")
def receive_mail(actor: Actor, *, sender: str, name: str, subject: str, text: str, now: datetime) -> Case:
    """An e-mail that came in: a case of its own, whose identity is still to be checked (C9-03)."""
    case = Case(
        kind=Kind.QUERY,
        channel=Channel.EMAIL,
        contact_name=name[:60],
        contact_email=sender[:254],
        details=f"{subject}\n\n{text}"[:4000],
        received_at=now,
        contact_at=now,
    )
    return _open(actor, case, now)


@action("rights.tell_of_withdrawal")
def tell_of_withdrawal(
    actor: Actor, *, employee_id: UUID, purpose: str, client: str, now: datetime
) -> Case | None:
    """A consent was taken back by the person: whoever was given data under it has to hear of that (C6.2-08).

    A case like one that staff write down, with a task for each; none where nobody was given any.
    """
    told = [each for each in registry.recipients_of(employee_id) if purpose in each.purposes]
    if not told:
        return None
    case = Case(
        kind=Kind.WITHDRAW,
        channel=Channel.PHONE if client == "phone" else Channel.CONSOLE,
        subject_id=employee_id,
        details=_("Taken back by the person: %(purpose)s") % {"purpose": declared.purposes[purpose].title},
        received_at=now,
        contact_at=now,
        verified_at=now,
        verified_how="signed_in",
        is_carried_out=True,
    )
    _open(actor, case, now)
    open_onward(case, now=now, among=told)
    return case


@action("rights.complain", permission=None)
def complain(actor: Actor, *, id: UUID, about: Case, details: str, now: datetime) -> Case:
    """Not satisfied: a complaint tied to the first case, which somebody else must take (C6.7-04)."""
    first = queries.own_case(actor.person_id, about.pk)
    if (known := Case.objects.filter(pk=id).first()) is not None:
        if known.first_case_id != first.pk:
            raise _reused()
        return known  # type: ignore[no-any-return]
    if first.is_open and not first.is_overdue(queries.today(now)):
        raise Refusal(
            "still_open",
            _("This case is still being worked on. You can complain once it is answered or overdue."),
        )
    is_appeal = first.kind in (Kind.EXPLAIN, Kind.OBJECT)
    case = Case(
        id=id,
        kind=Kind.APPEAL if is_appeal else Kind.COMPLAINT,
        channel=Channel.PHONE if actor.client == "phone" else Channel.CONSOLE,
        subject_id=actor.person_id,
        details=details.strip(),
        first_case=first,
        barred_id=first.answered_by_id or first.handler_id,
        decision=first.decision,
        decision_id=first.decision_id,
        received_at=now,
        contact_at=now,
        verified_at=now,
        verified_how="signed_in",
    )
    return _open(actor, case, now)


def _reused() -> Conflict:
    return Conflict("id_reused", _("This id was used for another act. Nothing was overwritten."))


def _asked(fields: dict[str, Any]) -> dict[str, Any]:
    """What the request says, of the fields a request may have."""
    names = ("asked", "details", "ground", "ground_text", "is_operator_data", "decision", "decision_id", "first_case",
             "document_kind", "document_id", "document_name")  # fmt: skip
    return {name: fields[name] for name in names if fields.get(name)}


def _whose(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Person and contact as written down; a number in the address book finds the person, signed in or not.

    Not where somebody asks about another; and a contact person outside is no member, whatever the number says.
    """
    subject: Employee | None = None if kind == Kind.OUTSIDE else fields.get("subject")
    mobile = str(fields.get("contact_mobile") or "").strip()
    if mobile:
        try:
            mobile = mobile_e164(mobile)
        except NotAMobile:
            raise Refusal("invalid_mobile", _("This is no mobile number."), field="contact_mobile") from None
    name, email = (
        str(fields.get("contact_name") or "").strip(),
        str(fields.get("contact_email") or "").strip(),
    )
    if subject is None and not name:
        raise Refusal(
            "person_required",
            _("Say who asks: somebody of the address book, or a name."),
            field="contact_name",
        )
    if subject is None and mobile and kind not in (*ABOUT_OTHERS, Kind.OUTSIDE):
        subject = Employee.objects.filter(mobile=mobile).order_by("-created_at").first()
    return {"subject": subject, "contact_name": name, "contact_mobile": mobile, "contact_email": email}


def _open(actor: Actor, case: Case, now: datetime) -> Case:
    """Check, number, start the clocks, write, and tell who has to know."""
    rules, zone = rules_of(case.kind), queries.zone()
    clocks.start(case, zone=zone)
    _check(case)
    _look_at_ledger(case)
    case.number = _next_number(case, zone)
    case.save(force_insert=True)
    note(case, kind=case.kind, channel=case.channel, due_on=case.due_on)
    if case.verified_at is not None or not rules.needs_identity:
        proceed(actor, case, now=now)
    if not case.is_carried_out:  # what they did themselves just now is no news to them
        telling.person(actor, case, telling.RECEIVED, now=now)
    telling.officers(actor, case, telling.NEW, now=now)
    return case


def _check(case: Case) -> None:
    rules = rules_of(case.kind)
    if case.kind not in Kind.values:
        raise Refusal("unknown_kind", _("This kind of request is not known."), field="kind")
    require_asked(case, case.asked)
    if case.ground and case.ground not in Deletion.values:
        raise Refusal("unknown_ground", _("Choose one of the listed grounds."), field="ground")
    if case.kind == Kind.DELETE and not case.ground:
        raise Refusal("ground_required", _("Say on which ground the data is to be deleted."), field="ground")
    if case.ground == Deletion.BREACH and not case.ground_text.strip():
        raise Refusal(
            "ground_text_required", _("Say in a few words what the breach is."), field="ground_text"
        )
    if rules.needs_first_case and case.first_case is None:
        raise Refusal("first_case_required", _("Name the first case this is about."), field="first_case")
    if (
        case.kind in (Kind.CORRECT, Kind.SUPPLEMENT, Kind.SUPPORT, Kind.FEEDBACK, Kind.COMPLAINT)
        and not case.details.strip()
    ):
        raise Refusal("details_required", _("Say in a few words what it is about."), field="details")
    if case.kind in ABOUT_DECISIONS:
        _check_decision(case)
    case.number = "-"
    check_fields(case)


def require_asked(case: Case, wanted: str) -> None:
    """What is asked for is said of cases whose kind leaves it open, and of no others."""
    if wanted and (wanted not in Asked.values or not rules_of(case.kind).says_asked):
        raise Refusal("invalid_asked", _("This is not asked for by such a case."), field="asked")


def _check_decision(case: Case) -> None:
    if case.subject_id is None or case.decision_id is None:
        raise Refusal("decision_required", _("Say which machine decision it is about."), field="decision")
    if registry.replay(case.decision, case.subject_id, case.decision_id) is None:
        raise NotFound


def _look_at_ledger(case: Case) -> None:
    """A deletion of what was never agreed to needs nobody's leave: it goes the fast track (C6.2-03)."""
    if case.kind == Kind.DELETE and case.ground == Deletion.NO_CONSENT and case.subject_id:
        case.missing_consents = uncovered(case.subject_id)
        case.is_fast_track = bool(case.missing_consents)


def _next_number(case: Case, zone: str) -> str:
    """`P2026-00012`: counted per organization and year."""
    begin = f"P{local_date(case.received_at, zone).year}-"
    return next_number(Case.objects.all(), begin, digits=5, namespace=NUMBERS)


def proceed(actor: Actor, case: Case, *, now: datetime) -> None:
    """Identity is settled: to the administrator where a deletion needs leave (C6.2-10), else to work."""
    needs_leave = rules_of(case.kind).needs_authorization and case.subject_id is not None
    if needs_leave and not case.is_operator_data and not case.is_fast_track:
        case.state, case.authorization = State.AUTHORIZATION, Authorization.WAITING
        case.authorization_due_on = clocks.authorization_due(case.received_at, queries.zone())
        telling.administrators(actor, case, telling.AUTHORIZE, now=now)
    else:
        case.state = State.WORKING
    case.save()
    if asked(case) == Asked.CORRECT:  # whoever was given the wrong value hears of the right one (C6.2-08)
        open_onward(case, now=now)
    if case.kind == Kind.OBJECT:
        Review.objects.create(
            id=uuid7(), decision=case.decision, target_id=case.decision_id, employee=case.subject, case=case
        )
