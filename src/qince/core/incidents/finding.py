"""Finding whom an incident concerns: from the declarations of personal fields, by their path to the person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils import timezone

from qince.core.accounts.models import Account, Device
from qince.core.people.models import Employee
from qince.core.privacy.registry import Personal, declared
from qince.kit.resource.timeline import kind_words
from qince.kit.tenancy import TenantModel

_PLAIN = (models.CharField, models.TextField, models.EmailField)


@dataclass(frozen=True, slots=True)
class Holding:
    """Fields of one model that hold one category of data about the same person."""

    model: type[models.Model]
    meaning: Personal
    fields: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.fields[0]}"

    @property
    def title(self) -> str:
        return f"{kind_words(self.model._meta.label_lower)}: {self.meaning.category}"

    @property
    def end(self) -> Any:
        """The field at the end of the path to the person; None where the row is the person itself."""
        if self.meaning.subject == "self":
            return None
        model, field = self.model, None
        for name in self.meaning.subject.split("."):
            field = model._meta.get_field(name)
            model = field.related_model or model  # type: ignore[assignment]
        return field

    @property
    def path(self) -> str:
        return self.meaning.subject.replace(".", "__")

    @property
    def time(self) -> str:
        """The field that says when a row was recorded; "" where the row is a person, who is there all along."""
        if self.end is None:
            return ""
        if self.meaning.aged_by:
            return self.meaning.aged_by
        fields = [each for each in self.model._meta.concrete_fields if each.name != "updated_at"]
        times = [each.name for each in fields if isinstance(each, models.DateTimeField)]
        days = [each.name for each in fields if isinstance(each, models.DateField)]
        return next(iter(times + days), "")


@cache
def holdings() -> dict[str, Holding]:
    """Everything that leads to a person who can be told, by key, in the order of its declaration."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    meanings: dict[tuple[str, str, str], Personal] = {}
    for key, meaning in declared.personal().items():
        label, _dot, name = key.rpartition(".")
        mark = (label, meaning.subject, str(meaning.category))
        groups.setdefault(mark, []).append(name)
        meanings[mark] = meaning
    found = (Holding(apps.get_model(mark[0]), meanings[mark], tuple(names)) for mark, names in groups.items())
    return {each.key: each for each in found if _leads_somewhere(each)}


def _leads_somewhere(holding: Holding) -> bool:
    if holding.model._meta.app_label == "incidents":
        return False
    if holding.end is None:
        return holding.model in (Employee, Account) or bool(_contact_fields(holding))
    if not issubclass(holding.model, TenantModel):
        return holding.end.related_model is Account
    return holding.end.related_model in (Employee, Account) or isinstance(holding.end, models.UUIDField)


def _contact_fields(holding: Holding) -> dict[str, str]:
    """For a row that is an outsider: which of its fields are name, mobile and e-mail."""
    found: dict[str, str] = {}
    for name in holding.fields:
        for meaning, words in {"mobile": ("phone", "mobile"), "email": ("email",), "name": ("name",)}.items():
            if any(word in name for word in words):
                found.setdefault(meaning, name)
                break
    return found if "name" in found and issubclass(holding.model, TenantModel) else {}


@dataclass(frozen=True, slots=True)
class Found:
    """A person that a search met: an employee, or an outsider with what the row says."""

    employee: Any = None
    name: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which data, between which instants, of which departments' people (None: of all)."""

    keys: tuple[str, ...]
    start: datetime | None = None
    end: datetime | None = None
    employee_ids: frozenset[UUID] | None = None


def people_in(search: Search) -> Iterator[Found]:
    """Everybody whose data the search meets: employees first, each once, then outsiders."""
    chosen = [holdings()[key] for key in search.keys]
    ids: set[UUID] = set()
    for holding in chosen:
        ids |= _employee_ids(holding, search)
    if search.employee_ids is not None:
        ids &= search.employee_ids
    for employee in Employee.objects.filter(pk__in=ids).order_by("number", "id").iterator():
        yield Found(employee, employee.name, employee.mobile, employee.email)
    if search.employee_ids is None:
        for holding in chosen:
            yield from _outsiders(holding)


def _rows(holding: Holding, search: Search) -> Any:
    """Rows that hold any of the fields, recorded within the period."""
    rows: Any = holding.model._default_manager.filter(_is_filled(holding))
    time = holding.time
    if not time:
        return rows
    is_instant = isinstance(holding.model._meta.get_field(time), models.DateTimeField)
    for bound, word in ((search.start, "gte"), (search.end, "lte")):
        if bound is not None:
            rows = rows.filter(
                **{f"{time}__{word}": bound if is_instant else timezone.localtime(bound).date()}
            )
    return rows


def _is_filled(holding: Holding) -> Q:
    """Whether a row holds any of the fields at all; a field that cannot be empty is always there."""
    held = Q()
    for name in holding.fields:
        try:
            field: Any = holding.model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if type(field) in _PLAIN and field.blank:
            held |= ~Q(**{name: ""})
        elif field.null:
            held |= Q(**{f"{name}__isnull": False})
        else:
            return Q()
    return held


def _employee_ids(holding: Holding, search: Search) -> set[UUID]:
    rows, end = _rows(holding, search), holding.end
    if end is None:
        if holding.model is Employee:
            return set(rows.values_list("pk", flat=True))
        return _of_accounts(rows, "pk") if holding.model is Account else set()
    if end.related_model is Account:
        return _of_accounts(rows, f"{holding.path}_id")
    if end.related_model is Employee:
        return set(rows.exclude(**{holding.path: None}).values_list(f"{holding.path}_id", flat=True))
    return _of_uuids(set(rows.values_list(holding.path, flat=True)))


def _of_accounts(rows: Any, path: str) -> set[UUID]:
    """Accounts belong to no organization: those of this one's employees alone are looked at."""
    accounts = dict(Employee.objects.exclude(account=None).values_list("account_id", "pk"))
    held = rows.filter(**{f"{path}__in": list(accounts)}).values_list(path, flat=True)
    return {accounts[key] for key in held}


def _of_uuids(keys: set[UUID]) -> set[UUID]:
    """Ids kept without a reference: of an employee, or of a device of one."""
    devices = Device.objects.filter(pk__in=keys).values_list("employee_id", flat=True)
    return set(Employee.objects.filter(pk__in=keys | set(devices)).values_list("pk", flat=True))


def _outsiders(holding: Holding) -> Iterator[Found]:
    if holding.end is not None or holding.model in (Employee, Account):
        return
    names = _contact_fields(holding)
    for row in _rows(holding, Search(keys=())).iterator():
        values = {meaning: str(getattr(row, name) or "")[:60] for meaning, name in names.items()}
        if values.get("name"):
            yield Found(**values)
