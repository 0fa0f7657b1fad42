"""How a case ends: answered, in part, or refused on a listed ground. Each answer tells the way to complain."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.core.erasure import copies
from qince.core.erasure.models import Copy
from qince.core.rights import papers, queries, telling
from qince.core.rights.actions.handling import held
from qince.core.rights.asking import asked, is_restricted, may_correct
from qince.core.rights.grounds import REFUSALS, Ground
from qince.core.rights.kinds import Asked, Kind, rules_of
from qince.core.rights.models import Case, CaseFile, Legacy, Onward, Refused, Review
from qince.core.rights.rules import HANDLE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

State = Case.State
# Kept with the case, in the language of whoever collected.
COLLECTED = _("The copy of your data was made and collected.")
HANDED_OVER = _("The copy of the data was made and handed over.")


@action("rights.answer_case", permission=HANDLE)
def answer_case(
    actor: Actor, case: Case, *, now: datetime, answer: str, solution: str = "", is_partial: bool = False
) -> Case:
    """Answer and close. What the kind demands must be done first; each missing step is named."""
    found = held(actor, case)
    if not answer.strip():
        raise Refusal("answer_required", _("Write what the person is told."), field="answer")
    _require_ready(found)
    found.answer, found.solution = answer.strip(), solution.strip()
    found.state = State.PARTLY if is_partial else State.ANSWERED
    _finish(actor, found, now)
    return found


def _require_ready(case: Case) -> None:
    """Identity, leave, fee, the act itself, and word to past recipients."""
    require_releasable(case)
    wanted = "" if case.is_carried_out else asked(case)
    if wanted == Asked.DELETE and not case.is_carried_out:
        raise Refusal("not_carried_out", _("Carry the deletion out first, or refuse on a listed ground."))
    if wanted == Asked.COPY and not _copy_lies_ready(case):
        raise Refusal("copy_not_made", _("Have the copy made first, or refuse on a listed ground."))
    if wanted == Asked.CORRECT and may_correct(case):
        raise Refusal("not_corrected", _("Correct the data first, or refuse on a listed ground."))
    if wanted == Asked.RESTRICT and not is_restricted(case):
        raise Refusal("not_restricted", _("Restrict the use first, or refuse on a listed ground."))
    if case.kind == Kind.OBJECT and case.reviews.filter(state=Review.State.HUMAN_REVIEW).exists():
        raise Refusal("review_open", _("A person must decide on the machine's decision first."))
    if case.onward.filter(state=Onward.State.TO_SEND).exists():
        raise Refusal("recipients_untold", _("Tell each recipient first, or say why one is not told."))


def _copy_lies_ready(case: Case) -> bool:
    """Collected, or there to be collected: then what was asked for has been given."""
    made = copies.copies_for(case.organization_id, case)  # type: ignore[arg-type]
    given = Q(state=Copy.State.READY) | Q(collected_at__isnull=False)
    return bool(made.filter(given).exists())


@action("rights.close_collected")
def close_collected(
    actor: Actor, case: Case, *, now: datetime, by: UUID | None, is_handed_over: bool
) -> Case:
    """The copy was collected or handed over: the case has what it asked for. By the event alone."""
    found: Case = Case.objects.select_for_update().get(pk=case.pk)
    found.is_carried_out = True
    found.answer = str(HANDED_OVER if is_handed_over else COLLECTED)
    found.state, found.answered_at = State.ANSWERED, now
    found.answered_by_id = by or found.handler_id
    close(found, now=now)
    note(found, state=found.state)
    telling.person(actor, found, telling.ANSWERED, now=now, answer=found.answer)
    return found


def require_releasable(case: Case) -> None:
    """Nothing leaves, and nothing is carried out, before identity, leave and fee are settled (C6.7-02)."""
    if rules_of(case.kind).needs_identity and case.verified_at is None:
        raise Refusal("not_verified", _("Check the identity first: without it nothing leaves."))
    if case.authorization == Case.Authorization.WAITING:
        raise Refusal("not_authorized", _("The administrator has not decided yet."))
    if case.fee is not None and case.fee_accepted_at is None:
        raise Refusal("fee_open", _("The person has not accepted the fee. Wait, or waive it."))
    if case.kind == Kind.RELATIVE:
        _follow_instruction(case)


def _follow_instruction(case: Case) -> None:
    """What the person arranged beforehand comes before what relatives ask for (C6.6-02).

    To erase everything is carried out, whoever brings the proof of death; a copy goes to the person named alone.
    """
    wish = queries.legacy_of(case.subject_id)
    if wish is None or wish.wish == Legacy.Wish.ERASE:
        return
    if wish.wish == Legacy.Wish.GIVE and wish.trusted_name == case.contact_name:
        return
    raise Refusal(
        "instruction_overrides",
        _("The person left an instruction: %(wish)s. It comes before this request.")
        % {"wish": wish.get_wish_display()},
    )


@action("rights.refuse_case", permission=HANDLE)
def refuse_case(actor: Actor, case: Case, *, now: datetime, ground: str, text: str, **given: Any) -> Refused:
    """Refuse on one of the listed grounds, with what that ground demands on file. Some wait for a second person."""
    found, rule = held(actor, case), REFUSALS.get(ground)
    if rule is None:
        raise Refusal(
            "unknown_ground", _("A request may be refused on a listed ground only."), field="ground"
        )
    if not text.strip():
        raise Refusal("text_required", _("Write what the person is told."), field="text")
    refused = Refused(
        case=found,
        ground=ground,
        text=text.strip(),
        reference=str(given.get("reference") or "").strip(),
        harm=str(given.get("harm") or "").strip(),
        tried=str(given.get("tried") or "").strip(),
        partial_answer=str(given.get("partial_answer") or "").strip(),
        offers_key_destruction=bool(given.get("offers_key_destruction")),
        silent_until=given.get("silent_until"),
        proposed_by_id=actor.person_id,
        proposed_at=now,
    )
    _require(rule, refused, found, queries.today(now))
    found.refusals.filter(approved_at__isnull=True).delete()
    refused.save(force_insert=True)
    note(found, ground=ground, waits=rule.second_person)
    if rule.second_person:
        found.save()
        telling.officers(actor, found, telling.NEW, now=now)
    else:
        _take_effect(actor, found, refused, now)
    return refused


def _require(rule: Ground, refused: Refused, case: Case, today: date) -> None:
    if rule.earlier and queries.like_cases(case).count() < rule.earlier:
        raise Refusal(
            "no_repetition", _("There are fewer than two earlier requests of this kind."), field="ground"
        )
    if rule.reference and not refused.reference:
        raise Refusal(
            "reference_required", _("Give the %(what)s.") % {"what": rule.reference}, field="reference"
        )
    if rule.harm and not refused.harm:
        raise Refusal("harm_required", _("Name the harm."), field="harm")
    if rule.tried and not refused.tried:
        raise Refusal("tried_required", _("Say %(what)s.") % {"what": rule.tried}, field="tried")
    if rule.partial and not refused.partial_answer and not (rule.or_reason and refused.tried):
        raise Refusal("partial_required", _("Give a partial answer first."), field="partial_answer")
    if rule.key_offer and not refused.offers_key_destruction:
        raise Refusal(
            "offer_required", _("Offer to destroy the keys instead: backups become unreadable at once."),
            field="offers_key_destruction",
        )  # fmt: skip
    if rule.evidence and not case.files.filter(role=CaseFile.Role.EVIDENCE).exists():
        raise Refusal("evidence_required", _("Attach the evidence first."), field="ground")
    if refused.silent_until is not None and (not rule.may_be_silent or refused.silent_until <= today):
        raise Refusal(
            "invalid_silence", _("Silence needs this ground and a day to come."), field="silent_until"
        )


@action("rights.approve_refusal", permission=HANDLE)
def approve_refusal(actor: Actor, case: Case, *, now: datetime) -> Case:
    """The second person's yes; who proposed cannot give it (C6.7-08, C6.7-11)."""
    found = held(actor, case)
    waiting = found.refusals.filter(approved_at__isnull=True).first()
    if waiting is None:
        raise Refusal("nothing_proposed", _("No refusal waits for a second person."))
    if waiting.proposed_by_id == actor.employee_id:
        raise Refusal("second_person", _("You proposed it: a second person must agree."))
    waiting.approved_by_id, waiting.approved_at = actor.employee_id, now
    waiting.save()
    _take_effect(actor, found, waiting, now)
    return found


