"""Carrying a plan out: one step for each part of the walk, a chunk of rows at a time, each chunk a transaction.

Every step may run again: what it did is not found a second time, or comes out the same.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import F

from qince.core.accounts.models import Device
from qince.core.audit import erasing
from qince.core.erasure import places
from qince.core.erasure.holds import free
from qince.core.erasure.models import Copy
from qince.core.erasure.subjects import Kind, Subject
from qince.core.erasure.walk import Part, chunks, parts
from qince.core.letters import forgetting
from qince.core.people.models import Employee

# Runs on a chunk of keys and says how many rows it did.
Work = Callable[[Part, list[Any], Subject], int]
OUTSIDE: dict[str, Callable[[Subject], int]] = {
    "jobs": places.forget_jobs,
    "imports": places.forget_imports,
}


def step_names(subject: Subject) -> list[str]:
    """Every step for such a subject, in the order in which it must be done."""
    return [*OUTSIDE, *(part.key for part in parts() if subject.kind in part.lead.kinds)]


def part_called(key: str) -> Part:
    return next(part for part in parts() if part.key == key)


def pages(part: Part, subject: Subject, on: date) -> Any:
    """The keys still to be treated, in chunks; what is held is passed over."""
    return chunks(free(part.rows(subject), on))


def has_work(name: str, subject: Subject) -> bool:
    """Whether a step finds anything: most people have rows in a third of the models."""
    return name in OUTSIDE or part_called(name).rows(subject).exists()


def treat(part: Part, keys: list[Any], subject: Subject) -> int:
    """Do to these rows what the declarations say. Inside the transaction of the chunk."""
    if work := SPECIAL.get(part.model._meta.label_lower):
        return work(part, keys, subject)
    erase_from_trail(part, keys, subject)
    rows = part.model._default_manager.filter(pk__in=keys)
    if part.treatment.deletes:
        rows.delete()
    else:
        _empty(part, rows, subject)
    return len(keys)


def erase_from_trail(part: Part, keys: list[Any], subject: Subject) -> None:
    """What the trail tells of these rows, whoever acted, tells of the person."""
    if part.is_tenant and part.treatment.stays != list(part.fields):
        name = subject.pseudonym if part.model is Employee else ""
        erasing.erase_about(part.model._meta.label_lower, keys, name)


def _empty(part: Part, rows: Any, subject: Subject) -> None:
    values = dict(part.treatment.empties)
    for name in part.treatment.pseudonyms:
        values[name] = subject.pseudonym[: _width(part, name)]
    if not values:
        return
    if any(each.name == "version" for each in part.model._meta.local_concrete_fields):
        values["version"] = F("version") + 1  # phones that hold the row fetch it anew
    rows.update(**values)


def _width(part: Part, name: str) -> int | None:
    """How long a text the column takes; None for any length."""
    return getattr(part.model._meta.get_field(name), "max_length", None)


def _trail(part: Part, keys: list[Any], subject: Subject) -> int:
    """The acts of the person, and those upon the person's own row. `keys` only say that there are some."""
    return erasing.erase_these(keys, subject.pseudonym)


def _uploads(part: Part, keys: list[Any], subject: Subject) -> int:
    return places.forget_uploads(keys, subject.organization_id)


def _blobs(part: Part, keys: list[Any], subject: Subject) -> int:
    erasing.erase_about("files.blob", keys, "")
    return places.forget_blobs(keys)


def _devices(part: Part, keys: list[Any], subject: Subject) -> int:
    devices = Device.objects.filter(pk__in=keys)
    places.say_farewell(devices)
    erasing.erase_about("accounts.device", keys, "")
    devices.delete()
    return len(keys)


def _copies(part: Part, keys: list[Any], subject: Subject) -> int:
    """Packages made earlier go with the person: the file, and what was noted of it."""
    rows = Copy.objects.filter(pk__in=keys)
    for copy in rows:
        places.forget_copy(copy)
    rows.delete()
    return len(keys)


def _letters(part: Part, keys: list[Any], subject: Subject) -> int:
    """Letters go, save the last one, which says that the person is erased: it forgets the address once it has left."""
    staying = forgetting.under_way(keys)
    going = [key for key in keys if key not in staying]
    erase_from_trail(part, going, subject)
    part.model._default_manager.filter(pk__in=going).delete()
    return len(going)


def _deliveries(part: Part, keys: list[Any], subject: Subject) -> int:
    rows = part.model._default_manager.filter(pk__in=keys)
    staying = forgetting.under_way(list(rows.values_list("letter", flat=True)))
    return int(rows.exclude(letter__in=staying).delete()[0])


SPECIAL: dict[str, Work] = {
    "letters.delivery": _deliveries,
    "letters.letter": _letters,
    "erasure.copy": _copies,
    "audit.entry": _trail,
    "files.upload": _uploads,
    "files.blob": _blobs,
    "accounts.device": _devices,
}


NAMING = ("name", "mobile", "email")


def words_of(subject: Subject) -> dict[str, str]:
    """Words by which the person may stand in other people's acts, and what is put there instead.

    A name that a colleague shares is left: nobody can tell any more whom it means.
    """
    found = dict.fromkeys(subject.words, subject.pseudonym)
    if subject.kind is Kind.EMPLOYEE:
        found |= dict.fromkeys(erasing.former("people.employee", subject.id, NAMING), subject.pseudonym)
    itself = [subject.id] if subject.id else []
    if subject.name and Employee.objects.filter(name=subject.name).exclude(pk__in=itself).exists():
        found.pop(subject.name, None)
    return found
