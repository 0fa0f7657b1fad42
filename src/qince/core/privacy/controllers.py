"""Who decides over the rows of a table: the organization, or the operator for itself (C1.1-08).

Read from what is declared of the fields, so that the mark of a table can never differ from what its fields say.
"""

from typing import Any

from django.db import models

from qince.core.organizations.models import Organization
from qince.core.privacy.registry import Personal, declared
from qince.kit.tenancy import TenantModel
from qince.kit.vault.fields import EncryptedField

ORGANIZATION, OPERATOR = "organization", "operator"


def controller_of(model: type[models.Model]) -> str:
    """The organization's, unless the table is outside organizations or everything personal in it is the operator's."""
    personal = [each for each in _meanings(model).values() if isinstance(each, Personal)]
    if any(each.controller == ORGANIZATION for each in personal):
        return ORGANIZATION
    return OPERATOR if personal or not is_of_organizations(model) else ORGANIZATION


def is_of_organizations(model: type[models.Model]) -> bool:
    """Whether each row belongs to one organization."""
    if issubclass(model, TenantModel) or model is Organization:
        return True
    return any(each.related_model is Organization for each in model._meta.local_concrete_fields)


def fields_of_organization(model: type[models.Model]) -> list[Any]:
    """The fields of the table that the organization decides over and may be given; none in the operator's tables."""
    if controller_of(model) == OPERATOR or not is_of_organizations(model):
        return []
    meanings = _meanings(model)
    return [each for each in model._meta.local_concrete_fields if _is_given(each, meanings.get(each.name))]


def _is_given(each: Any, meaning: Any) -> bool:
    if each.related_model is Organization or _key(each) in declared.withheld:
        return False
    if isinstance(each, models.BinaryField) and not isinstance(each, EncryptedField):
        return False  # keys, and papers that are opened one by one where they are shown
    if each.name.endswith("digest"):
        return False  # tells a reader nothing, and somebody who guesses that they were right
    return not isinstance(meaning, Personal) or meaning.controller == ORGANIZATION


def _meanings(model: type[models.Model]) -> dict[str, Any]:
    fields = model._meta.local_concrete_fields
    return {each.name: found for each in fields if (found := declared.fields.get(_key(each))) is not None}


def _key(each: Any) -> str:
    return f"{each.model._meta.label_lower}.{each.name}"
