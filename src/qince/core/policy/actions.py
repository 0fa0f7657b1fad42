"""Acts about the policy: deciding on a change, commenting on one, weighing the impact of a purpose."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.access.second import require_second
from qince.core.accounts.limits import Limit, spend
from qince.core.policy.models import Assessment, Comment, Release
from qince.core.policy.rules import ASSESS, SIGN, VIEW
from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.gate import CHANGE
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.registry import declared
from qince.kit.action import action, note, note_set
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.validation import check

Act = ConsentEntry.Act
COMMENTS = Limit("policy-comments", 10, timedelta(hours=1))


def answer_change(
    actor: Actor, *, key: UUID, agrees: bool, notice_hash: str, method: str, now: datetime
) -> None:
    """Put the person's own decision on a considerable change on record. Declining keeps the earlier scope."""
    decision = Decision(
        id=key,
        purpose=CHANGE,
        act=Act.GRANTED if agrees else Act.DECLINED,
        notice_hash=notice_hash[:64],
        method=method,
        occurred_at=now,
    )
    record_consent(actor, decision=decision, now=now)


def comment_on(
    release: Release, *, name: str, text: str, source: str, employee_id: UUID | None = None, now: datetime
) -> Comment:
    """Add a comment of anybody's while the release is open for comments."""
    if not is_open_for_comments(release, now):
        raise Refusal("comments_closed", _("Comments on this release are closed."))
    if not text.strip():
        raise Refusal("comment_empty", _("Write your comment first."), field="text")
    spend(COMMENTS, source, now=now)
    return Comment.objects.create(
        release=release, employee_id=employee_id, name=name.strip()[:60], text=text.strip()[:2000], at=now
    )


def is_open_for_comments(release: Release, now: datetime) -> bool:
    return release.comments_close_at is not None and release.announced_at <= now < release.comments_close_at


@action("policy.assess", permission=ASSESS)
def write_assessment(
    actor: Actor, *, now: datetime, subject: str, risk: str, necessity: str, effects: str, measures: str
) -> Assessment:
    """Weigh a purpose or function. Found of high risk, it is shut until somebody signs for its measures."""
    if subject not in declared.purposes and subject not in declared.functions:
        raise Refusal("unknown_subject", _("This purpose or function is not known here."), field="subject")
    made = Assessment(
        subject=subject,
        risk=risk,
        necessity=necessity,
        effects=effects,
        measures=measures,
        assessed_by_id=actor.person_id,
        assessed_at=now,
    )
    check(made)
    made.save(force_insert=True)
    note(made, subject=subject, risk=risk)
    return made


@action("policy.sign", permission=SIGN)
def sign_assessment(actor: Actor, assessment: Assessment, *, now: datetime) -> Assessment:
    """Answer for the measures of an assessment, as somebody else than who wrote it; what it held shut opens again."""
    found: Assessment | None = (
        Assessment.objects.select_for_update(of=("self",)).filter(pk=assessment.pk).first()
    )
    if found is None:
        raise NotFound
    if found.signed_at is not None:
        raise Refusal("signed_already", _("This assessment is signed already."))
    require_second(
        actor,
        first=found.assessed_by_id,  # type: ignore[attr-defined]
        permission=SIGN,
        said=_("You wrote this assessment: somebody else must sign for its measures."),
    )
    found.signed_by_id, found.signed_at = actor.person_id, now  # type: ignore[assignment]
    found.save(update_fields=["signed_by", "signed_at"])
    note(found, subject=found.subject, risk=found.risk)
    return found


@action("policy.export_processing", permission=VIEW)
def export_processing(actor: Actor, *, format: str, now: datetime) -> None:
    """Taking the record of processing away changes nothing, but stands in the trail."""
    note_set(Assessment, "processing", format=format)
