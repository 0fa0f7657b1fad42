"""The fields of a template, designed as forms are: the same designer with its live phone preview."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from qince.core.privacy.registry import declared
from qince.employee.daily_reports import queries
from qince.employee.daily_reports.actions import designing
from qince.employee.daily_reports.models import Template
from qince.employee.daily_reports.privacy import PURPOSES
from qince.employee.daily_reports.rules import DESIGN
from qince.employee.daily_reports.setting_up import KINDS
from qince.engines.forms import references, scripts, words
from qince.engines.forms.actions.designing import problems_of, readable
from qince.engines.forms.privacy import CATEGORIES
from qince.engines.forms.schema import read
from qince.engines.forms.schema.types import REFERENCES
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.pages import page, sent_object

LARGEST = 500_000


def _template(request: HttpRequest, key: UUID) -> tuple[Actor, Template]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.templates_visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotFound
    return actor, found


@require_safe
@page(DESIGN)
def designer(request: HttpRequest, key: UUID) -> HttpResponse:
    _actor, template = _template(request, key)
    draft = template.draft or queries.newest_version(template).definition
    definition = read(draft)
    language = get_language() or "en"
    data = {
        "definition": draft,
        "revision": template.revision,
        "published": template.latest,
        "language": language.split("-")[0],
        "problems": words.told(problems_of(definition), definition),
        "save": reverse("daily_reports:draft", args=[template.pk]),
        "publish": reverse("daily_reports:publication", args=[template.pk]),
        "done": reverse("daily_reports:template_detail", args=[template.pk]),
        "kinds": [
            [kind.value, str(label)]
            for kind, label in words.KINDS.items()
            if kind in KINDS and (kind not in REFERENCES or kind in references.offered())
        ],
        "categories": [[code, str(label)] for code, label in CATEGORIES.items()],
        "purposes": [[code, str(declared.purposes[code].title)] for code in PURPOSES],
    }
    context = {"row": template, "data": data, "words": scripts.words(language)}
    return render(request, "daily_reports/designer.html", context)


@require_POST
@page(DESIGN)
def draft(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Keep the draft as the page has it: JSON of {definition, revision}."""
    actor, template = _template(request, key)
    sent = sent_object(request, most=LARGEST)
    made = readable(sent.get("definition"))
    revision = sent.get("revision")
    found = designing.save_draft(
        actor, template, now=clock.now(), definition=made, revision=revision if isinstance(revision, int) else -1
    )  # fmt: skip
    return JsonResponse({"revision": found.revision, "problems": words.told(problems_of(made), made)})


@require_POST
@page(DESIGN)
def publication(request: HttpRequest, key: UUID) -> HttpResponseBase:
    actor, template = _template(request, key)
    made = designing.publish_fields(actor, template, now=clock.now())
    return JsonResponse({"version": made.latest})
