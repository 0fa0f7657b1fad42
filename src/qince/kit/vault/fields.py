"""Columns whose values are sealed under a subject's key. In Python they are ordinary values; in the database, bytes.

    lat = EncryptedFloatField(_("latitude"), null=True, subject="employee_id")

`subject` leads from a row to the id of the person: an attribute, or a path over rows that are loaded already, as in
`visit.employee_id`. Fields of an abstract model may leave it to each model's `SUBJECT`. It is needed for writing only;
what is read says itself which key opens it.

Reading gives None where the key was destroyed or is unknown, and where the bytes were altered, which is logged: one
bad row must not take a whole list away. Nothing but `isnull` can be asked of such a column in the database.
"""

import json
import logging
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import models

from qince.kit.vault import codec
from qince.kit.vault.api import key_of
from qince.kit.vault.errors import Damaged, VaultError
from qince.kit.vault.ring import Key, ring

log = logging.getLogger(__name__)
_FLOAT = struct.Struct(">d")


class Sealed(bytes):
    """Bytes on their way to the database, sealed already."""


class EncryptedField(models.Field):  # type: ignore[type-arg]
    """What the encrypted columns share. `label` keeps the name a value was sealed under when a field is renamed."""

    is_sealed = True

    def __init__(self, *args: Any, subject: str = "", label: str = "", **kwargs: Any) -> None:
        self.subject, self.own_label = subject, label
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        self.subject = self.subject or getattr(cls, "SUBJECT", "")
        self._steps = self.subject.split(".")
        # Bound to every value: `app.model.field`.
        self.label = self.own_label or f"{cls._meta.label_lower}.{name}"
        super().contribute_to_class(cls, name, private_only)  # type: ignore[arg-type]

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["subject"] = self.subject
        if self.own_label:
            kwargs["label"] = self.own_label
        return name, path, args, kwargs

    # --- What a value is in bytes: each class's own ---

    def encoded(self, value: Any) -> bytes:
        raise NotImplementedError

    def decoded(self, data: bytes) -> Any:
        raise NotImplementedError

    # --- The column ---

    def get_internal_type(self) -> str:
        return "BinaryField"

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def cast_db_type(self, connection: Any) -> str:
        return "bytea"

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else self._refuse()

    def get_transform(self, lookup_name: str) -> Any:
        self._refuse()

    def _refuse(self) -> None:
        raise FieldError(
            f"{self.label} is encrypted: the database can neither compare, sort nor reckon with it"
        )

    # --- Writing ---

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The value of this row, sealed for the row's subject."""
        value = getattr(model_instance, self.attname)
        if value is None or isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
            return value
        key = ring().for_writing(model_instance.organization_id, self.subject_of(model_instance))  # type: ignore[attr-defined]
        return Sealed(codec.sealed(key.cipher, key.prefix, key.organization, self.label, self.encoded(value)))

    def subject_of(self, row: Any) -> UUID:
        for step in self._steps[:-1]:
            if step not in row._state.fields_cache:
                raise VaultError(f"{self.label}: load {step} first, the subject is {self.subject}")
            row = getattr(row, step)
        found = getattr(row, self._steps[-1])
        if not isinstance(found, UUID):
            raise VaultError(f"{self.label}: {self.subject} leads to no id")
        return found

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Only what `pre_save` sealed passes: an update() or a bulk_update() does not know whose value it is."""
        if value is None or isinstance(value, Sealed) or hasattr(value, "as_sql"):
            return value
        raise FieldError(
            f"{self.label} is encrypted: write it by save(), bulk_create() or kit.bulk, row by row"
        )

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return self.get_db_prep_value(value, connection)

    # --- Reading ---

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        data = bytes(value)
        try:
            key = key_of(data)
            return (
                None
                if key is None
                else self.decoded(codec.opened(key.cipher, key.organization, self.label, data))
            )
        except Damaged:
            log.error("%s holds bytes that were altered or moved (key %s)", self.label, data[1:17].hex())
            return None


class EncryptedFloatField(EncryptedField, models.FloatField):  # type: ignore[type-arg]
    def encoded(self, value: Any) -> bytes:
        return _FLOAT.pack(value)

    def decoded(self, data: bytes) -> float:
        return float(_FLOAT.unpack(data)[0])


class EncryptedTextField(EncryptedField, models.TextField):  # type: ignore[type-arg]
    def encoded(self, value: Any) -> bytes:
        return str(value).encode()

    def decoded(self, data: bytes) -> str:
        return data.decode()


class EncryptedCharField(EncryptedField, models.CharField):  # type: ignore[type-arg]
    """One line of text; `max_length` is held by validation, for the database sees bytes."""

    def encoded(self, value: Any) -> bytes:
        return str(value).encode()

    def decoded(self, data: bytes) -> str:
        return data.decode()


class EncryptedBinaryField(EncryptedField, models.BinaryField):
    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s"

    def encoded(self, value: Any) -> bytes:
        return bytes(value)

    def decoded(self, data: bytes) -> bytes:
        return data


class EncryptedJSONField(EncryptedField, models.JSONField):
    def encoded(self, value: Any) -> bytes:
        return json.dumps(value, cls=self.encoder, ensure_ascii=False, separators=(",", ":")).encode()

    def decoded(self, data: bytes) -> Any:
        return json.loads(data, cls=self.decoder)


# --- Many values at once --------------------------------------------------------------------------


def sealed_rows(
    model: type[models.Model],
    names: Sequence[str],
    organization_id: UUID,
    subject_id: UUID,
    rows: Iterable[Sequence[Any]],
) -> Iterator[list[bytes | None]]:
    """Values of the encrypted fields `names`, row by row, sealed for one subject: for rows built by hand."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    key = ring().for_writing(organization_id, subject_id)
    bindings = [codec.bound(key.prefix, key.organization, field.label) for field in fields]
    values = [
        (binding, None if value is None else field.encoded(value))
        for row in rows
        for binding, field, value in zip(bindings, fields, row, strict=True)
    ]
    flat, width = codec.sealed_all(key.cipher, key.prefix, values), len(fields)
    return (flat[at : at + width] for at in range(0, len(flat), width))


def steadily(fields: Iterable[Any]) -> AbstractContextManager[None]:
    """While many rows with these fields are written, ask the key store once whether keys still hold."""
    return ring().steady() if any(isinstance(field, EncryptedField) for field in fields) else nullcontext()


def encrypted_fields(model: type[models.Model]) -> list[EncryptedField]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, EncryptedField)]


__all__ = [
    "EncryptedBinaryField", "EncryptedCharField", "EncryptedField", "EncryptedFloatField", "EncryptedJSONField",
    "EncryptedTextField", "Key", "Sealed", "encrypted_fields", "sealed_rows", "steadily",
]  # fmt: skip
