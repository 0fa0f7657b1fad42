"""Forms on which an approval flow decides: each is a kind of request of its own, its plain answers are the facts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.access.queries import actor_for
from qince.engines.approvals import presenting
from qince.engines.approvals.actions import applying
from qince.engines.approvals.models import Instance
from qince.engines.approvals.presenting import Passage
from qince.engines.approvals.registry import Fact, FactKind, Subject, code_in, family
from qince.engines.forms import reading
from qince.engines.forms.events import SubmissionReviewed
from qince.engines.forms.keeping import SEALED, place_of
from qince.engines.forms.models import Form, FormVersion, Submission
from qince.engines.forms.queries import published
from qince.engines.forms.rules import FILL
from qince.engines.forms.schema import Kind, Layout
from qince.engines.forms.schema.layout import Place
from qince.engines.forms.schema.types import spoken
from qince.engines.forms.words import label_of, language_of
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, Text
from qince.kit.events import publish
from qince.kit.keeping import kept
from qince.kit.tenancy import current_organization_id

PREFIX = "forms.form"
Status = Submission.Status
# What conditions may ask of an answer, by the kind of its field. Long lists, files and places are nothing to compare.
FACTS: dict[Kind, FactKind] = {
    Kind.NUMBER: "number", Kind.INTEGER: "number", Kind.FORMULA: "number", Kind.CHOICE: "choice",
    Kind.CHOICES: "choice", Kind.TEXT: "text", Kind.DATE: "date", Kind.PERSON: "person",
}  # fmt: skip

TELLING = {Kind.TEXT, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER, Kind.INTEGER, Kind.DATE}


def names_key(organization_id: UUID) -> str:
    return f"forms.names:{organization_id}"


def _names() -> Mapping[UUID, str]:
    """What published forms are called: requests on any of them are listed by it."""

    def read() -> dict[UUID, str]:
        return dict(Form.objects.exclude(number=0).order_by("name").values_list("pk", "name"))

    return kept(names_key(current_organization_id()), read)  # type: ignore[no-any-return]


def _offered() -> Mapping[UUID, str]:
    rows = Form.objects.exclude(number=0).filter(decided_by=Form.Decider.FLOW)
    return dict(rows.order_by("name").values_list("pk", "name"))


def _find(form_id: UUID) -> Subject | None:
    form = Form.objects.exclude(number=0).filter(pk=form_id).first()
    if form is None:
        return None
    return Subject(
        code=code_in(PREFIX, form.pk), name=form.name, apply=FILL, facts=_facts(published(form)), summary=summary,
        on_approved=_accept, on_revoked=_undo, on_closed=_close, on_returned=_return,
        edit_page=lambda instance: reverse("forms:change", args=[instance.target_id]),
        phone_page=lambda instance: f"/forms/sent/{instance.target_id}", require=None, icon="checklist",
    )  # fmt: skip


def _askable(layout: Layout) -> list[Place]:
    """Answers that a condition may ask: one for the whole form, and not sealed, since facts are kept in the open."""
    return [
        place
        for place in layout.places.values()
        if place.field.kind in FACTS and not place.tables and place_of(place.field) != SEALED
    ]


def _facts(version: FormVersion) -> tuple[Fact, ...]:
    layout = version.layout
    return tuple(
        Fact(
            place.field.id, label_of(layout, place.field.id), FACTS[place.field.kind], _choices(layout, place)
        )
        for place in _askable(layout)
    )


def _choices(layout: Layout, place: Place) -> tuple[tuple[str, Text], ...]:
    definition = layout.definition
    language = language_of(definition)
    return tuple(
        (each.value, spoken(each.label, language, definition.language) or each.value)
        for each in layout.options(place.field)
    )


def code_of(submission: Submission) -> str:
    return code_in(PREFIX, submission.form_id)  # type: ignore[arg-type]


def _application(submission: Submission, department_id: UUID | None = None) -> applying.Application:
    """What is handed in. Facts are those the form in force declares: an older version may lack some."""
    known = {place.field.id for place in _askable(published(submission.form).layout)}
    given = {**submission.facts, **submission.answers}
    facts = {key: given[key] for key in known & given.keys()}
    return applying.Application(code_of(submission), submission.pk, _title(submission), facts, department_id)


def _title(submission: Submission) -> str:
    """The first answers in words: by them lists tell one request from another."""
    layout, given = submission.form_version.layout, {**submission.facts, **submission.answers}
    told = [
        reading.shown(layout, place, given[place.field.id], {})
        for place in _askable(layout)
        if place.field.kind in TELLING and place.field.id in given
    ]
    return " · ".join(told[:3])[:120]


def ahead(
    actor: Actor, submission: Submission, *, now: datetime, department_id: UUID | None
) -> list[Passage]:
    """The way it would take if it were sent as it is; it need not be kept for that."""
    return presenting.ahead(actor, _application(submission, department_id), now)


def hand_in(
    actor: Actor, submission: Submission, *, now: datetime, department_id: UUID | None = None
) -> None:
    """Start the way of what was just filled in. It may be decided when this returns."""
    applying.submit(actor, what=_application(submission, department_id), now=now)
    submission.refresh_from_db(fields=["status", "version"])


def hand_in_again(
    actor: Actor, submission: Submission, *, now: datetime, department_id: UUID | None = None
) -> None:
    """What came back was changed: another round."""
    found = request_of(submission)
    if found is None or found.status != Instance.Status.RETURNED:
        raise Conflict(
            "under_way", _("This is being decided upon. Withdraw the request first, or have it returned.")
        )
    what = _application(submission, department_id)
    applying.resubmit(
        actor, instance_id=found.pk, title=what.title, facts=what.facts, department_id=department_id, now=now
    )
    submission.refresh_from_db(fields=["status", "version"])


def request_of(submission: Submission) -> Instance | None:
    """The latest request about it."""
    rows = Instance.objects.filter(subject=code_of(submission), target_id=submission.pk)
    return rows.order_by("-submitted_at").first()


def requests_of(submissions: Sequence[Submission]) -> dict[UUID, UUID]:
    """Submission to its latest request, for those that have one."""
    keys = [each.pk for each in submissions]
    rows = Instance.objects.filter(subject__startswith=f"{PREFIX}:", target_id__in=keys)
    return dict(rows.order_by("submitted_at").values_list("target_id", "pk"))


def require_decided(submission: Submission) -> None:
    """Refused while its request is under way: who decides must find what they were asked about."""
    found = request_of(submission)
    if found is not None and found.is_under_way:
        raise Conflict(
            "under_way", _("This is being decided upon. Withdraw the request first, or have it returned.")
        )


# --- What deciders read, and what comes of it ---


def summary(instance: Instance) -> Sequence[tuple[Text, Any]]:
    """The answers, without the sealed ones: those are read on the form's own page, by who may see it."""
    submission = _target(instance)
    if submission is None:
        return []
    reader = actor_for(submission.employee, client="job", locale="")
    told = reading.told(reader, submission)
    lines: list[tuple[Text, Any]] = [(_indented(each), each.text) for each in told if not each.is_sensitive]
    if any(each.is_sensitive for each in told):
        lines.append((_("Sensitive answers"), _("Shown on the form's own page to those who may see them")))
    return lines


