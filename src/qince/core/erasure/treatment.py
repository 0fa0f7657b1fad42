"""What erasing does to the rows of one model, worked out from the declarations of its fields.

A row goes when none of its fields must stay and one says so, or cannot be emptied. Else it stays under a pseudonym:
what may be emptied is emptied, references to the person go on, for the person they lead to has no name any more.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from qince.core.privacy.registry import Personal
from qince.core.privacy.retention import Retention


class Impossible(ValueError):
    """A declaration asks for what its field cannot hold."""


@dataclass(slots=True)
class Treatment:
    """`deletes`: the row goes. Else the fields of each kind; `kept` names the rule that lets a field outlive."""

    deletes: bool = False
    empties: dict[str, Any] = field(default_factory=dict)
    pseudonyms: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    kept: dict[str, Retention] = field(default_factory=dict)


def treatment(model: type[models.Model], fields: dict[str, Personal]) -> Treatment:
    """The treatment of rows of `model` whose personal `fields` (by name) are about the person to be erased."""
    kept = {name: each.term for name, each in fields.items() if each.term.survives_erasure}
    free = {name: each.on_erase for name, each in fields.items() if name not in kept}
    none_stays = not kept and not {"pseudonym", "keep"} & set(free.values())
    if none_stays and ("delete" in free.values() or not all(can_be_empty(model, name) for name in free)):
        return Treatment(deletes=True)
    found = Treatment(kept=kept)
    for name, on_erase in free.items():
        if on_erase in ("delete", "null"):
            found.empties[name] = empty_value(model, name)
        elif on_erase == "pseudonym" and is_text(model, name):
            found.pseudonyms.append(name)
        elif on_erase == "pseudonym" and not is_reference(model, name):
            raise Impossible(f"{model._meta.label}.{name} can hold no pseudonym")
        else:
            found.stays.append(name)
    return found


def can_be_empty(model: type[models.Model], name: str) -> bool:
    try:
        empty_value(model, name)
    except Impossible:
        return False
    return True


def empty_value(model: type[models.Model], name: str) -> Any:
    """What the field holds when nothing is known: NULL where it may, else an empty text, list or object."""
    found: Any = model._meta.get_field(name)
    if found.null:
        return None
    if is_sealed(found) or found.is_relation or found.unique or _is_one_of_a_kind(model, name):
        raise Impossible(f"{model._meta.label}.{name} cannot be emptied")
    if isinstance(found, models.CharField | models.TextField):
        return ""
    if isinstance(found, models.JSONField):
        return found.get_default() if found.has_default() else {}
    if isinstance(found, models.BinaryField):
        return b""
    raise Impossible(f"{model._meta.label}.{name} cannot be emptied")


def _is_one_of_a_kind(model: type[models.Model], name: str) -> bool:
    """Whether an organization may have each value once: two emptied rows would stand in each other's way."""
    return any(
        isinstance(each, models.UniqueConstraint)
        and each.condition is None
        and set(each.fields) <= {"organization", name}
        and name in each.fields
        for each in model._meta.constraints
    )


def filled(model: type[models.Model], name: str) -> Q:
    """Rows in which the field holds anything that could be emptied; sealed columns say only whether there is one."""
    found: Any = model._meta.get_field(name)
    if found.null:
        return Q(**{f"{name}__isnull": False})
    return ~Q(**{name: empty_value(model, name)})


def is_text(model: type[models.Model], name: str) -> bool:
    found = model._meta.get_field(name)
    return isinstance(found, models.CharField | models.TextField) and not is_sealed(found)


def is_reference(model: type[models.Model], name: str) -> bool:
    found = model._meta.get_field(name)
    return found.is_relation or isinstance(found, models.UUIDField)


def is_sealed(found: Any) -> bool:
    """Whether the column holds bytes under a subject's key: they can be emptied, never rewritten as a set."""
    return bool(getattr(found, "is_sealed", False))
