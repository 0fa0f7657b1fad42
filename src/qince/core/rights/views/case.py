"""One case: its two clocks, the step that comes next, papers, recipients, and everything that happened."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qince.core.erasure.copies import copies_for
from qince.core.erasure.models import Copy
from qince.core.erasure.plan import plan_for
from qince.core.files import packages
from qince.core.files.serving import attachment
from qince.core.rights import queries, registry
from qince.core.rights.actions.carrying import hand_copy_over
from qince.core.rights.actions.exporting import export_case
from qince.core.rights.actions.filing import open_file
from qince.core.rights.asking import asked, may_copy, may_erase, subject_of
from qince.core.rights.grounds import REFUSALS, Deletion
from qince.core.rights.interest import words
from qince.core.rights.kinds import Asked, Kind, rules_of
from qince.core.rights.models import Case, CaseFile
from qince.core.rights.rules import HANDLE
from qince.kit import clock
from qince.kit.errors import NotFound
from qince.kit.pages import page
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404

# What stands on the page as a button at each stage; everything else is in the menu.
FIRST: dict[str, tuple[str, ...]] = {
    Case.State.IDENTITY: ("take", "caller", "verify", "file"),
    Case.State.AUTHORIZATION: ("authorize", "decline"),
    Case.State.WORKING: (
        "approve",
        "carry",
        "copy",
        "interest",
        "correct",
        "withdraw",
        "review",
        "tell",
        "answer",
        "refuse",
    ),
}


def detail(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    return render(request, "rights/case.html", _context(request, resource, key))


def paper(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    return render(request, "rights/case_print.html", _context(request, resource, key))


def _context(request: HttpRequest, resource: Resource, key: UUID) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    case: Case = row_or_404(resource, actor, key)
    shown = Detail(resource, actor, case)
    today = queries.today(clock.now())
    is_closed_book = case.kind == Kind.SUPPORT and case.verified_at is None
    return {
        "resource": resource,
        "detail": shown,
        "row": case,
        "today": today,
        "is_overdue": case.is_overdue(today),
        "first": [(act, url) for act, url in shown.acts if act.name in _first(case)],
        "asked": Asked(case.asked).label if case.asked else "",
        "shows_person": not is_closed_book,
        "steps": _steps(case),
        "ground": dict(Deletion.choices).get(case.ground, ""),
        "refusals": [
            (each, REFUSALS[each.ground]) for each in case.refusals.all() if each.ground in REFUSALS
        ],
        "like_count": queries.like_cases(case).count(),
        "legacy": queries.legacy_of(case.subject_id) if case.kind == Kind.RELATIVE else None,
        "found": registry.rows_with_mobile(case.contact_mobile) if _looks_for_rows(case) else [],
        "replay": _replay(case),
        "document": _document(case),
        "plan": _plan(case),
        "copies": _copies(case),
        "interest": words(case),
    }


def _first(case: Case) -> tuple[str, ...]:
    """Restricting is seldom what a case is about; where it is, it stands first as well."""
    first = FIRST.get(case.state, ())
    return (*first, "restrict") if asked(case) == Asked.RESTRICT else first


def _steps(case: Case) -> list[tuple[str, bool, bool]]:
    """(words, done, current) of the way through the case."""
    rules, state = rules_of(case.kind), Case.State
    steps = [(_("Request arrived"), True, False)]
    if rules.needs_identity:
        steps.append((_("Identity"), case.verified_at is not None, case.state == state.IDENTITY))
    if case.authorization != Case.Authorization.NOT_NEEDED:
        waits = case.state == state.AUTHORIZATION
        steps.append((_("Authorization"), not waits, waits))
    steps.append((_("In progress"), not case.is_open, case.state == state.WORKING))
    steps.append((_("Case closed"), not case.is_open, False))
    return steps


def _looks_for_rows(case: Case) -> bool:
    return bool(case.contact_mobile) and case.verified_at is not None


def _replay(case: Case) -> registry.Replay | None:
    if not case.decision or case.subject_id is None or case.decision_id is None:
        return None
    return registry.replay(case.decision, case.subject_id, case.decision_id)


def _plan(case: Case) -> list[Any]:
    """What a deletion would do, before it is done."""
    if not may_erase(case) or not case.is_open or case.is_operator_data or case.is_carried_out:
        return []
    return [line for line in plan_for(subject_of(case)).lines if line.rows]


def _copies(case: Case) -> list[tuple[Copy, bool]]:
    """Each copy made for the case, and whether an officer collects it here to hand it over."""
    if not may_copy(case):
        return []
    now, made = clock.now(), copies_for(case.organization_id, case)  # type: ignore[arg-type]
    return [
        (copy, copy.is_handed_over and copy.state == Copy.State.READY and copy.expires_at > now)
        for copy in made.select_related("employee")
    ]


def _document(case: Case) -> dict[str, str] | None:
    """The business document by its link; once it is gone, that is said (C2.3.2-03)."""
    if case.document_id is None:
        return None
    opener = registry.documents.get(case.document_kind)
    return {"name": case.document_name, "url": opener(case.document_id) if opener else ""}


@page(HANDLE)
def export(request: HttpRequest, key: UUID) -> HttpResponseBase:
    actor = request.actor  # type: ignore[attr-defined]
    case = queries.cases_visible_to(actor).filter(pk=key).first()
    if case is None:
        raise NotFound
    content = export_case(actor, case, now=clock.now())
    return attachment(content, f"{case.number}.zip", "application/zip")


@page(HANDLE)
@require_POST
def copy(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The package of somebody who cannot collect it: the officer hands it over, and the case closes."""
    actor = request.actor  # type: ignore[attr-defined]
    case = queries.cases_visible_to(actor).filter(pk=key).first()
    if case is None:
        raise NotFound
    made, clear = hand_copy_over(actor, case, now=clock.now())
    return packages.served(clear, made.requested_at)


@page(HANDLE)
def file(request: HttpRequest, key: UUID, case_file_id: UUID) -> HttpResponseBase:
    actor = request.actor  # type: ignore[attr-defined]
    rows = CaseFile.objects.filter(case__in=queries.cases_visible_to(actor), case=key, pk=case_file_id)
    found: CaseFile | None = rows.select_related("case").first()
    if found is None:
        raise NotFound
    return attachment(open_file(actor, found, now=clock.now()), found.name, found.media_type)
