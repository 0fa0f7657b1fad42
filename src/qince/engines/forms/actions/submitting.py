"""Filling in: answers judged by their version, consents asked for, each answer put where it belongs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.core.files.models import Blob
from qince.core.privacy.gate import AT_THE_ACT, LOCATION, ConsentRequired, Standing
from qince.engines.forms import approving, assigning, others, periods, references, words
from qince.engines.forms.events import FormSubmitted
from qince.engines.forms.keeping import parted, place_of
from qince.engines.forms.models import Assignment, Form, FormVersion, Submission, SubmissionFile
from qince.engines.forms.privacy import SENSITIVE
from qince.engines.forms.queries import published
from qince.engines.forms.rules import FILL
from qince.engines.forms.schema import Definition, Kind, Problem, lay_out, validate
from qince.engines.forms.schema.types import UPLOADS
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal
from qince.kit.events import publish
from qince.kit.ids import uuid7

SENSITIVE_FUNCTION, PLACE_FUNCTION = "forms.sensitive", "forms.place"


class AnswersRefused(Refusal):
    """Answers that do not fit the form: each with its place and how to mend it."""

    def __init__(self, problems: list[Problem], definition: Definition) -> None:
        told = words.told(problems, definition)
        fields = {".".join(map(str, each["at"])) or "form": each["message"] for each in told}
        super().__init__(
            "answers_refused", words.first_sentence(problems, definition), fields=fields, problems=told
        )
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """How a submission came: by which client, under which id, for which assignment, and for which of the departments
    of somebody who is in several.
    """

    source: str = Submission.Source.API
    id: UUID | None = None
    instance_id: str = ""
    assignment: Assignment | None = None
    period_on: date | None = None
    received_at: datetime | None = None
    department_id: UUID | None = None


@action("forms.submit", permission=FILL)
def submit(
    actor: Actor,
    *,
    form: Form,
    data: Any,
    now: datetime,
    version: int | None = None,
    origin: Origin | None = None,
    standing: Standing | None = None,
    attested: bool = False,
) -> Submission:
    """Keep a form filled in at `now`. `version`: the one it was filled in on, if not that in force. `attested`: whoever
    fills in affirms that they may give what it asks about others.

    The same id twice is one submission: the first is given back. Everything is checked anew, whatever the client says.
    """
    origin = origin or Origin()
    if found := _before(actor, form, origin):
        return found
    if form.state != Form.State.PUBLISHED:
        raise Refusal("form_closed", _("This form is not open. Ask whoever gave it to you."))
    on = published(form, version)
    cleaned = clean(actor, on, data, now=now, standing=standing or Standing(actor.person_id))
    told = affirm(on.read, cleaned, attested=attested)
    assignment, period_on = _period(actor, form, origin, now)
    made = Submission(
        id=origin.id or uuid7(), form=form, form_version=on, employee_id=actor.person_id, assignment=assignment,
        period_on=period_on, instance_id=origin.instance_id, source=origin.source, filled_at=now,
        received_at=origin.received_at or now, is_attested=bool(told),
    )  # fmt: skip
    put(made, on.read, cleaned)
    made.save(force_insert=True)
    keep_files(made, on.read, cleaned)
    note(made, form=form.name, version=on.number, **told)
    publish(FormSubmitted(made.pk, form.pk, actor.person_id))
    if form.decided_by == Form.Decider.FLOW:
        approving.hand_in(actor, made, now=origin.received_at or now, department_id=origin.department_id)
    return made


def _before(actor: Actor, form: Form, origin: Origin) -> Submission | None:
    """The submission that has this id already. Somebody else's is a conflict that tells nothing of it."""
    rows = Submission.objects.select_related("form_version")
    found: Submission | None = None
    if origin.id:
        found = rows.filter(pk=origin.id).first()
    if found is None and origin.instance_id:
        found = rows.filter(form=form, instance_id=origin.instance_id).first()
    if found is not None and (found.employee_id != actor.employee_id or found.form_id != form.pk):
        raise Conflict("id_taken", _("This id belongs to something else. Send it as a new one."))
    return found


