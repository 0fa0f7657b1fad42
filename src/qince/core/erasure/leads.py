"""From a declared subject path to the rows of a person: `visit.employee` becomes a filter over both references.

A path ends at a reference to an employee or account, at the row itself, or at a column that names a person or a
device. What a column means is said here once; a path that leads nowhere fails the build.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q

from qince.core.accounts.keys import keyed_digest
from qince.core.accounts.models import Account
from qince.core.erasure.subjects import Kind, Subject, is_same_contact, normal_phone
from qince.core.people.models import Employee
from qince.core.privacy.registry import declared
from qince.kit.tenancy import TenantModel
from qince.kit.vault.fields import EncryptedField

CHUNK = 500
# A filter for the subject's rows; None where rows of this model never are about such a subject.
Filter = Callable[[Subject], Q | None]
NOTHING = Q(pk__in=[])


class LeadsNowhere(ValueError):
    """A subject path of the declarations does not end at a person."""


@dataclass(frozen=True, slots=True)
class Lead:
    """How rows of one model lead to a person, and for which kinds of subject."""

    kinds: frozenset[Kind]
    where: Filter
    # The look-up that compares with employees' ids, where rows lead to an employee: for many people at once.
    employee: str = ""
    device: str = ""


def lead(model: type[models.Model], path: str) -> Lead:
    """The meaning of the subject `path` on `model`. Raises `LeadsNowhere`."""
    if path == "self":
        return _self(model)
    *steps, last = path.split(".")
    owner = model
    for step in steps:
        owner = _related(owner, step)
    prefix = "".join(f"{step}__" for step in steps)
    if last == "self":
        return _contacts(owner, "__".join(steps) + "__in")
    return _end(model, owner, last, prefix)


def _related(model: type[models.Model], name: str) -> Any:
    found = model._meta.get_field(name).related_model
    if found is None:
        raise LeadsNowhere(f"{model._meta.label}.{name} is no reference")
    return found


def _self(model: type[models.Model]) -> Lead:
    if model is Employee:
        return _employees(lambda subject: Q(pk=subject.id), "pk")
    if model is Account:
        return _accounts(lambda subject: Q(pk=subject.account_id))
    return _contacts(model, "pk__in")


def _contacts(owner: type[models.Model], path: str) -> Lead:
    """Rows that are a contact outside, or lead to such a row: `case.self` are the papers of a contact's case."""
    if owner._meta.label_lower not in declared.contacts:
        raise LeadsNowhere(f"{owner._meta.label} is itself a person, but says not by which columns")
    return Lead(frozenset({Kind.CONTACT}), lambda subject: Q(**{path: contact_keys(owner, subject)}))


def _end(model: type[models.Model], owner: type[models.Model], name: str, prefix: str) -> Lead:
    field = owner._meta.get_field(name)
    path = prefix + name
    if field.related_model is Employee:
        return _employees(lambda subject: Q(**{path: subject.id}), path)
    if field.related_model is Account:
        return _of_account(model, path)
    if (label := f"{owner._meta.label_lower}.{name}") in COLUMNS:
        return COLUMNS[label](path)
    if isinstance(field, models.UUIDField) and not field.is_relation and name in UUIDS:
        return UUIDS[name](path)
    raise LeadsNowhere(f"{label}: say in erasure.leads whom this column names")


def _employees(where: Filter, path: str) -> Lead:
    return Lead(frozenset({Kind.EMPLOYEE}), where, employee=path)


def _accounts(where: Filter) -> Lead:
    """Rows of the account: they go with the last organization that holds it."""

    def last_home(subject: Subject) -> Q | None:
        return where(subject) if subject.is_last_home else NOTHING

    return Lead(frozenset({Kind.EMPLOYEE, Kind.ACCOUNT}), last_home)


