"""Checking a model instance before it is written: what the model and the database would refuse, said in words."""

from collections.abc import Set

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Refusal


def check(instance: Model) -> None:
    """Raise a `Refusal` naming the fields that are wrong; costs one query for each unique constraint."""
    check_fields(instance)
    try:
        instance.validate_constraints()
    except ValidationError as error:
        raise refusal_from(error) from error


def check_fields(instance: Model, *, but: Set[str] = frozenset()) -> None:
    """The same for the fields alone (`but` those named), without a query: references are the database's to check."""
    references = {field.name for field in instance._meta.concrete_fields if field.is_relation}
    try:
        instance.clean_fields(exclude=references | but)
    except ValidationError as error:
        raise refusal_from(error) from error


def refusal_from(error: ValidationError) -> Refusal:
    """A form's or model's complaint as a refusal: the first sentence for each field."""
    found = {name: " ".join(texts) for name, texts in error.message_dict.items()}
    fields = {name: text for name, text in found.items() if name != NON_FIELD_ERRORS}
    message = found.get(NON_FIELD_ERRORS) or next(
        iter(fields.values()), str(_("Please check what you entered."))
    )
    return Refusal("invalid", message, fields=fields)  # type: ignore[arg-type]
