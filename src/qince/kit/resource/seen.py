"""What a list showed of each row, so that an act upon several is not done to one that has become another (0035).

Each row carries a mark: a keyed digest of what its columns hold, as stored or as the query computes it, and of its
version where it counts one. The mark tells nothing; made anew when the act comes, it says whether the row is still
what was looked at. Other than the save of a form, an act upon several rows holds no lock while it asks: each act
locks in its own order, and a lock taken here before it would let two people who decide at once wait for each other.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from qince.kit.actor import Actor
from qince.kit.errors import Conflict
from qince.kit.resource.columns import Column
from qince.kit.resource.declaration import Resource
from qince.kit.resource.opened import version_of

NAME = "seen"  # of the hidden inputs: `id:mark`
SALT = "qince.kit.resource.seen"

Marks = dict[UUID, str]


def marker(model: type[Model], columns: Iterable[Column]) -> Callable[[Any], str]:
    """What marks each row of a page: the fields to look at and the key are found once, not for each of eighty rows."""
    names, key = _held(model, tuple(column.name for column in columns)), _key()

    def mark(row: Any) -> str:
        stored = row.__dict__
        held = [repr(stored[name]) for name in names if name in stored]
        text = "\x1f".join([str(version_of(row)), *held])
        return blake2b(text.encode(), digest_size=12, key=key).hexdigest()

    return mark


def _key() -> bytes:
    return blake2b(f"{SALT}:{settings.SECRET_KEY}".encode(), digest_size=32).digest()


@lru_cache(maxsize=500)
def _held(model: type[Model], names: tuple[str, ...]) -> tuple[str, ...]:
    """Where a row holds what these columns show; of another record's field, which record it is."""
    own = {field.name: field.attname for field in model._meta.concrete_fields}
    first = dict.fromkeys(name.partition("__")[0] for name in names)
    return tuple(own.get(name, name) for name in first)


def read(sent: Iterable[str]) -> Marks:
    """What came back; nothing from whoever sends none, such as a script that never opened the list."""
    found = {}
    for text in sent:
        key, _colon, held = text.partition(":")
        try:
            found[UUID(key)] = held
        except ValueError:
            continue
    return found


def require_as_seen(
    resource: Resource, actor: Actor, row: Any, held: str | None, columns: Sequence[Column]
) -> Any:
    """The row as it is now. Refused when it is another than the list showed, or is there no more."""
    if held is None:
        return row
    now = resource.visible_to(actor, columns).filter(pk=row.pk).first()
    if now is None or marker(type(now), columns)(now) != held:
        raise Conflict(
            "changed_meanwhile", _("This was changed meanwhile. Look at it anew; nothing was done to it.")
        )
    return now
