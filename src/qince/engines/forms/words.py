"""What is wrong with a form or an answer, in sentences: what, where, and how to mend it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from qince.engines.forms.schema import Definition, Kind, Layout, Problem, lay_out
from qince.engines.forms.schema.types import spoken
from qince.kit.errors import Text

KINDS: dict[Kind, Text] = {
    Kind.TEXT: pgettext_lazy("form", "Text"),
    Kind.NUMBER: pgettext_lazy("form", "Number"),
    Kind.INTEGER: pgettext_lazy("form", "Whole number"),
    Kind.CHOICE: pgettext_lazy("form", "One of a list"),
    Kind.CHOICES: pgettext_lazy("form", "Several of a list"),
    Kind.DATE: pgettext_lazy("form", "Date"),
    Kind.TIME: pgettext_lazy("form", "Time"),
    Kind.DATETIME: pgettext_lazy("form", "Date and time"),
    Kind.PHOTO: pgettext_lazy("form", "Photo"),
    Kind.FILE: pgettext_lazy("form", "File"),
    Kind.LOCATION: pgettext_lazy("form", "Place"),
    Kind.SIGNATURE: pgettext_lazy("form", "Signature"),
    Kind.BARCODE: pgettext_lazy("form", "Barcode"),
    Kind.PERSON: pgettext_lazy("form", "Person"),
    Kind.CUSTOMER: pgettext_lazy("form", "Customer"),
    Kind.PRODUCT: pgettext_lazy("form", "Product"),
    Kind.FORMULA: pgettext_lazy("form", "Formula"),
    Kind.TABLE: pgettext_lazy("form", "Table"),
    Kind.SECTION: pgettext_lazy("form", "Section"),
    Kind.NOTE: pgettext_lazy("form", "Note"),
}
PARTS: dict[str, Text] = {
    "required": gettext_lazy("required"),
    "visible_if": gettext_lazy("shown if"),
    "constraint": gettext_lazy("constraint"),
    "formula": gettext_lazy("formula"),
    "choice_filter": gettext_lazy("filter of options"),
    "repeat_count": gettext_lazy("number of rows"),
    "default": gettext_lazy("default"),
    "name": gettext_lazy("name"),
    "kind": gettext_lazy("kind"),
    "label": gettext_lazy("label"),
    "hint": gettext_lazy("hint"),
    "constraint_message": gettext_lazy("message of the constraint"),
    "read_only": gettext_lazy("read only"),
    "choices": gettext_lazy("list of options"),
    "options": gettext_lazy("options"),
    "maximum": gettext_lazy("at most"),
    "privacy": gettext_lazy("privacy"),
}
ANSWERS: dict[str, Text] = {
    "required": gettext_lazy("An answer is needed."),
    "constraint": gettext_lazy("This answer is not allowed here."),
    "choice": gettext_lazy("This is not among the options offered here."),
    "type": gettext_lazy("This answer has the wrong form."),
    "integer": gettext_lazy("Enter a whole number."),
    "number": gettext_lazy("Enter a number; at most ten digits after the point."),
    "date": gettext_lazy("Enter a day, such as 2026-03-01."),
    "time": gettext_lazy("Enter a time, such as 08:30."),
    "datetime": gettext_lazy("Enter a day and a time."),
    "location": gettext_lazy("Give a position, or say the place in words."),
    "file": gettext_lazy("This file cannot be taken."),
    "too_many": gettext_lazy("There are too many entries here."),
    "too_long": gettext_lazy("This text is too long."),
    "characters": gettext_lazy("This text holds characters that cannot be stored."),
    "reference": gettext_lazy("This does not exist, or you may not choose it."),
    "unknown_field": gettext_lazy("The form has no such field."),
    "count": gettext_lazy("There must be %(wanted)s rows here."),
}
FORMS: dict[str, Text] = {
    "no_question": gettext_lazy("The form has no question yet. Add one."),
    "no_title": gettext_lazy("The form has no title."),
    "circle": gettext_lazy("This depends on itself by way of other fields. Break the circle."),
    "too_many_fields": gettext_lazy("A form may have at most %(most)s fields."),
    "id_twice": gettext_lazy("Two fields have the same id."),
    "name_twice": gettext_lazy("Another field is called “%(name)s”, too. Rename one of them."),
    "too_deep": gettext_lazy("This lies too deep within other sections."),
    "holds_fields": gettext_lazy("Only sections and tables may hold fields."),
    "too_many_options": gettext_lazy("The list “%(list)s” has more than %(most)s options."),
    "option_twice": gettext_lazy("The list “%(list)s” has the value “%(value)s” twice."),
    "no_label": gettext_lazy("This field has no label."),
    "no_options": gettext_lazy("There is nothing to choose from. Add options."),
    "no_formula": gettext_lazy("The formula is empty."),
    "empty_holder": gettext_lazy("There is nothing in it. Add a field or remove it."),
    "expression": gettext_lazy("%(part)s: %(why)s"),
    "unclassified": gettext_lazy("Say whether the answer is about a person."),
    "no_category": gettext_lazy("Choose the category of personal data."),
    "no_purpose": gettext_lazy("Choose the purpose it is used for."),
    "is_personal": gettext_lazy("This is always about a person."),
    "is_sensitive": gettext_lazy("This is always sensitive: mark it so."),
    "no_reason": gettext_lazy("Say why this sensitive answer is needed."),
    "wrong_purpose": gettext_lazy(
        "A sensitive answer needs a purpose that people consent to separately; a place, that of the position."
    ),
    "unknown_kind": gettext_lazy("Nothing of this kind can be referred to here."),
}
EXPRESSIONS: dict[str, Text] = {
    "too_long": gettext_lazy("it is too long"),
    "too_deep": gettext_lazy("it has too many brackets within brackets"),
    "unexpected": gettext_lazy("“%(what)s” does not belong there"),
    "expected_opening": gettext_lazy("an opening bracket is missing before “%(what)s”"),
    "expected_closing": gettext_lazy("a closing bracket is missing"),
    "expected_sign": gettext_lazy("a comma or bracket is missing before “%(what)s”"),
    "unknown_sign": gettext_lazy("“%(what)s” cannot be read"),
    "unknown_field": gettext_lazy("there is no field called “%(what)s”"),
    "unknown_word": gettext_lazy("“%(what)s” is no column of the options; a field is written as ${%(what)s}"),
    "unknown_function": gettext_lazy("there is no function “%(what)s”"),
    "arguments": gettext_lazy("“%(what)s” has too few or too many values"),
    "pattern": gettext_lazy("the pattern must be a plain one, in quotes"),
    "path": gettext_lazy("paths such as “..” are not supported; write ${name}"),
}


def language_of(definition: Definition) -> str:
    """Of the form's languages the one the reader reads."""
    wanted = (get_language() or "").lower()
    return next(
        (each for each in definition.languages if each.lower().startswith(wanted[:2])), definition.language
    )