def _take_effect(actor: Actor, case: Case, refused: Refused, now: datetime) -> None:
    case.answer = "\n\n".join(part for part in (refused.partial_answer, refused.text) if part)
    case.silent_until = refused.silent_until
    case.state = State.PARTLY if refused.partial_answer else State.REFUSED
    _finish(actor, case, now)


def _finish(actor: Actor, case: Case, now: datetime) -> None:
    case.answered_at, case.answered_by_id = now, actor.employee_id
    close(case, now=now)
    note(case, state=case.state)
    if not case.is_silent(queries.today(now)):
        telling.person(actor, case, telling.ANSWERED, now=now, answer=case.answer)


def close(case: Case, *, now: datetime) -> None:
    """What ends with a case: proofs of identity and kinship, the device's data, an open authorization."""
    if case.authorization == Case.Authorization.WAITING:
        case.authorization = Case.Authorization.NOT_NEEDED
    case.save()
    papers.erase_proofs(case, now=now)
    case.diagnostics.all().delete()


@action("rights.end_silence")
def end_silence(actor: Actor, *, now: datetime) -> int:
    """Tell those whose silence ends today; by the daily job alone (C6.7-13)."""
    due = list(Case.objects.select_for_update().filter(silent_until__lte=queries.today(now)))
    for case in due:
        case.silent_until = None
        case.save(update_fields=["silent_until"])
        note(case, silence_ended=True)
        telling.person(actor, case, telling.ANSWERED, now=now, answer=case.answer)
    return len(due)
