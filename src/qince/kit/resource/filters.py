"""Filters: each a name in the URL, a menu of values, and what it does to the rows.

Values of one filter are alternatives (or); filters narrow each other (and). The menu is fetched when opened,
so a list page never pays for it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.kit.actor import Actor
from qince.kit.clock import day_in
from qince.kit.errors import Text
from qince.kit.spelling import key_of

MENU_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """`menu(actor, typed)` lists (value, words); `words(actor, value)` names one for its chip; `apply`
    narrows.
    """

    name: str
    label: Text
    menu: Callable[[Actor, str], Iterable[tuple[str, Text]]]
    words: Callable[[Actor, str], str]
    apply: "Callable[[QuerySet[Any], Actor, list[str]], QuerySet[Any]]"
    mask: str = ""
    is_single: bool = False
    is_searchable: bool = False
    is_range: bool = False


def choice(name: str, label: Text, choices: Iterable[tuple[str, Text]], *, path: str = "") -> Filter:
    """One of a few fixed values, such as a status."""
    known = {str(value): words for value, words in choices}

    def apply(rows: "QuerySet[Any]", actor: Actor, values: list[str]) -> "QuerySet[Any]":
        return rows.filter(**{f"{path or name}__in": [value for value in values if value in known]})

    return Filter(
        name=name,
        label=label,
        menu=lambda actor, typed: known.items(),
        words=lambda actor, value: str(known.get(value, "")),
        apply=apply,
    )


def yes_no(name: str, label: Text, yes: Q) -> Filter:
    """Whether a condition holds: `yes_no("unplanned", …, Q(plan__isnull=True))`."""
    known = {"1": gettext_lazy("Yes"), "0": gettext_lazy("No")}
    return Filter(
        name=name,
        label=label,
        menu=lambda actor, typed: known.items(),
        words=lambda actor, value: str(known.get(value, "")),
        apply=lambda rows, actor, values: rows.filter(yes if values[-1] == "1" else ~yes),
        is_single=True,
    )


def reference(
    name: str,
    label: Text,
    rows: "Callable[[Actor], QuerySet[Any]]",
    *,
    path: str = "",
    search: str = "name",
    mask: str = "",
    narrow: Callable[[Any, Actor, list[UUID]], Any] | None = None,
    names: Callable[[], Mapping[UUID, str]] | None = None,
) -> Filter:
    """One of other records the actor may see, found by typing. `narrow` replaces the plain `path in values`.

    `names` gives fuller words for all of them, in their order, such as a department's path.
    """

    def menu(actor: Actor, typed: str) -> list[tuple[str, Text]]:
        found = rows(actor)
        if names:
            seen, wanted = set(found.values_list("pk", flat=True)), typed.casefold()
            pairs: list[tuple[str, Text]] = [
                (str(key), text) for key, text in names().items() if key in seen and wanted in text.casefold()
            ]
            return pairs[:MENU_LIMIT]
        if typed:
            found = found.filter(**{f"{search}__icontains": typed})
        return [(str(row.pk), str(row)) for row in found.order_by(key_of(found.model, search))[:MENU_LIMIT]]

    def words(actor: Actor, value: str) -> str:
        row = rows(actor).filter(pk__in=_uuids([value])).first()
        return (names()[row.pk] if names else str(row)) if row else ""

    def apply(shown: "QuerySet[Any]", actor: Actor, values: list[str]) -> "QuerySet[Any]":
        keys = _uuids(values)
        return narrow(shown, actor, keys) if narrow else shown.filter(**{f"{path or name}__in": keys})

    return Filter(name, label, menu, words, apply, mask=mask, is_searchable=True)


def _uuids(values: list[str]) -> list[UUID]:
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


SPANS: dict[str, Text] = {
    "today": gettext_lazy("Today"),
    "yesterday": gettext_lazy("Yesterday"),
    "week": gettext_lazy("This week"),
    "month": gettext_lazy("This month"),
    "last_month": gettext_lazy("Last month"),
}


def dates(name: str, label: Text, *, path: str = "", is_instant: bool = False) -> Filter:
    """A span of days: a named one (`month`) or `2026-01-01..2026-01-31`, either end open.

    With `is_instant` the column holds an instant, and days are those of the active time zone.
    """

    def apply(rows: "QuerySet[Any]", actor: Actor, values: list[str]) -> "QuerySet[Any]":
        first, last = span(values[-1], timezone.localdate())
        if first:
            rows = rows.filter(**{f"{path or name}__gte": _midnight(first) if is_instant else first})
        if last:
            end = last + timedelta(days=1)
            rows = rows.filter(**{f"{path or name}__lt": _midnight(end) if is_instant else end})
        return rows

    return Filter(
        name=name,
        label=label,
        menu=lambda actor, typed: SPANS.items(),
        words=lambda actor, value: str(SPANS.get(value, "")) or _span_words(value),
        apply=apply,
        is_single=True,
        is_range=True,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def span(value: str, today: date) -> tuple[date | None, date | None]:
    """First and last day of a span; (None, None) if it says nothing."""
    month = today.replace(day=1)
    named = {
        "today": (today, today),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
        "week": (today - timedelta(days=today.weekday()), today),
        "month": (month, today),
        "last_month": ((month - timedelta(days=1)).replace(day=1), month - timedelta(days=1)),
    }
    if value in named:
        return named[value]
    first, _dots, last = value.partition("..")
    return day_in(first), day_in(last)


def _span_words(value: str) -> str:
    first, last = (
        formats.date_format(day, "SHORT_DATE_FORMAT") if day else "" for day in span(value, date.max)
    )
    if first and last:
        return first if first == last else f"{first} – {last}"
    if first:
        return _("from %(day)s") % {"day": first}
    return _("until %(day)s") % {"day": last} if last else ""
