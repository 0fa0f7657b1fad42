"""Reading a record by the name of its field."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def value(record: Any, name: str) -> Any:
    return getattr(record, name)