def label_of(layout: Layout, field_id: str) -> str:
    place = layout.places.get(field_id)
    if place is None:
        return field_id
    definition = layout.definition
    return spoken(place.field.label, language_of(definition), definition.language) or place.field.name


def sentence(problem: Problem, layout: Layout | None = None) -> str:
    """The problem in words; a publisher's own message comes first."""
    if layout and (own := _own_words(problem, layout)):
        return own
    facts = dict(problem.facts)
    if problem.code == "expression":
        facts["why"] = str(EXPRESSIONS.get(str(facts.get("why")), EXPRESSIONS["unexpected"])) % {
            "what": facts.get("what") or _("the end")
        }
        facts["part"] = PARTS.get(str(facts.get("part")), facts.get("part"))
    text = ANSWERS.get(problem.code) or FORMS.get(problem.code) or problem.code
    return str(text) % facts if facts else str(text)


def _own_words(problem: Problem, layout: Layout) -> str:
    place = layout.places.get(problem.field)
    if place is None or problem.code not in ("constraint", "required"):
        return ""
    text = place.field.constraint_message if problem.code == "constraint" else place.field.required_message
    return spoken(text, language_of(layout.definition), layout.definition.language)


def where(problem: Problem, layout: Layout) -> str:
    """The labels on the way to the field: “Lines 2 › SKU”."""
    parts: list[str] = []
    for step in problem.at:
        if isinstance(step, int):
            parts[-1:] = [f"{parts[-1] if parts else ''} {step + 1}".strip()]
        else:
            parts.append(label_of(layout, step))
    return " › ".join(parts)


def told(problems: Iterable[Problem], definition: Definition) -> list[dict[str, Any]]:
    """Problems for a page or an answer of the interface."""
    layout = lay_out(definition)
    return [
        {"field": each.field, "at": list(each.at), "code": each.code, "where": where(each, layout),
         "message": sentence(each, layout)}
        for each in problems
    ]  # fmt: skip


def first_sentence(problems: Sequence[Problem], definition: Definition) -> str:
    layout = lay_out(definition)
    first = problems[0]
    place = where(first, layout)
    return f"{place}: {sentence(first, layout)}" if place else sentence(first, layout)