def _of_account(model: type[models.Model], path: str) -> Lead:
    names = {each.name for each in model._meta.get_fields()}
    if issubclass(model, TenantModel) or not {"organization", "employee_id"} <= names:
        return _accounts(lambda subject: Q(**{path: subject.account_id}))

    def where(subject: Subject) -> Q:
        """In tables outside organizations, what the account has in this one."""
        if subject.kind is Kind.ACCOUNT:
            return Q(**{path: subject.id})
        return Q(organization=subject.organization_id, employee_id=subject.id)

    return Lead(frozenset({Kind.EMPLOYEE, Kind.ACCOUNT}), where)


def _employee_id(path: str) -> Lead:
    return _employees(lambda subject: Q(**{path: subject.id}), path)


def _device_id(path: str) -> Lead:
    return Lead(
        frozenset({Kind.EMPLOYEE}), lambda subject: Q(**{f"{path}__in": subject.device_ids}), device=path
    )


def _mobile(path: str) -> Lead:
    """What was sent to a number: it is the account's, whichever organization it was for, or somebody's outside."""

    def sent_to(subject: Subject) -> Q | None:
        if not subject.mobile or (subject.kind is not Kind.CONTACT and not subject.is_last_home):
            return NOTHING
        return Q(**{path: normal_phone(subject.mobile)})

    return Lead(frozenset(Kind), sent_to)


def _mobile_digest(path: str) -> Lead:
    return _accounts(
        lambda subject: Q(**{path: keyed_digest("mobile", subject.mobile)}) if subject.mobile else NOTHING
    )


def _session(path: str) -> Lead:
    return Lead(frozenset({Kind.EMPLOYEE, Kind.ACCOUNT}), _sessions)


def _sessions(subject: Subject) -> Q:
    """Sessions say inside their own text whose they are: each is opened, and those of the subject's devices kept."""
    devices = {str(each) for each in subject.device_ids}
    mine = [str(subject.id), *([str(subject.account_id)] if subject.is_last_home else [])]
    keys = [
        session.pk
        for session in Session.objects.iterator(chunk_size=CHUNK)
        if any(value in devices or value in mine for value in map(str, session.get_decoded().values()))
    ]
    return Q(pk__in=keys)


def contact_keys(model: type[models.Model], subject: Subject) -> list[Any]:
    """Keys of the rows whose columns name the contact, however the number is written."""
    found = declared.contacts[model._meta.label_lower]
    columns = [name for name in (found.name, found.mobile, found.email) if name]
    keys = []
    for row in _filled(model, columns).values_list("pk", *columns).iterator(chunk_size=CHUNK):
        values = dict(zip(columns, (value or "" for value in row[1:]), strict=True))
        told = {part: values.get(getattr(found, part), "") for part in ("name", "mobile", "email")}
        if is_same_contact(subject, **told):
            keys.append(row[0])
    return keys


def _filled(model: type[models.Model], columns: list[str]) -> Any:
    some = Q()
    for name in columns:
        is_sealed = isinstance(
            model._meta.get_field(name), EncryptedField
        )  # of those only emptiness can be asked
        some |= Q(**{f"{name}__isnull": False}) if is_sealed else ~Q(**{name: ""})
    return model._default_manager.filter(some)


# Columns without a reference, by their own name …
UUIDS: dict[str, Callable[[str], Lead]] = {
    "actor_id": _employee_id,
    "employee_id": _employee_id,
    "device_id": _device_id,
    "reader_id": _employee_id,
}
# … or by the full one where the name alone would not tell.
COLUMNS: dict[str, Callable[[str], Lead]] = {
    "accounts.onetimecode.subject": _mobile_digest,
    "accounts.outboxmessage.mobile": _mobile,
    "sessions.session.session_data": _session,
}


def references(model: type[models.Model]) -> Iterator[str]:
    """Every reference of `model` to an employee, by name: where others may mention a person."""
    for field in model._meta.local_concrete_fields:
        if field.related_model is Employee:
            yield field.name
