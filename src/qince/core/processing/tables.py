"""What the organization decides over, table by table, in words: read from the declarations, so nothing is forgotten.

Left out is what the operator decides over for itself, what may only be stored (a restricted person), and secrets.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from qince.core.erasure.packing.values import words
from qince.core.erasure.walk import chunks, parts
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.privacy.controllers import OPERATOR, controller_of, fields_of_organization
from qince.core.privacy.registry import Personal, declared
from qince.kit.errors import Text
from qince.kit.resource.timeline import fact_words, kind_words
from qince.kit.tenancy import TenantModel, current_organization_id

PAGE = 500
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, what is declared of it, and the value of a row."""

    name: str
    heading: str
    meaning: Personal | None
    value: Callable[[Any], Any]


@dataclass(frozen=True)
class Table:
    model: type[models.Model]
    excluded: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def key(self) -> str:
        return str(self.model._meta.label_lower)

    @property
    def feature(self) -> Text:
        return apps.get_app_config(self.model._meta.app_label).verbose_name

    @property
    def title(self) -> str:
        return capfirst(kind_words(self.key))

    @cached_property
    def columns(self) -> list[Column]:
        """In the language active now; a reference is two columns, what it is called and its id."""
        return [each for name in fields_of_organization(self.model) for each in self._columns_of(name)]

    @property
    def withheld(self) -> list[tuple[str, Text]]:
        """What is kept back from the organization, and why."""
        fields = {
            f"{self.key}.{each.name}": each.verbose_name for each in self.model._meta.local_concrete_fields
        }
        return [
            (capfirst(str(name)), declared.withheld[key].because)
            for key, name in fields.items()
            if key in declared.withheld
        ]

    def _columns_of(self, each: Any) -> Iterator[Column]:
        meaning = declared.fields.get(f"{self.key}.{each.name}")
        meaning = meaning if isinstance(meaning, Personal) else None
        heading = self._heading(each)
        if not each.is_relation:
            yield Column(each.name, heading, meaning, lambda row: words(each, getattr(row, each.name)))
            return
        if controller_of(each.related_model) != OPERATOR:
            yield Column(each.name, heading, meaning, lambda row: self._called(getattr(row, each.name)))
        key = _("%(name)s (id)") % {"name": heading}
        yield Column(each.attname, key, meaning, lambda row: words(None, getattr(row, each.attname)))

    def _heading(self, each: Any) -> str:
        """The field in words: its own, else what it refers to, else as the trail would say it."""
        if each.primary_key:
            return _("%(name)s (id)") % {"name": self.title}
        if each.verbose_name != each.name.replace("_", " "):
            return capfirst(str(each.verbose_name))
        if each.is_relation:
            return capfirst(kind_words(each.related_model._meta.label_lower))
        return capfirst(fact_words(each.name))

    def _called(self, found: Any) -> str:
        """What a row refers to, by name; of somebody whose data may not be used now, only the id stands beside it."""
        if found is None or (isinstance(found, Employee) and found.pk in self.excluded):
            return ""
        return str(found)

    def rows(self) -> Any:
        """Of the current organization, whoever they are about, save those whose data may only be stored."""
        found = self.model._default_manager.all()
        if self.model is Organization:
            found = found.filter(pk=current_organization_id())
        elif not issubclass(self.model, TenantModel):
            found = found.filter(organization=current_organization_id())
        return found.exclude(self._of_excluded()) if self.excluded else found

    def _of_excluded(self) -> Q:
        some = Q(pk__in=[])
        for part in parts():
            if part.model is self.model and part.lead.employee:
                some |= Q(**{f"{part.lead.employee}__in": self.excluded})
        return some

    def pages(self) -> Iterator[list[Any]]:
        """Rows with what they refer to, a page in memory at a time."""
        names = [each.name for each in self.model._meta.local_concrete_fields if each.is_relation]
        for keys in chunks(self.rows(), PAGE):
            page = self.model._default_manager.filter(pk__in=keys).order_by("pk")
            yield list(page.select_related(*names) if names else page)


def tables(excluded: frozenset[UUID] = frozenset()) -> list[Table]:
    """Every table of which the organization gets something, by feature."""
    return [Table(model, excluded) for model in apps.get_models() if fields_of_organization(model)]


def kept_by_operator() -> list[str]:
    """Names of the tables that are left out because the operator is responsible for them itself."""
    found = {
        capfirst(kind_words(model._meta.label_lower))
        for model in apps.get_models()
        if any(each.model is model for each in parts()) and controller_of(model) == OPERATOR
    }
    return sorted(found)
