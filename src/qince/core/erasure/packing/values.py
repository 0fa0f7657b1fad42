"""Values as a copy shows them: the person's own in clear, other people's masked, secrets not at all."""

import base64
from datetime import date, datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import models

from qince.core.audit.models import Entry
from qince.core.erasure.subjects import Subject
from qince.core.erasure.walk import Part
from qince.core.people.models import Employee
from qince.core.privacy.registry import declared

MASK = "•••"


def own(part: Part, row: Any, subject: Subject) -> dict[str, Any]:
    """The personal fields of the person's own row."""
    return {name: _value(part, row, name, subject) for name in part.fields}


def _value(part: Part, row: Any, name: str, subject: Subject) -> Any:
    kept = declared.withheld.get(f"{part.model._meta.label_lower}.{name}")
    if kept is not None and kept.from_its_person:
        return str(kept.because)
    if isinstance(row, Session) and name == "session_data":
        return {key: plain(value) for key, value in row.get_decoded().items()}
    field = part.model._meta.get_field(name)
    if field.is_relation:
        return reference(getattr(row, name), subject)
    if isinstance(row, Entry) and name == "target_name" and _is_about_another(row, subject):
        return masked_name(row.target_name)
    return words(field, getattr(row, name))


def _is_about_another(entry: Entry, subject: Subject) -> bool:
    return entry.target_kind == "people.employee" and entry.target_id != subject.id


def reference(found: Any, subject: Subject) -> Any:
    """What a row refers to, by name; another person only by the beginning of theirs."""
    if found is None:
        return None
    told = str(found)
    if isinstance(found, Employee) and found.pk != subject.id:
        told = masked_name(found.name)
    return {"id": str(found.pk), "name": told}


def masked_name(name: str) -> str:
    return f"{name[:1]}**" if name else MASK


def words(field: Any, value: Any) -> Any:
    """The value as JSON can hold it; a choice in words beside its code."""
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if isinstance(value, str) and value in choices:
        return f"{value} ({choices[value]})"
    return plain(value)


def plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return _bytes(bytes(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return str(value)


def _bytes(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return base64.b64encode(value).decode()


def mention(part: Part, row: Any, subject: Subject) -> dict[str, Any]:
    """Somebody else's row in which the person stands: how, and when; what is the other's own is masked."""
    told: dict[str, Any] = {}
    for field in part.model._meta.local_concrete_fields:
        name = field.name
        if name in part.mentioning and getattr(row, field.attname) == subject.id:
            told[name] = reference(getattr(row, name), subject)
        elif isinstance(field, models.DateField):
            told[name] = plain(getattr(row, name))
        elif name in part.fields:
            told[name] = MASK
    return told
