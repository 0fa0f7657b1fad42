"""Filling in on the console, for whoever is at a desk: the phone's own pages and rules, another device."""

import hashlib
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qince.core.files.actions import MAX_CHUNK, receive_chunk
from qince.core.privacy.gate import Standing
from qince.engines.approvals.queries import own_departments
from qince.engines.forms import actions, approving, others, queries, references, rules, scripts
from qince.engines.forms.actions.submitting import SENSITIVE_FUNCTION, Origin, clean, put, sensitive_ids
from qince.engines.forms.models import Form, FormVersion, Submission
from qince.engines.forms.privacy import SENSITIVE
from qince.engines.forms.schema import Definition, Kind
from qince.engines.forms.schema.types import REFERENCES
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.flash import flash
from qince.kit.ids import uuid7
from qince.kit.pages import page, sent_object

MOST_ANSWERS, LARGEST_FILE, OFFERED = 1_000_000, 20_000_000, 8


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


@page(rules.FILL)
@require_safe
def choose(request: HttpRequest) -> HttpResponseBase:
    """The forms one may fill in, and what came back to be mended."""
    actor = _actor(request)
    mine = Submission.objects.filter(employee=actor.employee_id, status=Submission.Status.RETURNED)
    context = {
        "forms": queries.fillable(actor).order_by("name", "pk"),
        "returned": mine.select_related("form").order_by("-filled_at"),
    }
    return render(request, "forms/choose.html", context)


