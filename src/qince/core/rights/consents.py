"""Was it collected without consent? The ledger is asked, not the person (C6.2-03)."""

from collections import defaultdict
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.registry import declared
from qince.kit.tenancy import TenantModel


def uncovered(employee_id: UUID) -> list[str]:
    """Purposes the person was never recorded as having agreed to, though data declared for them is stored."""
    agreed = set(
        ConsentEntry.objects.filter(employee=employee_id, act=ConsentEntry.Act.GRANTED).values_list(
            "purpose", flat=True
        )
    )
    return [code for code in declared.asked if code not in agreed and _is_stored(code, employee_id)]


def _is_stored(purpose: str, employee_id: UUID) -> bool:
    by_model: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, each in declared.personal().items():
        if purpose in each.purposes:
            label, _dot, name = key.rpartition(".")
            by_model[label][each.subject].append(name)
    return any(
        _has_values(apps.get_model(label), subject, names, employee_id)
        for label, subjects in by_model.items()
        for subject, names in subjects.items()
    )


def _has_values(model: type[models.Model], subject: str, names: list[str], employee_id: UUID) -> bool:
    if not issubclass(model, TenantModel):
        return False  # accounts and devices come from the person's own sign-in
    path = "pk" if subject == "self" else subject.replace(".", "__")
    if path != "pk" and not _ends_at_employee(model, path):
        return False
    filled = Q()
    for name in names:
        field = model._meta.get_field(name)
        is_sealed = getattr(field, "is_sealed", False)
        is_text = isinstance(field, models.CharField | models.TextField) and not is_sealed
        filled |= ~Q(**{name: ""}) if is_text else Q(**{f"{name}__isnull": False})
    return model._default_manager.filter(filled, **{path: employee_id}).exists()


def _ends_at_employee(model: type[models.Model], path: str) -> bool:
    for name in path.split("__"):
        field = model._meta.get_field(name)
        if field.related_model is None:
            return name == "employee_id"
        model = field.related_model  # type: ignore[assignment]
    return model._meta.label_lower == "people.employee"
