"""Small words for the pages of copies, plans and reports."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def page_numbers(written: Any) -> range:
    return range(1, written.pages + 1)
