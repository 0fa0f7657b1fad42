"""What was filled in, in words: each answer with its label, for pages, phones and tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qince.engines.forms import references
from qince.engines.forms.keeping import SEALED, place_of
from qince.engines.forms.models import Submission
from qince.engines.forms.schema import Kind, Layout
from qince.engines.forms.schema.layout import Place
from qince.engines.forms.schema.types import REFERENCES, SELECTS, SILENT, UPLOADS, spoken
from qince.engines.forms.words import language_of
from qince.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. `depth` counts the tables around it; a line without text heads a row."""

    field: str
    label: str
    text: str
    kind: str
    depth: int = 0
    is_sensitive: bool = False
    answer: Any = None


def lines(actor: Actor, submission: Submission) -> list[dict[str, Any]]:
    """For a phone: label, text and depth of every answer."""
    return [{"label": each.label, "text": each.text, "depth": each.depth} for each in told(actor, submission)]


def told(actor: Actor, submission: Submission) -> list[Line]:
    return lines_of(actor, submission.form_version.layout, submission.data)


def lines_of(actor: Actor, layout: Layout, data: dict[str, Any], names: "Names | None" = None) -> list[Line]:
    """Answers with their labels, as the actor may see them. `names`: those looked up already, for many at once."""
    names = names or Names(actor)
    names.learn(layout, [data])
    return list(_lines(layout, (), data, names, 0))


class Names:
    """Names of the people, customers and products that answers refer to, looked up together."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.found: dict[str, str] = {}

    def learn(self, layout: Layout, rows: Iterable[dict[str, Any]]) -> None:
        wanted: dict[Kind, set[str]] = {}
        for place in layout.places.values():
            if place.field.kind in REFERENCES:
                ids = {value for row in rows for value in values_of(row, place)}
                wanted.setdefault(place.field.kind, set()).update(ids - self.found.keys())
        for kind, ids in wanted.items():
            self.found |= references.labels(self.actor, kind, ids)

    def __getitem__(self, key: str) -> str:
        return self.found.get(key) or str(_("Not visible to you"))


def values_of(row: dict[str, Any], place: Place) -> list[Any]:
    """The answers to one field, of every row where it stands in a table."""
    rows = [row]
    for table in place.tables:
        rows = [inner for each in rows for inner in each.get(table) or []]
    return [each[place.field.id] for each in rows if place.field.id in each]


def _lines(
    layout: Layout, tables: tuple[str, ...], row: dict[str, Any], names: Names, depth: int
) -> Iterator[Line]:
    for place in layout.places.values():
        own = place.field
        if place.tables != tables or own.kind in SILENT or own.id not in row:
            continue
        label = label_of(layout, place)
        if own.kind is not Kind.TABLE:
            sensitive = place_of(own) == SEALED
            yield Line(
                own.id,
                label,
                shown(layout, place, row[own.id], names),
                own.kind,
                depth,
                sensitive,
                row[own.id],
            )
            continue
        for number, inner in enumerate(row[own.id], start=1):
            yield Line(own.id, f"{label} {number}", "", own.kind, depth)
            yield from _lines(layout, (*tables, own.id), inner, names, depth + 1)


def label_of(layout: Layout, place: Place) -> str:
    definition = layout.definition
    return spoken(place.field.label, language_of(definition), definition.language) or place.field.name


def shown(layout: Layout, place: Place, answer: Any, names: "Names | dict[str, str]") -> str:
    """An answer as people read it; `names` those of the people and things that may be referred to."""
    own = place.field
    if own.kind in SELECTS:
        given = answer if isinstance(answer, list) else [answer]
        return "、".join(_option(layout, place, value) for value in given)
    if own.kind in REFERENCES:
        return names[answer]
    if own.kind in UPLOADS:
        return (
            str(len(answer))
            if own.kind is not Kind.FILE
            else "、".join(each.get("name") or each["sha256"][:8] for each in answer)
        )
    if own.kind is Kind.LOCATION:
        return answer["text"] if "text" in answer else f"{answer['lat']:.6f}, {answer['lng']:.6f}"
    if own.kind is Kind.DATETIME:
        return str(answer).replace("T", " ")[:16]
    return str(answer)


def _option(layout: Layout, place: Place, value: str) -> str:
    definition = layout.definition
    for option in layout.options(place.field):
        if option.value == value:
            return spoken(option.label, language_of(definition), definition.language) or value
    return value
