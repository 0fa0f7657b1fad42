"""Answers about somebody else: whoever gives them affirms that they may, once for each submission, on record (C1.2-10).

Which questions those are the publisher says. Whoever leaves them empty affirms nothing.
"""

from typing import Any

from django.utils.translation import gettext_lazy

from qince.engines.forms.schema import Definition, Field, lay_out
from qince.engines.forms.schema.values import is_empty
from qince.kit.attestation import attest

KNOWS = gettext_lazy(
    "The people whose information I give here know of it and have agreed, or I may give it without that by law."
)


def is_of_others(field: Field) -> bool:
    return bool(field.privacy.is_personal and field.privacy.is_of_others)


def asks_about_others(definition: Definition) -> bool:
    return any(is_of_others(place.field) for place in lay_out(definition).places.values())


def affirmed(definition: Definition, given: list[tuple[str, Any]], *, attested: bool) -> dict[str, str]:
    """The fact to note with the act; {} where nothing is told of others. `given`: (field's id, answer), rows included.

    Refuses what names others without the statement, so that nothing is saved.
    """
    places = lay_out(definition).places
    if not any(is_of_others(places[key].field) and not is_empty(answer) for key, answer in given):
        return {}
    return attest(KNOWS, attested=attested)
