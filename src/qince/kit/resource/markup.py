"""The rows of a list as HTML. Written in Python: a page of eighty rows is a thousand cells, and the template engine
takes ten times as long for them. Everything that comes from a row is escaped here.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from qince.kit.resource.columns import Cell
from qince.kit.templatetags.kit import badge

if TYPE_CHECKING:
    from qince.kit.resource.lists import Listing, Row

_TICK = (
    '<td class="is-tick"><input class="form-check-input" type="checkbox" name="ids" value="{}"'
    ' aria-label="{}"></td>'
)
_GROUP = '<tr class="q-group"><th colspan="{}" scope="colgroup">{} <span class="q-count">{}</span></th></tr>'
_PICTURE = '<img class="q-thumb" src="{}" alt="" loading="lazy" width="36" height="36">'


def body(listing: "Listing") -> SafeString:
    """The table's body."""
    has_ticks = bool(listing.bulk_acts)
    rows = "".join(_row(row, listing.span, has_ticks) for row in listing.rows)
    return mark_safe(f"<tbody>{rows}</tbody>")  # nosec: every value was escaped


def _row(row: "Row", span: int, has_tick: bool) -> str:
    group = _GROUP.format(span, escape(row.group), row.group_count) if row.group else ""
    tick = _TICK.format(row.object.pk, escape(str(row.object))) if has_tick else ""
    return f"{group}<tr>{tick}{''.join(_cells(row.cells))}</tr>"


def _cells(cells: Iterable[Cell]) -> Iterator[str]:
    for cell in cells:
        css = cell.css
        opening = f'<td class="{css}">' if css else "<td>"
        yield f"{opening}{_content(cell)}</td>"


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
