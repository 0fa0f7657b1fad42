"""After filling in: accepting, returning, changing, deleting; what was before a change is kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.privacy.gate import Standing
from qince.engines.forms import approving
from qince.engines.forms.actions.submitting import affirm, clean, keep_files, put
from qince.engines.forms.events import SubmissionReviewed
from qince.engines.forms.models import Form, Submission, SubmissionEdit, SubmissionFile
from qince.engines.forms.queries import submissions_visible_to
from qince.engines.forms.rules import DELETE, EDIT, FILL, REVIEW
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal, require_unchanged
from qince.kit.events import publish

Status = Submission.Status
REVIEWED = (Status.ACCEPTED, Status.RETURNED, Status.REJECTED)


def _locked(rows: Any, submission: Submission) -> Submission:
    """The row, locked, if it is in the actor's reach; else as if it did not exist."""
    found: Submission | None = (
        rows.filter(pk=submission.pk)
        .select_related("form", "form_version", "employee")
        .select_for_update(of=("self",))
        .first()
    )
    if found is None:
        raise NotFound
    found.form_version.form = found.form
    return found


@action("forms.review", permission=REVIEW)
def review_submission(
    actor: Actor, submission: Submission, *, now: datetime, status: str, text: str = ""
) -> Submission:
    """Accept, return with a word on what is missing, or reject. Nobody reviews what they filled in themselves."""
    found = _locked(submissions_visible_to(actor, REVIEW), submission)
    if found.form.decided_by == Form.Decider.FLOW:
        raise Refusal("flow_decides", _("The approval flow of this form decides on it."))
    if found.employee_id == actor.employee_id:
        raise Refusal("own_work", _("Somebody else has to look at what you filled in yourself."), status=403)
    if status not in REVIEWED:
        raise Refusal("invalid", _("Choose accepted, returned or rejected."), field="status")
    if status != Status.ACCEPTED and not text.strip():
        raise Refusal("invalid", _("Say what has to be mended."), field="text")
    if found.status == status:
        raise Conflict("reviewed_already", _("Somebody has decided the same meanwhile."))
    note(found, status=(found.status, status))
    found.status, found.review_note, found.version = status, text.strip()[:500], found.version + 1
    found.save(update_fields=["status", "review_note", "version"])
    publish(SubmissionReviewed(found.pk, found.employee_id, status))
    return found


@action("forms.edit_submission", permission=None)
def edit_submission(
    actor: Actor, submission: Submission, *, now: datetime, data: Any, version: int, reason: str = "",
    department_id: UUID | None = None, attested: bool = False,
) -> Submission:  # fmt: skip
    """Change the answers of what was filled in; `version` is the one the editor saw. The earlier answers are kept.

    What was affirmed once about others' data holds for the whole submission.
    """
    own = actor.may(FILL) and submission.employee_id == actor.employee_id
    if not own and not actor.may(EDIT):
        raise Forbidden
    rows = (
        Submission.objects.filter(employee=actor.employee_id) if own else submissions_visible_to(actor, EDIT)
    )
    found = _locked(rows, submission)
    require_unchanged(found.version, version)
    require_editable(found, own)
    cleaned = clean(
        actor, found.form_version, data, now=found.filled_at, standing=Standing(found.employee_id)
    )
    told = affirm(found.form_version.read, cleaned, attested=attested or found.is_attested)
    SubmissionEdit.objects.create(
        submission=found,
        number=found.version,
        form_version=found.form_version,
        facts=found.facts,
        answers=found.answers,
        sealed=found.sealed,
        edited_by_id=actor.employee_id,
        edited_at=now,
        reason=reason.strip()[:200],
    )
    put(found, found.form_version.read, cleaned)
    newly, found.is_attested = bool(told) and not found.is_attested, found.is_attested or bool(told)
    was_returned = found.status == Status.RETURNED
    if was_returned:
        found.status = Status.SUBMITTED
    found.version += 1
    found.save()
    SubmissionFile.objects.filter(submission=found).delete()
    keep_files(found, found.form_version.read, cleaned)
    note(found, version=(version, found.version), reason=reason[:200], **(told if newly else {}))
    if was_returned and own and found.form.decided_by == Form.Decider.FLOW:
        approving.hand_in_again(actor, found, now=now, department_id=department_id)
    return found


def require_editable(submission: Submission, own: bool) -> None:
    """The form's policy, by status. Who holds the permission may change others' also when they may not themselves."""
    editing, status = submission.form.editing, submission.status
    if status in (Status.REJECTED, Status.WITHDRAWN):
        raise Conflict("is_rejected", _("What was rejected or withdrawn stays as it is. Fill in a new one."))
    if status != Status.RETURNED:
        approving.require_decided(submission)
    if own and (
        (editing == Form.Editing.NEVER and status != Status.RETURNED)
        or (editing == Form.Editing.UNTIL_REVIEWED and status == Status.ACCEPTED)
    ):
        raise Conflict("not_editable", _("This can no longer be changed. Ask your manager to return it."))


@action("forms.delete_submission", permission=DELETE)
def delete_submission(actor: Actor, submission: Submission, *, now: datetime, reason: str) -> None:
    """Remove what was filled in, with its earlier answers; that and why it was removed stays in the trail."""
    found = _locked(submissions_visible_to(actor, DELETE), submission)
    if found.status == Status.ACCEPTED:
        raise Conflict("is_accepted", _("What was accepted is not deleted. Return it first."))
    approving.require_decided(found)
    if not reason.strip():
        raise Refusal("invalid", _("Say why it is deleted."), field="reason")
    note(found, deleted=True, reason=reason.strip()[:200])
    found.delete()
