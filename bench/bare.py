"""The service without the gate and without sealing: what it would cost if nobody's consent were asked and every value
lay open. Only the measurements start it, beside the real one, on a database that is thrown away.
"""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django.setup()

from qince.core.privacy import gate  # noqa: E402
from qince.engines.sync import person  # noqa: E402
from qince.kit.vault import fields  # noqa: E402


def _stored(field: fields.EncryptedField, row: object, _add: bool) -> object:
    value = getattr(row, field.attname)
    return value if value is None else fields.Sealed(field.encoded(value))


def _read(field: fields.EncryptedField, value: object, *_how: object) -> object:
    return None if value is None else field.decoded(bytes(value))  # type: ignore[call-overload]


def _always(*_args: object, **_more: object) -> bool:
    return True


kinds: list[Any] = [fields.EncryptedField, *fields.EncryptedField.__subclasses__()]
for kind in kinds:
    kind.pre_save, kind.from_db_value = _stored, _read
person._PERSON = person._PERSON.replace(gate.HELD_ROWS, "FALSE")  # no consent is read
gate.Standing.allows = gate.Standing.device_allows = _always  # type: ignore[method-assign,assignment]

from config.wsgi import application  # noqa: E402

__all__ = ["application"]
