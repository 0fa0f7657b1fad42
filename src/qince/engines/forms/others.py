"""Answers about somebody else: whoever gives them affirms that they may, once for each submission, on record (C1.2-10).

Which questions those are the publisher says. Whoever leaves them empty affirms nothing.

A version published before that could be said asks for no statement. Its questions without the mark look as those of
which a publisher said no; so `unsaid` tells of versions with a question that may be about somebody else, and publishing
anew is the answer, whichever it is.
"""

from typing import Any

from django.db.models import BooleanField, Exists, Func, OuterRef, QuerySet, Value
from django.utils.translation import gettext_lazy

from qince.engines.forms.models import FormVersion
from qince.engines.forms.schema import Definition, Field, Kind, lay_out
from qince.engines.forms.schema.values import is_empty
from qince.kit.attestation import attest

KNOWS = gettext_lazy(
    "The people whose information I give here know of it and have agreed, or I may give it without that by law."
)

# What a question that names somebody, or tells how to reach them, was said to be about.
NAMING = ("identity", "contact", "family")
_NAMES = " || ".join(f'@.privacy.category == "{each}"' for each in NAMING)
_MAY_BE = f'$.**.fields[*] ? (@.privacy.is_personal == true && (@.kind == "{Kind.PERSON}" || {_NAMES}))'
_MARKED = "$.**.privacy ? (@.is_of_others == true)"


class _Holds(Func):
    """Whether the definition holds what a JSON path looks for, at any depth."""

    function, template = "jsonb_path_exists", "%(function)s(%(expressions)s::jsonpath)"
    output_field = BooleanField()


def unsaid(versions: "QuerySet[FormVersion]") -> "QuerySet[FormVersion]":
    """Those of `versions` that could not say yet whom they ask about, and hold a question that names somebody."""
    early = versions.filter(_Holds("definition", Value(_MAY_BE)), can_mark_others=False)
    return early.exclude(_Holds("definition", Value(_MARKED)))


def unsaid_in_force() -> Exists:
    """Of a form: whether its version in force is such a one."""
    return Exists(unsaid(FormVersion.objects.filter(form=OuterRef("pk"), number=OuterRef("number"))))


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