def _indented(line: reading.Line) -> str:
    return "· " * line.depth + line.label


def _target(instance: Instance, *, locked: bool = False) -> Submission | None:
    rows = Submission.objects.select_related("form", "form_version", "employee")
    rows = rows.select_for_update(of=("self",)) if locked else rows
    found: Submission | None = rows.filter(pk=instance.target_id).first()
    if found is not None:
        found.form_version.form = found.form
    return found


def _turn(instance: Instance, status: str) -> None:
    """The submission follows its request; where it was deleted or erased meanwhile, there is nothing to follow."""
    found = _target(instance, locked=True)
    if found is None:
        return
    found.status, found.version = status, found.version + 1
    found.save(update_fields=["status", "version"])
    publish(SubmissionReviewed(found.pk, found.employee_id, status))


def _accept(instance: Instance, now: datetime) -> None:
    _turn(instance, Status.ACCEPTED)


def _undo(instance: Instance, now: datetime) -> None:
    _turn(instance, Status.WITHDRAWN)


def _return(instance: Instance, now: datetime) -> None:
    _turn(instance, Status.RETURNED)


def _close(instance: Instance, now: datetime) -> None:
    is_rejected = instance.status == Instance.Status.REJECTED
    _turn(instance, Status.REJECTED if is_rejected else Status.WITHDRAWN)


family(PREFIX, find=_find, names=_names, offered=_offered)
