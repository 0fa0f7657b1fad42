"""Columns: where a value comes from, who may see it, and how it reads on a page and in a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Text

MASKED = "****"


@dataclass(frozen=True, slots=True)
class Column:
    """One value of a row.

    `name` is an attribute path (`leader__name`) unless `value` computes it. `sort` is the ORM path to order
    by ("" for no sorting; None for `name` itself). `computed` is an expression the database works out, for rows that
    show the column only. `mask` names a maskable field (`people.employee.mobile`):
    who does not see it gets asterisks and can neither sort, filter nor search by it. `masks_row` says of which rows,
    where the column tells it of some only. `tones` colours a status by its stored value.
    """

    name: str
    label: Text = ""
    value: Callable[[Any], Any] | None = None
    text: Callable[[Any], Any] | None = None
    sort: str | None = None
    mask: str = ""
    masks_row: Callable[[Any], bool] | None = None
    permission: str = ""
    is_link: bool = False
    is_shown: bool = True
    is_numeric: bool = False
    computed: Any = field(default=None, compare=False)
    picture: Callable[[Any], str] | None = None  # address of a small picture before the text; "" for none
    tones: Mapping[str, str] = field(default_factory=dict)

    @property
    def order_path(self) -> str:
        if self.sort is not None:
            return self.sort
        return "" if self.value or self.computed is not None else self.name

    def is_clear_to(self, actor: Actor, row: Any = None) -> bool:
        """Of `row`; without one, of every row."""
        if not self.mask or actor.sees_field(self.mask):
            return True
        return row is not None and self.masks_row is not None and not self.masks_row(row)


@dataclass(slots=True)  # not frozen: a page makes a thousand, and freezing doubles what each costs
class Cell:
    """A value as a page shows it."""

    column: Column
    text: str
    tone: str = ""
    url: str = ""
    picture: str = ""
    is_date: bool = False

    @property
    def css(self) -> str:
        """Where the cell goes when a narrow screen stacks the row; empty ones are left out there."""
        if self.url:
            return "is-lead"
        css = "is-number " if self.column.is_numeric else ""
        css += "is-date " if self.is_date else ""
        return f"{css}{'' if self.text else 'is-optional'}".rstrip()


def read(column: Column, row: Any) -> Any:
    """The value as stored (or computed): a number stays a number, a date a date."""
    return reader(column)(row)


def reader(column: Column) -> Callable[[Any], Any]:
    """What reads the column's value off a row: decided once where a whole page of rows follows."""
    if column.value:
        return column.value
    name = column.name
    if "__" in name:
        return lambda row: follow(row, name)
    return lambda row: getattr(row, name, None)


def follow(row: Any, path: str) -> Any:
    """The attribute at the end of `leader__name`; None where the way is broken off."""
    value = row
    for step in path.split("__"):
        value = getattr(value, step, None)
        if value is None:
            return None
    return value


def export_value(column: Column, row: Any, actor: Actor) -> Any:
    """The value for a file: as stored, except that choices read as on screen."""
    if not column.is_clear_to(actor, row):
        return MASKED
    if column.text:
        return str(column.text(row) or "")
    return _choice(column, row) or read(column, row)


def cell(column: Column, row: Any, actor: Actor, url: str = "") -> Cell:
    if not column.is_clear_to(actor, row):
        return Cell(column, MASKED)
    if column.text:
        tone = column.tones.get(str(read(column, row)), "") if column.tones else ""
        return Cell(column, str(column.text(row) or ""), tone, url)
    return of_value(column, row, read(column, row), url)


def of_value(column: Column, row: Any, value: Any, url: str = "") -> Cell:
    """The cell of a column without `text` that the actor sees in clear, from the value that was read already."""
    picture = column.picture(row) if column.picture else ""
    tone = column.tones.get(str(value), "") if column.tones else ""
    return Cell(column, _choice(column, row) or as_text(value), tone, url, picture, isinstance(value, date))


def _choice(column: Column, row: Any) -> str:
    if column.value:
        return ""
    words = _choices(type(row), column.name)  # type: ignore[arg-type]
    return str(words.get(getattr(row, column.name), "")) if words else ""


@cache
def _choices(model: type[Model], name: str) -> dict[Any, Any]:
    """The words of a field with choices, by stored value; empty for any other column."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return {}
    return dict(getattr(field, "flatchoices", ()))


def as_text(value: Any) -> str:
    """A value in the words and formats of the active language."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        text = formats.date_format(clock.shown(value), "SHORT_DATETIME_FORMAT")
        return f"{text} ({zone})" if (zone := clock.elsewhere(value)) else text
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, int | float | Decimal):
        return formats.number_format(value, use_l10n=True)
    if isinstance(value, list | tuple):
        return "、".join(map(as_text, value)) if _is_chinese() else ", ".join(map(as_text, value))
    return str(value)


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
