"""The designer: its page, keeping the draft, publishing, versions, and XLSForm in and out."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qince.core.privacy.registry import declared
from qince.engines.forms import actions, queries, references, rules, scripts, words
from qince.engines.forms.actions.designing import CODE, problems_of, readable
from qince.engines.forms.models import Form
from qince.engines.forms.privacy import CATEGORIES, PURPOSES
from qince.engines.forms.schema import Definition, Kind, differences, lay_out, read
from qince.engines.forms.schema.types import REFERENCES
from qince.engines.forms.xlsform.reading import Brought, read_xlsform
from qince.engines.forms.xlsform.refusing import LARGEST
from qince.engines.forms.xlsform.writing import workbook
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.flash import flash
from qince.kit.pages import page, sent_object
from qince.kit.resource.exporting import XLSX_TYPE

LARGEST_DRAFT = 2_000_000


def _form(request: HttpRequest, key: UUID) -> tuple[Actor, Form]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor, queries.get_form(actor, key)


@page(rules.DESIGN)
def designer(request: HttpRequest, key: UUID) -> HttpResponseBase:
    _actor, form = _form(request, key)
    definition = read(form.draft)
    data = {
        "definition": form.draft,
        "revision": form.revision,
        "published": form.number,
        "language": (get_language() or "en").split("-")[0],
        "problems": words.told(problems_of(definition), definition),
        "save": reverse("forms:draft", args=[form.pk]),
        "publish": reverse("forms:publication", args=[form.pk]),
        "done": reverse("forms:form_detail", args=[form.pk]),
        "kinds": [[kind.value, str(label)] for kind, label in words.KINDS.items() if _is_offered(kind)],
        "categories": [[code, str(label)] for code, label in CATEGORIES.items()],
        "purposes": [[code, str(declared.purposes[code].title)] for code in PURPOSES],
    }
    context = {"form_row": form, "data": data, "words": scripts.words(get_language() or "en")}
    return render(request, "forms/designer.html", context)


def _is_offered(kind: Kind) -> bool:
    return kind not in REFERENCES or kind in references.offered()


@page(rules.DESIGN)
@require_POST
def draft(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Keep the draft as the page has it: JSON of {definition, revision}."""
    actor, form = _form(request, key)
    sent = sent_object(request, most=LARGEST_DRAFT)
    made = readable(sent.get("definition"))
    revision = sent.get("revision")
    found = actions.save_draft(
        actor, form, now=clock.now(), definition=made, revision=revision if isinstance(revision, int) else -1
    )
    return JsonResponse({"revision": found.revision, "problems": words.told(problems_of(made), made)})


@page(rules.DESIGN)
@require_POST
def publication(request: HttpRequest, key: UUID) -> HttpResponseBase:
    actor, form = _form(request, key)
    reason = sent_object(request, most=LARGEST_DRAFT).get("reason")
    made = actions.publish_form(actor, form, now=clock.now(), reason=str(reason or "")[:200])
    return JsonResponse({"version": made.number})


@page(rules.VIEW)
def versions(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Every version with what changed from the one before, and what the draft would change."""
    actor, form = _form(request, key)
    found = queries.versions_of(form)
    told = []
    for at, version in enumerate(found):
        before = found[at + 1].read if at + 1 < len(found) else None
        told.append({"version": version, "changes": _changes(before, version.read) if before else []})
    pending: list[dict[str, Any]] = []
    if found and actor.may(rules.DESIGN):
        pending = _changes(found[0].read, read(form.draft))
    context = {"form_row": form, "versions": told, "pending": pending}
    return render(request, "forms/versions.html", context)


def _changes(before: Definition, after: Definition) -> list[dict[str, Any]]:
    acts = {"added": _("Added"), "removed": _("Removed"), "moved": _("Moved"), "changed": _("Changed")}
    return [
        {
            "act": acts[each.act],
            "tone": {"added": "green", "removed": "red", "moved": "blue"}.get(each.act, "orange"),
            "label": each.label,
            "parts": [
                (words.PARTS.get(name, name), _said(old), _said(new))
                for name, (old, new) in each.parts.items()
            ],
        }
        for each in differences(before, after)
    ]


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {words_}" for key, words_ in value.items()) or "—"
    if isinstance(value, list):
        return "、".join(map(str, value)) or "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) or "—"


@page(rules.DESIGN)
def xlsform(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The draft as an XLSForm workbook."""
    _actor, form = _form(request, key)
    content = workbook(read(form.draft), code=form.code, version=form.number + 1)
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=f"{form.code}.xlsx", content_type=XLSX_TYPE
    )


@page(rules.DESIGN)
def bring(request: HttpRequest) -> HttpResponseBase:
    """Bring an XLSForm: a new form, or the next draft of one that is here (`into`)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    into = _into(actor, request)
    brought: Brought | None = None
    if request.method == "POST":
        brought = _brought(request, into)
        if brought.definition is not None:
            form = _taken(actor, brought, into)
            if brought.findings:
                return render(request, "forms/brought.html", {"brought": brought, "form_row": form})
            flash(
                request,
                _("The XLSForm has become a draft. Say of each field what it is about, then publish."),
            )
            return HttpResponseRedirect(reverse("forms:designer", args=[form.pk]))
    return render(request, "forms/bring.html", {"brought": brought, "into": into})


def _into(actor: Actor, request: HttpRequest) -> Form | None:
    try:
        key = UUID(request.GET.get("into", ""))
    except ValueError:
        return None
    return queries.get_form(actor, key)


def _brought(request: HttpRequest, into: Form | None) -> Brought:
    sent: Any = request.FILES.get("file")
    content = sent.read(LARGEST + 1) if sent else b""
    known = {}
    if into is not None:
        known = {place.field.name: key for key, place in lay_out(read(into.draft)).places.items()}
    language = "zh-Hans" if (get_language() or "").startswith("zh") else "en"
    return read_xlsform(content, language=language, known=known)


def _taken(actor: Actor, brought: Brought, into: Form | None) -> Form:
    assert brought.definition is not None
    if into is not None:
        return actions.save_draft(
            actor, into, now=clock.now(), definition=brought.definition, revision=into.revision
        )
    code = brought.code.lower()
    is_free = CODE.fullmatch(code) and not Form.objects.filter(code=code).exists()
    return actions.create_form(
        actor, now=clock.now(), definition=brought.definition, code=code if is_free else ""
    )
