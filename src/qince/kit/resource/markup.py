"""The table of a list as HTML. Written in Python: a page of eighty rows is a thousand cells, and the template engine
takes ten times as long for them. Everything that comes from a row is escaped here.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from qince.kit.actor import Actor
from qince.kit.resource import seen
from qince.kit.resource.columns import Cell, Column, cell, of_value, reader
from qince.kit.templatetags.kit import badge, icon

if TYPE_CHECKING:
    from qince.kit.resource.lists import Head, Listing, Row

# Writes the cell of one column from a record and its address.
Writer = Callable[[Any, str], str]

_TICK = (
    '<td class="is-tick"><input class="form-check-input" type="checkbox" name="ids" value="{}"'
    ' aria-label="{}"><input type="hidden" name="seen" value="{}:{}"></td>'
)
_TICK_ALL = (
    '<th class="is-tight is-tick" scope="col"><input class="form-check-input" type="checkbox" data-bulk-head'
    ' aria-label="{}"></th>'
)
_GROUP = '<tr class="q-group"><th colspan="{}" scope="colgroup">{} <span class="q-count">{}</span></th></tr>'
_PICTURE = '<img class="q-thumb" src="{}" alt="" loading="lazy" width="36" height="36">'
_REPEATED = frozenset((str, int, bool, type(None), date, Decimal))
_ARROWS = {"ascending": "chevron-up", "descending": "chevron-down", "": "selector"}


def head(listing: "Listing") -> SafeString:
    """The row of headings; each sorts."""
    tick = _TICK_ALL.format(escape(_("Tick all rows"))) if listing.bulk_acts else ""
    return mark_safe(f"<tr>{tick}{''.join(map(_heading, listing.heads))}</tr>")  # nosec: every value was escaped


def _heading(head: "Head") -> str:
    css = ' class="is-number"' if head.column.is_numeric else ""
    sort = f' aria-sort="{head.direction}"' if head.direction else ""
    label = escape(head.label)
    if head.link:
        label = f'<a class="q-sort" href="{escape(head.link)}">{label}{icon(_ARROWS[head.direction])}</a>'
    return f'<th scope="col"{css}{sort}>{label}</th>'


def body(listing: "Listing") -> SafeString:
    """The table's body."""
    writers = [_writer(column, listing.actor, _label(listing, column)) for column in listing.state.columns]
    tick = _ticker(listing) if listing.bulk_acts else None
    rows = "".join([_row(row, writers, listing.span, tick) for row in listing.rows])
    return mark_safe(f"<tbody>{rows}</tbody>")  # nosec: every value was escaped


def _ticker(listing: "Listing") -> Callable[[Any], str]:
    """Writes the tick box of a record, with the mark that says what the list showed of it."""
    mark = seen.marker(listing.resource.model, listing.state.columns)
    return lambda found: _TICK.format(found.pk, escape(str(found)), found.pk, mark(found))


def _row(row: "Row", writers: Sequence[Writer], span: int, tick: Callable[[Any], str] | None) -> str:
    group = _GROUP.format(span, escape(row.group), row.group_count) if row.group else ""
    box = tick(row.object) if tick else ""
    cells = "".join([write(row.object, row.url) for write in writers])
    return f"{group}<tr>{box}{cells}</tr>"


def _label(listing: "Listing", column: Column) -> str:
    """A bare number says nothing where a narrow screen stacks the row: its heading goes with it."""
    return f' data-label="{escape(listing.labels[column.name])}"' if column.is_numeric else ""


def _writer(column: Column, actor: Actor, label: str) -> Writer:
    """Values repeat down a column, as states and districts do: each text is written once a page."""
    if column.is_link:
        return lambda record, url: _td(cell(column, record, actor, url))
    if column.text or column.picture or not column.is_clear_to(actor):
        return lambda record, url: _td(cell(column, record, actor), label)
    read = reader(column)
    written: dict[tuple[type, Any], str] = {}

    def write(record: Any, url: str) -> str:
        value = read(record)
        kind = type(value)
        if kind not in _REPEATED:
            return _td(of_value(column, record, value), label)
        if (found := written.get((kind, value))) is None:
            found = written[kind, value] = _td(of_value(column, record, value), label)
        return found

    return write


def _td(cell: Cell, label: str = "") -> str:
    css = f' class="{css}"' if (css := cell.css) else ""
    return f"<td{css}{label}>{_content(cell)}</td>"


def _content(cell: Cell) -> str:
    if cell.url:
        link = f'<a href="{escape(cell.url)}">{escape(cell.text) or "—"}</a>'
        return f'<span class="q-pictured">{_picture(cell)}{link}</span>' if cell.column.picture else link
    return _badge(cell.text, cell.tone) if cell.tone else escape(cell.text)


def _picture(cell: Cell) -> str:
    if cell.picture:
        return _PICTURE.format(escape(cell.picture))
    return '<span class="q-thumb"></span>'


@lru_cache(maxsize=2000)
def _badge(text: str, tone: str) -> str:
    """States are few, and each shows many times."""
    return str(badge(text, tone))
