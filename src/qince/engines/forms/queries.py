"""Reads of forms; each starts from what the actor may see."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.engines.forms.assigning import assigned_form_ids
from qince.engines.forms.models import Form, FormVersion, Submission, SubmissionFile
from qince.engines.forms.rules import ASSIGN, DESIGN, FILL, VIEW
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.keeping import any_yet


def forms_visible_to(actor: Actor) -> Any:
    """Designers see all, drafts too; others what is or was published: a form is about nobody."""
    rows = Form.objects.all()
    if actor.may(DESIGN):
        return rows
    if actor.may(VIEW) or actor.may(FILL) or actor.may(ASSIGN):
        return rows.exclude(number=0)
    return rows.none()


def get_form(actor: Actor, form_id: UUID) -> Form:
    found: Form | None = forms_visible_to(actor).filter(pk=form_id).first()
    if found is None:
        raise NotFound
    return found


def used_key(organization_id: UUID) -> str:
    return f"forms.used:{organization_id}"


def are_used(actor: Actor) -> bool:
    """Whether the organization has published any form: every pull of every phone asks."""
    return any_yet(used_key(actor.organization_id), Form.objects.exclude(number=0).exists)


def published(form: Form, number: int | None = None) -> FormVersion:
    """The version in force, or that of the given number; `NotFound` when the form never was published."""
    found: FormVersion | None = (
        FormVersion.objects.filter(form=form, number=number or form.number).select_related("form").first()
    )
    if found is None:
        raise NotFound
    return found


def in_force(form: Form) -> Any:
    """The one version in force; none of a form that never was published."""
    return FormVersion.objects.filter(form=form, number=form.number)


def versions_of(form: Form) -> list[FormVersion]:
    """Every version, the newest first."""
    return list(FormVersion.objects.filter(form=form).select_related("published_by").order_by("-number"))


def submissions_visible_to(actor: Actor, permission: str = VIEW) -> Any:
    """What those filled in whom the permission reaches; who may fill in sees the own ones in any case."""
    rows = Submission.objects.all()
    if actor.may(permission):
        return actor.scope(permission).filter(rows, "employee")
    if permission == VIEW and actor.may(FILL):
        return rows.filter(employee=actor.employee_id)
    return rows.none()


def get_submission(actor: Actor, submission_id: UUID, permission: str = VIEW) -> Submission:
    rows = submissions_visible_to(actor, permission).select_related(
        "form", "form_version", "employee", "assignment"
    )
    found: Submission | None = rows.filter(pk=submission_id).first()
    if found is None:
        raise NotFound
    found.form_version.form = found.form
    return found


def shows_file(actor: Actor, blob_id: UUID) -> bool:
    """Whether something filled in, in sight, holds this file: what `core.files` asks."""
    seen = submissions_visible_to(actor)
    return bool(SubmissionFile.objects.filter(blob=blob_id, submission__in=seen).exists())


def facts_of(submission: Submission) -> dict[str, Any]:
    """Every answer by the stable id of its field, for conditions and reports of others."""
    return submission.data


def fillable(actor: Actor) -> Any:
    """Published forms that the actor may fill in: open to all, or assigned."""
    if not actor.may(FILL) or actor.employee_id is None:
        return Form.objects.none()
    assigned = assigned_form_ids(actor.employee_id)
    return Form.objects.filter(Q(is_open_to_all=True) | Q(pk__in=assigned), state=Form.State.PUBLISHED)
