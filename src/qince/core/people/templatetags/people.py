"""Tags for the pages of the address book."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(names: Mapping[Any, Any], key: Any) -> Any:
    """The entry of a mapping under a key that only the row knows."""
    return names.get(key, "")
