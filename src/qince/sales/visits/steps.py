"""The steps of a visit: what a template may say, and whether an answer fits."""

from typing import Any

from django.utils.translation import gettext as _

from qince.kit.errors import Refusal

PHOTO, CHECKLIST, NOTE = "photo", "checklist", "note"
KINDS = (PHOTO, CHECKLIST, NOTE)
CHECKS = ("pass", "fail", "na")


def find_step(steps: list[dict[str, Any]], step_id: str) -> dict[str, Any]:
    """The step of that id; a refusal when the visit has none."""
    found = next((step for step in steps if step["id"] == step_id), None)
    if found is None:
        raise Refusal("unknown_step", _("This visit has no such step."), field="step_id")
    return found


def check_answer(step: dict[str, Any], answer: Any, photos: int) -> None:
    """Refuse an answer that does not fit its step, saying what is missing."""
    problem = {PHOTO: _photo_problem, CHECKLIST: _checklist_problem, NOTE: _note_problem}[step["kind"]]
    if text := problem(step, answer, photos):
        raise Refusal("answer_incomplete", text, field="answer", step=step["id"])


def _photo_problem(step: dict[str, Any], answer: Any, photos: int) -> str:
    minimum = int(step.get("minimum") or 1)
    if photos < minimum:
        return _("%(title)s: at least %(minimum)s photos are needed.") % {
            "title": step["title"],
            "minimum": minimum,
        }
    return ""


def _checklist_problem(step: dict[str, Any], answer: Any, photos: int) -> str:
    items = {item["id"] for item in step.get("items", [])}
    if not isinstance(answer, dict) or set(answer) - items or set(answer.values()) - set(CHECKS):
        return _("%(title)s: the answers do not belong to this list.") % {"title": step["title"]}
    if items - set(answer):
        return _("%(title)s: every line needs an answer.") % {"title": step["title"]}
    return ""


def _note_problem(step: dict[str, Any], answer: Any, photos: int) -> str:
    text = answer.get("text") if isinstance(answer, dict) else None
    if not isinstance(text, str) or not text.strip():
        return _("%(title)s: the note is empty.") % {"title": step["title"]}
    if len(text) > 2000:
        return _("%(title)s: the note is longer than 2,000 characters.") % {"title": step["title"]}
    return ""


def missing_steps(steps: list[dict[str, Any]], done: set[str]) -> list[str]:
    """Titles of required steps without an answer."""
    return [step["title"] for step in steps if step.get("required") and step["id"] not in done]
