"""A report as people read it: each answer with its label, where it is from, and what the records said."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from qince.employee.daily_reports.filling import Mark
from qince.employee.daily_reports.models import Comment, Edition, Receipt, Report, TemplateVersion
from qince.engines.forms.reading import Names, lines_of, shown
from qince.engines.forms.schema import Kind
from qince.engines.forms.schema.types import UPLOADS
from qince.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """`said`: what the records said, where a human changed it. `was`: what the edition before said, if it differs."""

    field: str
    label: str
    text: str
    kind: str
    depth: int
    mark: str = ""
    said: str = ""
    was: str | None = None
    files: tuple[str, ...] = ()


def lines(actor: Actor, report: Report, names: Names | None = None) -> list[Line]:
    return _lines(actor, report.by_version, report.data, report.marks, report.autofill, names)


def _lines(
    actor: Actor, version: TemplateVersion, data: dict[str, Any], marks: dict[str, str], autofill: dict[str, Any],
    names: Names | None,
) -> list[Line]:  # fmt: skip
    names = names or Names(actor)
    names.learn(version.layout, [data, autofill])
    found = []
    for each in lines_of(actor, version.layout, data, names):
        mark = marks.get(each.field, "") if not each.depth else ""
        said = _said(version, each.field, autofill, names) if mark == Mark.EDITED else ""
        files = _files(each.answer) if each.kind in UPLOADS else ()
        found.append(Line(each.field, each.label, each.text, each.kind, each.depth, mark, said, files=files))
    return _once(found)


def _once(found: list[Line]) -> list[Line]:
    """A table's mark stands at its first row alone."""
    seen: set[str] = set()
    kept = []
    for each in found:
        if each.mark and each.field in seen:
            each = Line(each.field, each.label, each.text, each.kind, each.depth, files=each.files)
        seen.add(each.field)
        kept.append(each)
    return kept


def _said(version: TemplateVersion, key: str, autofill: dict[str, Any], names: Names) -> str:
    place = version.layout.places.get(key)
    if place is None or key not in autofill:
        return ""
    if place.field.kind is not Kind.TABLE:
        return shown(version.layout, place, autofill[key], names)
    ids = [value for row in autofill[key] for name, value in row.items() if name != "_id"]
    return "、".join(names[each] for each in ids)


def _files(answer: Any) -> tuple[str, ...]:
    return tuple(each["sha256"] for each in answer or ())


def edition_lines(actor: Actor, report: Report, edition: Edition) -> list[Line]:
    from qince.engines.forms.keeping import joined

    data = joined(report.by_version.form, edition.facts, edition.answers)
    return _lines(actor, report.by_version, data, edition.marks, {}, None)


def differing(now: list[Line], before: list[Line]) -> list[Line]:
    """The lines of an edition, each with what the one before said where that was something else."""
    old = {(each.field, each.label): each.text for each in before}
    found = []
    for each in now:
        was = old.pop((each.field, each.label), "")
        if was == each.text:
            found.append(each)
        else:
            found.append(
                Line(
                    each.field,
                    each.label,
                    each.text,
                    each.kind,
                    each.depth,
                    each.mark,
                    each.said,
                    was,
                    each.files,
                )
            )
    known = {each.field for each in now}
    for each in before:
        if (each.field, each.label) in old and (each.depth or each.field not in known) and each.text:
            found.append(Line(each.field, each.label, "", each.kind, each.depth, was=each.text))
    return found


@dataclass(frozen=True, slots=True)
class Talk:
    """What stands around some reports: who received them, and what was said."""

    receipts: dict[UUID, list[Receipt]]
    comments: dict[UUID, list[Comment]]


def talk_about(report_ids: Collection[UUID]) -> Talk:
    receipts: dict[UUID, list[Receipt]] = defaultdict(list)
    for receipt in (
        Receipt.objects.filter(report__in=report_ids).select_related("employee").order_by("level", "pk")
    ):
        receipts[receipt.report_id].append(receipt)
    comments: dict[UUID, list[Comment]] = defaultdict(list)
    rows: Any = Comment.objects.filter(report__in=report_ids).select_related("author")
    for comment in rows.prefetch_related("mentions__employee").order_by("at", "pk"):
        comments[comment.report_id].append(comment)
    return Talk(receipts, comments)
