"""Purpose limitation: a personal field is read for the purposes it is declared for, and for no other (C2.0-01)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registry import Personal, declared
from qince.kit.errors import Refusal
from qince.kit.resource.exporting import asked_before_reading


class UndeclaredPurpose(Refusal):
    """Nobody declared that this field serves this purpose: reading it for that would be a new use."""

    status = 403

    def __init__(self, field: str, purposes: Iterable[str]) -> None:
        super().__init__(
            "purpose_undeclared",
            _("This data was not collected for that. Nothing was read."),
            field=field,
            purpose=" ".join(purposes),
        )


def require_declared(field: str, *purposes: str) -> None:
    """Refuse to read `field` (`app.model.field`) for purposes none of which it is declared for.

    What is not personal may be read for anything; what nobody declared at all, for nothing.
    """
    meaning = declared.fields.get(field.lower())
    if meaning is None or (isinstance(meaning, Personal) and not set(meaning.purposes) & set(purposes)):
        raise UndeclaredPurpose(field, purposes)


@asked_before_reading
def _require_all(fields: Iterable[str], purposes: Iterable[str]) -> None:
    for field in fields:
        require_declared(field, *purposes)
