"""Migrations that turn clear columns into sealed ones, in three files so that each may be cut short and run again:

    0002  operations = make_room(...)      the clear column steps aside as `x_clear`, the sealed one is added
    0003  operations = [move(...)]         atomic = False: rows are sealed in batches, and their clear values emptied
    0004  operations = clear_away(...)     the empty clear columns go

Backwards they unseal, as long as no key has been destroyed: what an erased person's columns held stays gone.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import migrations, models

from qince.kit import bulk
from qince.kit.tenancy import tenant
from qince.kit.vault.api import make_keys
from qince.kit.vault.errors import SubjectErased

BATCH = 1000


def make_room(model: str, fields: dict[str, tuple[Any, Any]]) -> list[Any]:
    """`fields`: name → (the clear field as it was, but null; the sealed field)."""
    return [
        operation
        for name, (clear, sealed) in fields.items()
        for operation in (
            migrations.RenameField(model, name, f"{name}_clear"),
            migrations.AlterField(model, f"{name}_clear", clear),
            migrations.AddField(model, name, sealed),
        )
    ]


def clear_away(model: str, names: Sequence[str]) -> list[Any]:
    return [migrations.RemoveField(model, f"{name}_clear") for name in names]


def move(app: str, model: str, names: Sequence[str], *, through: Sequence[str] = ()) -> Any:
    """Seal organization by organization. `through`: references that the fields' subjects lead over."""
    clear = [f"{name}_clear" for name in names]
    forwards = _walk(app, model, dict(zip(clear, names, strict=True)), through)
    backwards = _walk(app, model, dict(zip(names, clear, strict=True)), through)
    return migrations.RunPython(forwards, backwards)


def _walk(app: str, model: str, moves: dict[str, str], through: Sequence[str]) -> Callable[..., None]:
    """Move values from column to column. What has moved already is not looked at again."""

    def run(apps: Any, editor: Any) -> None:
        table, organizations = apps.get_model(app, model), apps.get_model("organizations", "Organization")
        waiting = models.Q(*[(f"{name}__isnull", False) for name in moves], _connector=models.Q.OR)
        for organization in organizations.objects.order_by("pk").values_list("pk", flat=True):
            last = None
            while rows := _batch(table, organization, waiting, last, through):
                _move(organization, rows, moves)
                last = rows[-1].pk

    return run


def _batch(table: Any, organization: Any, waiting: Any, last: Any, through: Sequence[str]) -> list[Any]:
    with tenant(organization):
        after = {} if last is None else {"pk__gt": last}
        rows = table.objects.filter(waiting, organization=organization, **after).order_by("pk")
        return list(rows.select_related(*through)[:BATCH] if through else rows[:BATCH])


def _move(organization: Any, rows: list[Any], moves: dict[str, str]) -> None:
    """One batch in one transaction. Values of an erased person are dropped: there is no key for them."""
    for row in rows:
        for source, target in moves.items():
            value = getattr(row, source)
            if value is not None:
                setattr(row, target, value)
            setattr(row, source, None)
    names = (*moves, *moves.values())
    _make_keys(organization, rows, moves)
    with tenant(organization):
        try:
            bulk.update(rows, names)
        except SubjectErased:
            for row in rows:
                _one(row, names, moves)


def _make_keys(organization: Any, rows: list[Any], moves: dict[str, str]) -> None:
    sealed = [
        field for name in moves.values() if hasattr(field := rows[0]._meta.get_field(name), "is_sealed")
    ]
    if sealed:
        make_keys(organization, {sealed[0].subject_of(row) for row in rows})


def _one(row: Any, names: tuple[str, ...], moves: dict[str, str]) -> None:
    try:
        bulk.update([row], names)
    except SubjectErased:
        for target in moves.values():
            setattr(row, target, None)
        bulk.update([row], names)