def clean(actor: Actor, on: FormVersion, data: Any, *, now: datetime, standing: Standing) -> dict[str, Any]:
    """The answers as they will be kept. Raises what is wrong with them, or which consent is missing."""
    if actor.is_restricted:
        raise Forbidden(_("The use of your data is restricted; nothing new is taken from you meanwhile."))
    definition = on.read
    zone = ZoneInfo(assigning.zone_here())
    waived = (
        frozenset() if standing.allows(SENSITIVE, function=SENSITIVE_FUNCTION) else sensitive_ids(definition)
    )
    found = validate(
        definition, data, now=now.astimezone(zone), lookup=references.lookup_for(actor), waived=waived
    )
    _require_consents(definition, found.answers, standing)
    if found.problems:
        raise AnswersRefused(found.problems, definition)
    return found.answers


def sensitive_ids(definition: Definition) -> frozenset[str]:
    """Fields that need the separate consent; a place can be said in words instead."""
    places = lay_out(definition).places.values()
    return frozenset(
        place.field.id
        for place in places
        if place_of(place.field) == "sealed" and place.field.kind is not Kind.LOCATION
    )


def _require_consents(definition: Definition, answers: dict[str, Any], standing: Standing) -> None:
    sensitive = sensitive_ids(definition)
    for field_id, kind, answer in each_answer(definition, answers):
        if kind is Kind.LOCATION and "lat" in answer:
            if not standing.allows(LOCATION, AT_THE_ACT, function=PLACE_FUNCTION):
                raise ConsentRequired(LOCATION, alternative=_SAY_PLACE)
        elif field_id in sensitive and kind is not Kind.FORMULA:
            standing.require(SENSITIVE, function=SENSITIVE_FUNCTION, alternative=_LEAVE_EMPTY)


_SAY_PLACE = gettext_lazy("You do not share your location. Say the place in words instead.")
_LEAVE_EMPTY = gettext_lazy(
    "You have not agreed to sensitive answers in forms. Leave these questions empty, or agree under Me → Privacy."
)


def each_answer(definition: Definition, answers: dict[str, Any]) -> Iterator[tuple[str, Kind, Any]]:
    """(field's id, kind, answer) of every answer, those in rows too."""
    kinds = {key: place.field.kind for key, place in lay_out(definition).places.items()}

    def walk(row: dict[str, Any]) -> Iterator[tuple[str, Kind, Any]]:
        for key, answer in row.items():
            if kinds.get(key) is Kind.TABLE:
                for inner in answer:
                    yield from walk(inner)
            elif key in kinds:
                yield key, kinds[key], answer

    return walk(answers)


def affirm(definition: Definition, answers: dict[str, Any], *, attested: bool) -> dict[str, str]:
    given = [(key, answer) for key, _kind, answer in each_answer(definition, answers)]
    return others.affirmed(definition, given, attested=attested)


def put(submission: Submission, definition: Definition, answers: dict[str, Any]) -> None:
    """Each answer into the column where it belongs."""
    columns = parted(definition, answers)
    submission.facts, submission.answers = columns["facts"], columns["answers"]
    submission.sealed = columns["sealed"] or None


def keep_files(submission: Submission, definition: Definition, answers: dict[str, Any]) -> None:
    """Note which files the answers name, and tie those that have arrived."""
    named = {
        (key, file["sha256"]): file.get("name", "")
        for key, kind, answer in each_answer(definition, answers)
        if kind in UPLOADS
        for file in answer
    }
    blobs = dict(
        Blob.objects.filter(sha256__in={sha256 for _key, sha256 in named}).values_list("sha256", "pk")
    )
    SubmissionFile.objects.bulk_create(
        [
            SubmissionFile(
                submission=submission, field_id=key, sha256=sha256, name=name, blob_id=blobs.get(sha256)
            )
            for (key, sha256), name in named.items()
        ],
        ignore_conflicts=True,
    )


def _period(actor: Actor, form: Form, origin: Origin, now: datetime) -> tuple[Assignment | None, date | None]:
    """The assignment and the period it counts for; where none is named, that of the day of filling in."""
    assignment = origin.assignment
    if assignment is None:
        return None, None
    own = assigning.assignments_of(actor.person_id).filter(pk=assignment.pk, form=form)
    if not own.exists():
        raise NotFound(_("This task is not yours, or no longer there. Send the form without it."))
    zone = assigning.zone_here()
    plan = assigning.plan_of(assignment, zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    period_on = origin.period_on or periods.start_of(plan, today)
    if period_on is None or period_on > today or not periods.is_start(plan, period_on):
        raise Refusal("no_such_period", _("Nothing is due in that period."), field="period_on")
    return assignment, period_on
