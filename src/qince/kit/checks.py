"""System checks that hold the tenancy pattern: what the database could not enforce is refused at start."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.db import models

from qince.kit.postgresql.policy import is_tenant
from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import encrypted_fields


@register
def tenant_models(app_configs: Any, **kwargs: Any) -> list[Error]:
    found = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    return [problem for model in found for problem in _problems(model)]


def _problems(model: type[models.Model]) -> Iterator[Error]:
    for field in model._meta.local_fields:
        if field.name in ("id", "organization"):
            continue
        if field.unique:
            yield Error(
                "unique=True ignores the organization; use a UniqueConstraint", obj=field, id="qince.E001"
            )
        target = field.related_model
        if isinstance(target, type) and is_tenant(target) and not isinstance(field, TenantForeignKey):
            yield Error("tenant to tenant needs TenantForeignKey", obj=field, id="qince.E002")
    for relation in model._meta.local_many_to_many:
        yield Error("many-to-many needs a TenantModel of its own", obj=relation, id="qince.E003")
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and "organization" not in constraint.fields:
            yield Error(f"{constraint.name} must start with the organization", obj=model, id="qince.E004")


@register
def sealed_columns(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Nothing in the database may compare or sort what is encrypted."""
    return [problem for model in apps.get_models() for problem in sealed_problems(model)]


def sealed_problems(model: type[models.Model]) -> Iterator[Error]:
    sealed = {field.name for field in encrypted_fields(model)}
    for what, names in _compared(model):
        for name in sorted(sealed & names):
            yield Error(f"{what} compares {name}, which is encrypted", obj=model, id="qince.E005")


def _compared(model: type[models.Model]) -> Iterator[tuple[str, set[str]]]:
    yield "ordering", {str(name).lstrip("-") for name in model._meta.ordering or ()}
    for index in model._meta.indexes:
        yield (
            index.name,
            {*index.fields, *index.include, *_named(index.condition)}
            | {name.lstrip("-") for name in index.fields},
        )
    for constraint in model._meta.constraints:
        fields = {*getattr(constraint, "fields", ()), *getattr(constraint, "include", ())}
        yield constraint.name, fields | set(_named(getattr(constraint, "condition", None)))


def _named(condition: Any) -> Iterator[str]:
    """The fields a condition is about."""
    for child in getattr(condition, "children", ()):
        if isinstance(child, tuple):
            yield child[0].split("__")[0]
        else:
            yield from _named(child)
