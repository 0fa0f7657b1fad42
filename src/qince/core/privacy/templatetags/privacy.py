"""Reading a kept notice in templates."""

from itertools import groupby
from typing import Any

from django import template

from qince.core.privacy.documents import ITEM, TABLE

register = template.Library()


@register.filter
def blocks(paragraphs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Paragraphs one by one, with items that follow each other taken together as one list."""
    found: list[dict[str, Any]] = []
    for is_list, group in groupby(paragraphs, key=lambda each: each["style"] == ITEM):
        together = list(group)
        found += [{"style": ITEM, "items": together}] if is_list else [_shown(each) for each in together]
    return found


def _shown(block: dict[str, Any]) -> dict[str, Any]:
    """A table's cells each with its heading, for narrow screens."""
    if block["style"] != TABLE:
        return block
    head, *rows = block["rows"]
    body = [
        {"sensitive": row["sensitive"], "cells": list(zip(head["cells"], row["cells"], strict=True))}
        for row in rows
    ]
    return {**block, "head": head["cells"], "body": body}
