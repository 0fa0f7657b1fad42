"""The audit trail of one record, in words, for the timeline on its page."""

import re
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from qince.core.audit.models import Entry
from qince.kit.actor import Actor
from qince.kit.resource import timeline
from qince.kit.resource.columns import MASKED, as_text
from qince.kit.resource.timeline import Moment

SHOWN = 50


def moments(actor: Actor, row: Model) -> list[Moment]:
    """The last `SHOWN` acts upon the row; fields the actor sees masked elsewhere are masked here too."""
    kind = row._meta.label_lower
    entries = Entry.objects.filter(target_id=row.pk, target_kind=kind).order_by("-id")[:SHOWN]
    return [moment(actor, entry) for entry in entries]


def moment(actor: Actor, entry: Entry) -> Moment:
    model = model_called(entry.target_kind)
    changes = [_change(actor, entry.target_kind, model, *item) for item in entry.changes.items()]
    return Moment(entry.at, _by(entry), timeline.words_for(entry.action), changes)


def _by(entry: Entry) -> str:
    """Who did it; acts that follow by themselves carry their own name, which tells a reader nothing."""
    is_named_act = entry.actor_id is None and re.fullmatch(r"[a-z_]+\.[a-z_]+", entry.actor_name)
    return str(_("System")) if is_named_act else entry.actor_name


def model_called(kind: str) -> type[Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):  # a model that is no more; an act upon no object at all
        return None


def _change(
    actor: Actor, kind: str, model: type[Model] | None, name: str, value: Any
) -> tuple[str, str, str]:
    """(label, old, new). A pair is a change, anything else a fact."""
    old, new = value if isinstance(value, list) and len(value) == 2 else ("", value)
    field = _field(model, name)
    is_named = field is not None and field.verbose_name != name.replace("_", " ")
    label = capfirst(str(field.verbose_name if is_named else timeline.fact_words(name)))
    if not actor.sees_field(f"{kind}.{name}"):
        return label, MASKED if old else "", MASKED
    codes = {**dict(getattr(field, "flatchoices", ()) or ()), **timeline.value_words(f"{kind}.{name}")}
    return label, _words(codes, old), _words(codes, new)


def _field(model: type[Model] | None, name: str) -> Any:
    """The field that a fact is named after; not a relation from elsewhere, such as a leaver's `subordinates`."""
    try:
        found = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return found if found is not None and found.concrete else None


def _words(codes: dict[Any, Any], value: Any) -> str:
    if isinstance(value, str) and value in codes:
        return str(codes[value])
    if isinstance(value, list) and codes:
        return as_text([_words(codes, each) for each in value])
    return as_text(_moment(value))


def _moment(value: Any) -> Any:
    """The trail keeps moments as ISO text; a person reads them in the local way."""
    if not isinstance(value, str) or len(value) < len("2026-01-01T00:00") or value[10] not in "T ":
        return value
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return value
    return found if found.tzinfo else value
