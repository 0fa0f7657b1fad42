"""Keeps the resource kit's saved views."""

from uuid import UUID

from django.db.models import Q

from qince.core.access.models import SavedView
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.resource.saved_views import View

SHOWN = 20


def of(actor: Actor, key: str) -> list[View]:
    """Own views first, then shared ones, each by name."""
    rows = SavedView.objects.filter(Q(employee=actor.employee_id) | Q(is_shared=True), resource=key)
    found = sorted(rows.order_by("name")[:SHOWN], key=lambda row: row.employee_id != actor.employee_id)
    return [
        View(row.pk, row.name, row.query, row.is_shared, row.employee_id == actor.employee_id)
        for row in found
    ]


@action("access.save_view", permission=None)
def save(actor: Actor, key: str, *, name: str, query: str, is_shared: bool) -> None:
    """Save one's own view, or change the one of that name."""
    view, _made = SavedView.objects.update_or_create(
        employee_id=actor.employee_id,
        resource=key,
        name=name,
        defaults={"query": query[:4000], "is_shared": is_shared},
    )
    note(view, resource=key, is_shared=is_shared)


@action("access.delete_view", permission=None)
def delete(actor: Actor, view_id: UUID) -> None:
    view = SavedView.objects.filter(pk=view_id, employee=actor.employee_id).first()
    if view is None:
        raise NotFound
    note(view, resource=view.resource)
    view.delete()