@page(rules.FILL)
def fill(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A form to be filled in: the page, and what it sends. The same id sent again is the same submission."""
    actor = _actor(request)
    form: Form | None = queries.fillable(actor).filter(pk=key).first()
    if form is None:
        raise NotFound
    if request.method == "POST":
        sent = sent_object(request, most=MOST_ANSWERS)
        made = actions.submit(
            actor, form=form, data=sent.get("data"), now=clock.now(), version=_number(sent.get("version")),
            origin=Origin(source=Submission.Source.CONSOLE, id=_id(sent.get("id")), department_id=_department(sent)),
            attested=sent.get("attested") is True,
        )  # fmt: skip
        return _done(request, made)
    version = queries.published(form)
    return _shown(
        request, version, answers=None, address=reverse("forms:fill", args=[form.pk]), number=form.number
    )


@page(rules.FILL)
@require_POST
def fill_ahead(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The way the answers would take if they were sent as they are; nothing of them is kept."""
    actor, sent = _actor(request), sent_object(request, most=MOST_ANSWERS)
    form: Form | None = queries.fillable(actor).filter(pk=key).first()
    if form is None:
        raise NotFound
    on = queries.published(form, _number(sent.get("version")))
    return _ahead(
        actor, Submission(id=uuid7(), form=form, form_version=on, employee_id=actor.person_id), sent
    )


@page(rules.FILL)
@require_POST
def change_ahead(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """The same of answers that came back and are being changed."""
    actor = _actor(request)
    found = _own(actor, submission_id)
    return _ahead(actor, found, sent_object(request, most=MOST_ANSWERS))


def _ahead(actor: Actor, meant: Submission, sent: dict[str, Any]) -> HttpResponseBase:
    now = clock.now()
    answers = clean(actor, meant.form_version, sent.get("data"), now=now, standing=Standing(actor.person_id))
    put(meant, meant.form_version.read, answers)
    if meant.form.decided_by != Form.Decider.FLOW:
        return JsonResponse({"way": []})
    way = approving.ahead(actor, meant, now=now, department_id=_department(sent))
    return JsonResponse(
        {"way": [{"name": str(each.name), "people": each.people, "why": str(each.why)} for each in way]}
    )


def _own(actor: Actor, submission_id: UUID) -> Submission:
    rows = Submission.objects.filter(pk=submission_id, employee=actor.employee_id)
    found: Submission | None = rows.select_related("form", "form_version").first()
    if found is None:
        raise NotFound
    found.form_version.form = found.form
    return found


@page(rules.FILL)
def change(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """One's own answers changed, on the version they were filled in on, as long as the form allows it."""
    actor = _actor(request)
    found = _own(actor, submission_id)
    if request.method == "POST":
        sent = sent_object(request, most=MOST_ANSWERS)
        made = actions.edit_submission(
            actor, found, now=clock.now(), data=sent.get("data"), version=_number(sent.get("version")) or 0,
            department_id=_department(sent), attested=sent.get("attested") is True,
        )  # fmt: skip
        return _done(request, made)
    address = reverse("forms:change", args=[found.pk])
    return _shown(
        request, found.form_version, answers=found.data, address=address, number=found.version,
        is_attested=found.is_attested,
    )  # fmt: skip


def _shown(
    request: HttpRequest,
    version: FormVersion,
    *,
    answers: dict[str, Any] | None,
    address: str,
    number: int,
    is_attested: bool = False,
) -> HttpResponseBase:
    language = get_language() or "en"
    is_by_flow = version.form.decided_by == Form.Decider.FLOW
    data = {
        "id": str(uuid7()),
        "definition": version.definition,
        "answers": answers,
        "version": number,
        "language": language.split("-")[0],
        "waived": sorted(_waived(_actor(request), version.read)),
        "statement": "" if is_attested else str(others.KNOWS),
        "send": address,
        "ahead": f"{address}ahead/" if is_by_flow else "",
        "departments": _departments(_actor(request), is_change=answers is not None) if is_by_flow else [],
        "file": reverse("forms:fill_file"),
        "options": reverse("forms:fill_options"),
    }
    context = {"form_row": version.form, "data": data, "words": scripts.words(language)}
    return render(request, "forms/fill.html", context)


def _departments(actor: Actor, *, is_change: bool) -> list[list[str]]:
    """Id and name of those one is in, to choose for which it is; nothing to choose where there is one."""
    rows = [[str(row.pk), row.name] for row in own_departments(actor.person_id)]
    if len(rows) < 2:
        return []
    return [["", _("As before")], *rows] if is_change else rows


def _waived(actor: Actor, definition: Definition) -> frozenset[str]:
    """Questions that stay empty for want of the separate consent."""
    if Standing(actor.person_id).allows(SENSITIVE, function=SENSITIVE_FUNCTION):
        return frozenset()
    return sensitive_ids(definition)


def _done(request: HttpRequest, made: Submission) -> HttpResponseBase:
    flash(request, _("The form was sent."))
    return JsonResponse({"url": reverse("forms:submission_detail", args=[made.pk])})


@page(rules.FILL)
@require_POST
def keep_file(request: HttpRequest) -> HttpResponseBase:
    """A file or picture for an answer, before the answers are sent: the hash that the answer then names."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile) or not sent.size:
        raise Refusal("no_file", _("Choose a file."), field="file")
    if sent.size > LARGEST_FILE:
        raise Refusal("too_large", _("A file may have at most 20 MB."), field="file")
    digest = hashlib.sha256()
    for chunk in sent.chunks():
        digest.update(chunk)
    offset = 0
    for chunk in sent.chunks(MAX_CHUNK):
        receive_chunk(
            _actor(request), sha256=digest.hexdigest(), offset=offset, size=sent.size, chunk=chunk, is_evidence=True
        )  # fmt: skip
        offset += len(chunk)
    return JsonResponse(
        {"sha256": digest.hexdigest(), "size": sent.size, "name": (sent.name or "")[:120],
         "taken_at": clock.now().isoformat()}
    )  # fmt: skip


@page(rules.FILL)
@require_safe
def options(request: HttpRequest) -> HttpResponseBase:
    """People, customers or products one may name, by part of their name."""
    kind = request.GET.get("kind", "")
    if kind not in {each.value for each in REFERENCES}:
        raise NotFound
    typed = request.GET.get("q", "").strip()[:60]
    return JsonResponse({"options": references.matching(_actor(request), Kind(kind), typed, most=OFFERED)})


def _id(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise Refusal("invalid", _("The page is out of date. Load it anew."), status=400) from error


def _department(sent: dict[str, Any]) -> UUID | None:
    return _id(sent["department"]) if sent.get("department") else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31 else None
