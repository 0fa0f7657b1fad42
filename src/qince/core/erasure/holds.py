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
    standing = Hold.objects.filter(model=model._meta.label_lower, released_at__isnull=True)
    standing = standing.filter(Q(until__isnull=True) | Q(until__gt=on))
    return list(standing.values_list("row_id", flat=True).distinct())


def free(rows: Any, on: date) -> Any:
    """`rows` without those that are held."""
    held = held_ids(rows.model, on)
    return rows.exclude(pk__in=held) if held else rows
