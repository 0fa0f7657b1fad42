"""Tags for the pages of the address book."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template

register = template.Library()


@register.filter
def at(names: Mapping[Any, Any], key: Any) -> Any:
    """The entry of a mapping under a key that only the row knows."""
    return names.get(key, "")


@register.filter
def named(names: Mapping[UUID, str], key: str) -> str:
    """The name of an id given as text; one that is gone shows as a dash."""
    return names.get(UUID(str(key)), "—")
