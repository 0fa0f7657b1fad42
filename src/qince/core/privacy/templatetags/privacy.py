"""Reading a kept notice in templates."""

from itertools import groupby
from typing import Any

from django import template

from qince.core.privacy.documents import ITEM

register = template.Library()


@register.filter
def blocks(paragraphs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Paragraphs one by one, with items that follow each other taken together as one list."""
    found: list[dict[str, Any]] = []
    for is_list, group in groupby(paragraphs, key=lambda each: each["style"] == ITEM):
        together = list(group)
        found += [{"style": ITEM, "items": together}] if is_list else together
    return found
