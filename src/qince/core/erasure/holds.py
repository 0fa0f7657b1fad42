"""Which records are held. A hold blocks one record only (C5.4-09)."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from qince.core.erasure.models import Hold
from qince.kit.tenancy import TenantModel


def held_ids(model: type[models.Model], on: date) -> list[Any]:
    """Keys of the model's rows that a hold keeps on this day."""
    if not issubclass(model, TenantModel):
        return []
    standing = _standing(on).filter(model=model._meta.label_lower)
    return list(standing.values_list("row_id", flat=True).distinct())


def all_held(on: date) -> dict[str, set[Any]]:
    """The same for every model that has any, by its label: one question for a whole plan."""
    found: dict[str, set[Any]] = {}
    for label, key in _standing(on).values_list("model", "row_id"):
        found.setdefault(label, set()).add(key)
    return found


def _standing(on: date) -> Any:
    return Hold.objects.filter(Q(until__isnull=True) | Q(until__gt=on), released_at__isnull=True)


def free(rows: Any, on: date) -> Any:
    """`rows` without those that are held."""
    held = held_ids(rows.model, on)
    return rows.exclude(pk__in=held) if held else rows
