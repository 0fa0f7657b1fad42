"""People in the notice: the kept text says who by id, and whoever reads it is told the name (C9-01).

A version stays as it was served, word for word and with its hash, while a name in it can still be erased: then the
pseudonym stands there instead.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.kit.tenancy import tenant

_MARK = re.compile(r"\{person:([0-9a-f-]{36})\}")
UNKNOWN = "—"


def mark(employee_id: UUID) -> str:
    """What stands in the text for this person of the organization whose notice it is."""
    return f"{{person:{employee_id}}}"


def named(content: dict[str, Any], organization: Organization | None) -> dict[str, Any]:
    """The content as it is read now. The general notice names nobody."""
    people = {UUID(key) for text in _texts(content) for key in _MARK.findall(text)}
    if not people or organization is None:
        return content
    with tenant(organization):
        names = {
            str(key): name for key, name in Employee.objects.filter(pk__in=people).values_list("pk", "name")
        }
    return _replaced(content, names)  # type: ignore[no-any-return]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _replaced(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        return _MARK.sub(lambda found: names.get(found.group(1), UNKNOWN), value)
    if isinstance(value, dict):
        return {key: _replaced(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, names) for each in value]
    return value
