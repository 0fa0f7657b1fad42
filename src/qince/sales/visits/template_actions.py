"""Writing visit templates. Visits already begun keep the steps they began with."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal, require_unchanged
from qince.kit.ids import uuid7
from qince.kit.validation import check
from qince.sales.visits.models import VisitTemplate
from qince.sales.visits.rules import EDIT_TEMPLATES
from qince.sales.visits.steps import CHECKLIST, KINDS, PHOTO

MOST_STEPS, MOST_ITEMS, MOST_PHOTOS = 30, 50, 20
LONGEST_TITLE = 60
_ID = re.compile("[A-Za-z0-9_-]{1,40}")


@action("visits.save_template", permission=EDIT_TEMPLATES)
def save_template(
    actor: Actor,
    template: VisitTemplate | None,
    *,
    name: str,
    steps: list[dict[str, Any]],
    is_active: bool,
    seen: int | None = None,
    now: datetime,
) -> VisitTemplate:
    """Create a template (None) or give one new steps. A changed one gets the next version; unchanged it stays. `seen`
    is the version whose steps were edited.
    """
    cleaned = cleaned_steps(steps)
    if template is None:
        template = VisitTemplate(name=name.strip(), steps=cleaned, is_active=is_active)
        check(template)
        template.save()
        note(template, steps=[step["title"] for step in cleaned])
        return template
    template = VisitTemplate.objects.select_for_update().get(pk=template.pk)
    require_unchanged(template.version, seen)
    before = (template.name, template.steps, template.is_active)
    if before == (name.strip(), cleaned, is_active):
        return template
    template.name, template.steps, template.is_active = name.strip(), cleaned, is_active
    template.version += 1
    check(template)
    template.save()
    note(
        template, version=(template.version - 1, template.version), steps=[step["title"] for step in cleaned]
    )
    return template


def cleaned_steps(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps as they are kept; a refusal that names the first one that cannot be."""
    if not steps:
        raise Refusal("no_steps", _("A visit needs at least one step."), field="steps")
    if len(steps) > MOST_STEPS:
        raise Refusal("too_many_steps", _("At most %(n)d steps.") % {"n": MOST_STEPS}, field="steps")
    cleaned = [_step(number, step) for number, step in enumerate(steps, 1)]
    if len({step["id"] for step in cleaned}) != len(cleaned):
        raise Refusal("repeated_step", _("Two steps have the same id."), field="steps")
    return cleaned


def _step(number: int, step: dict[str, Any]) -> dict[str, Any]:
    kind, title = step.get("kind"), str(step.get("title", "")).strip()
    if kind not in KINDS:
        raise Refusal("unknown_kind", _("Step %(n)d: choose what kind it is.") % {"n": number}, field="steps")
    if not title or len(title) > LONGEST_TITLE:
        text = _("Step %(n)d: give it a title of at most %(most)d characters.")
        raise Refusal("step_title", text % {"n": number, "most": LONGEST_TITLE}, field="steps")
    kept = {"id": _id(step), "kind": kind, "title": title, "required": bool(step.get("required"))}
    if kind == PHOTO:
        kept["minimum"] = _minimum(number, step)
    if kind == CHECKLIST:
        kept["items"] = _items(number, step)
    return kept


def _id(step: dict[str, Any]) -> str:
    """The step's own id, so that answers of open visits still fit; a new step gets one."""
    given = str(step.get("id", ""))
    return given if _ID.fullmatch(given) else f"s{str(uuid7())[-12:]}"


def _minimum(number: int, step: dict[str, Any]) -> int:
    try:
        found = int(step.get("minimum") or 1)
    except (TypeError, ValueError):
        found = 0
    if not 1 <= found <= MOST_PHOTOS:
        text = _("Step %(n)d: from 1 to %(most)d photos.")
        raise Refusal("step_minimum", text % {"n": number, "most": MOST_PHOTOS}, field="steps")
    return found


def _items(number: int, step: dict[str, Any]) -> list[dict[str, str]]:
    items = [item for item in step.get("items", []) if str(item.get("title", "")).strip()]
    if not 1 <= len(items) <= MOST_ITEMS:
        text = _("Step %(n)d: a checklist has 1 to %(most)d lines.")
        raise Refusal("step_items", text % {"n": number, "most": MOST_ITEMS}, field="steps")
    return [{"id": _id(item), "title": str(item["title"]).strip()[:LONGEST_TITLE]} for item in items]
