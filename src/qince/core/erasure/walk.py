"""The walk: every model with personal fields, in the order in which rows can go, and the rows of one person in each.

All of it is read from the declarations. A model has one part for each subject path its fields name: the rows of a
visit are the rep's, a customer's contact is somebody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from qince.core.erasure.leads import CHUNK, Lead, lead, references
from qince.core.erasure.subjects import Kind, Subject
from qince.core.erasure.treatment import Treatment, treatment
from qince.core.people.models import Employee
from qince.core.privacy.registry import Personal, declared
from qince.kit.tenancy import TenantModel


@dataclass(frozen=True)
class Part:
    """The personal fields of a model that are about the same person, and how rows lead there."""

    model: type[models.Model]
    subject: str
    fields: dict[str, Personal]

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def key(self) -> str:
        """A name for progress and records: stable while the declarations are."""
        return f"{self.model._meta.label_lower}:{self.subject}"

    @cached_property
    def lead(self) -> Lead:
        return lead(self.model, self.subject)

    @cached_property
    def treatment(self) -> Treatment:
        return treatment(self.model, self.fields)

    @property
    def is_tenant(self) -> bool:
        return issubclass(self.model, TenantModel)

    def rows(self, subject: Subject) -> Any:
        """The subject's rows, in the current organization where the model belongs to one."""
        if subject.kind not in self.lead.kinds:
            return self.model._default_manager.none()
        where = self.lead.where(subject)
        return self.model._default_manager.filter(where if where is not None else Q(pk__in=[]))

    def mentions(self, subject: Subject) -> Any:
        """Rows of others that refer to the subject: leaders, successors, those who granted or reviewed (C2.4-02)."""
        if subject.kind is not Kind.EMPLOYEE or not self.mentioning:
            return self.model._default_manager.none()
        some = Q()
        for name in self.mentioning:
            some |= Q(**{name: subject.id})
        return self.model._default_manager.filter(some).exclude(pk__in=self.rows(subject).values("pk"))

    @cached_property
    def mentioning(self) -> list[str]:
        return [name for name in references(self.model) if name != self.subject]


def parts() -> tuple[Part, ...]:
    """Every part, rows that refer before those they refer to, so that each can go when its turn comes."""
    return _parts(tuple((key, id(each)) for key, each in declared.personal().items()))


@lru_cache(maxsize=4)
def _parts(declarations: tuple[tuple[str, int], ...]) -> tuple[Part, ...]:
    """Worked out once: the declarations stand still while the program runs, save in tests."""
    grouped: dict[tuple[type[models.Model], str], dict[str, Personal]] = {}
    for key, each in declared.personal().items():
        label, _dot, name = key.rpartition(".")
        grouped.setdefault((apps.get_model(label), each.subject), {})[name] = each
    _also_of_contacts(grouped)
    found = [Part(model, subject, fields) for (model, subject), fields in grouped.items()]
    rank = {model: number for number, model in enumerate(_referring_first({each.model for each in found}))}
    return tuple(sorted(found, key=lambda part: (rank[part.model], part.subject)))


def _also_of_contacts(grouped: dict[tuple[type[models.Model], str], dict[str, Personal]]) -> None:
    """A model whose rows are a member's or an outsider's, such as a letter, has a part for each; so have the models
    that lead to a person through it, such as the papers of a case.
    """
    found: dict[tuple[type[models.Model], str], dict[str, Personal]] = {}
    for (model, subject), fields in grouped.items():
        if (path := _contact_on_the_way(model, subject)) is not None:
            found.setdefault((model, path), {}).update(fields)
    for label in declared.contacts:
        model = apps.get_model(label)
        if (model, "self") not in grouped and (model, "self") not in found:
            raise ValueError(f"{label} holds contacts, but none of its fields is personal")
    for key, fields in found.items():
        grouped.setdefault(key, fields)


def _contact_on_the_way(model: type[models.Model], subject: str) -> str | None:
    """The path by which rows lead to somebody outside, where the way to a member passes a row that may be theirs."""
    owner: Any = model
    steps = [] if subject == "self" else subject.split(".")
    for number in range(len(steps) or 1):
        if owner._meta.label_lower in declared.contacts:
            return ".".join([*steps[:number], "self"])
        if number + 1 < len(steps):
            owner = owner._meta.get_field(steps[number]).related_model
    return None


def _referring_first(wanted: set[type[models.Model]]) -> Iterator[type[models.Model]]:
    """`wanted`, each before the models it refers to."""
    left = sorted(wanted, key=lambda model: model._meta.label)
    while left:
        ready = [model for model in left if not any(model in _needs(other) for other in left)]
        if not ready:
            raise ValueError(f"references run in a circle: {left}")
        yield from ready
        left = [model for model in left if model not in ready]


def _needs(model: type[models.Model]) -> set[Any]:
    """What rows of `model` must go before. Tables without a reference in SQL are read by their meaning."""
    found = {each.related_model for each in model._meta.local_concrete_fields if each.is_relation}
    meant = {apps.get_model(label) for label in FOUND_THROUGH.get(model._meta.label_lower, ())}
    return (found | meant) - {model}


# Rows found through devices, affiliations or the mobile go before those are gone.
_IDENTITY = ("people.Employee", "people.Affiliation")
FOUND_THROUGH: dict[str, tuple[str, ...]] = {
    "sync.holding": ("accounts.Device",),
    "sessions.session": ("accounts.Device",),
    "accounts.device": ("people.Affiliation",),
    "people.affiliation": ("people.Employee",),
    "accounts.onetimecode": _IDENTITY,
    "accounts.outboxmessage": _IDENTITY,
    "accounts.recoverycode": _IDENTITY,
    "audit.entry": _IDENTITY,
}


def chunks(rows: Any, size: int = CHUNK) -> Iterator[list[Any]]:
    """Keys of `rows`, so many at a time, each list asked for anew: what was done is not found again."""
    last = None
    while True:
        page = rows.order_by("pk") if last is None else rows.filter(pk__gt=last).order_by("pk")
        keys = list(page.values_list("pk", flat=True)[:size])
        if not keys:
            return
        yield keys
        last = keys[-1]


def employee_of(subject: Subject) -> Employee | None:
    if subject.kind is not Kind.EMPLOYEE:
        return None
    found: Employee | None = Employee.objects.filter(pk=subject.person_id).first()
    return found
