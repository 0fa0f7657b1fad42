"""What goes into a copy, section by section: the person's own rows, and others' rows that speak of them (C2.4-02)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from qince.core.audit.models import Entry
from qince.core.erasure.packing import values
from qince.core.erasure.subjects import Kind, Subject
from qince.core.erasure.walk import Part, chunks, parts
from qince.core.privacy.registry import SOURCES, Personal, declared
from qince.kit.errors import Text
from qince.kit.resource.timeline import kind_words

PAGE = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a section: what it is, where it comes from, why it is kept and how long (C2.0-08)."""

    name: str
    label: Text
    meaning: Personal | None

    @property
    def source(self) -> Text:
        return SOURCES[self.meaning.source] if self.meaning else ""

    @property
    def purposes(self) -> str:
        codes = self.meaning.purposes if self.meaning else ()
        return "; ".join(str(declared.purposes[code].title) for code in codes)


@dataclass(frozen=True)
class Section:
    key: str
    title: Text
    by_others: bool
    fields: tuple[Told, ...]
    rows: Any  # queryset
    value: Callable[[Any], dict[str, Any]]

    def count(self) -> int:
        return int(self.rows.count())

    @property
    def kind(self) -> str:
        label: str = self.rows.model._meta.label_lower
        return label

    def pages(self) -> Iterator[list[tuple[Any, dict[str, Any]]]]:
        """Rows with their values, a page in memory at a time."""
        for keys in chunks(self.rows, PAGE):
            page = self.rows.model._default_manager.filter(pk__in=keys).order_by("pk")
            yield [(row, self.value(row)) for row in _with_references(page)]


def _with_references(rows: Any) -> Any:
    names = [field.name for field in rows.model._meta.local_concrete_fields if field.is_relation]
    return rows.select_related(*names) if names else rows


def sections(subject: Subject) -> Iterator[Section]:
    """In the current organization. What belongs to no organization is told as well: it is the person's."""
    for part in parts():
        if subject.kind in part.lead.kinds:
            yield _own(part, subject)
    for part in _once_a_model():
        if subject.kind is Kind.EMPLOYEE and part.mentioning:
            yield _mentions(part, subject)
    if subject.kind is Kind.EMPLOYEE:
        yield _acts_upon(subject)


def _once_a_model() -> Iterator[Part]:
    seen = set()
    for part in parts():
        if part.model not in seen:
            seen.add(part.model)
            yield part


def _title(part: Part) -> Text:
    """Lazily, for the copy is written in two languages."""
    return lazy(lambda: capfirst(str(kind_words(part.model._meta.label_lower))), str)()


def _own(part: Part, subject: Subject) -> Section:
    fields = tuple(Told(name, _label(part, name), meaning) for name, meaning in part.fields.items())
    return Section(
        key=part.key.replace(":", "."),
        title=_title(part),
        by_others=False,
        fields=fields,
        rows=part.rows(subject),
        value=lambda row: values.own(part, row, subject),
    )


def _mentions(part: Part, subject: Subject) -> Section:
    names = [field.name for field in part.model._meta.local_concrete_fields]
    fields = tuple(
        Told(name, _label(part, name), part.fields.get(name))
        for name in names
        if name in part.fields or name in part.mentioning
    )
    return Section(
        key=f"mentions.{part.model._meta.label_lower}",
        title=_title(part),
        by_others=True,
        fields=fields,
        rows=part.mentions(subject),
        value=lambda row: values.mention(part, row, subject),
    )


_ACT = ("at", "action", "actor_name", "client", "changes")


def _acts_upon(subject: Subject) -> Section:
    """What others did to the person's own record, as the trail tells it."""
    fields = tuple(
        Told(name, Entry._meta.get_field(name).verbose_name, None)  # type: ignore[union-attr]
        for name in _ACT
    )
    rows = Entry.objects.filter(target_kind="people.employee", target_id=subject.id)

    def value(entry: Any) -> dict[str, Any]:
        told = {name: values.plain(getattr(entry, name)) for name in _ACT}
        if entry.actor_id != subject.id:
            told["actor_name"] = values.masked_name(entry.actor_name)
        return told

    return Section("acts.people.employee", _("Acts of others upon your record"), True, fields, rows, value)


def _label(part: Part, name: str) -> Text:
    return getattr(part.model._meta.get_field(name), "verbose_name", name)
