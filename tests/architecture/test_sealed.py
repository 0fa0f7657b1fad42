"""What is declared sensitive is sealed under the key of the person it is about."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Q
from django.test.utils import isolate_apps

from qince.core.privacy.registry import Kind, Personal, declared
from qince.kit.checks import sealed_columns, sealed_problems
from qince.kit.vault.fields import EncryptedField, EncryptedFloatField
from qince.sales.tracking.models import Fix
from qince.sales.visits.models import CheckEvent, Visit


def field_of(key):
    model, name = key.rsplit(".", 1)
    return apps.get_model(model)._meta.get_field(name)


FAR = Q(far=1)
# Sensitive, and yet clear, each for a reason. None of these says where anybody was.
KEPT_CLEAR = {
    "tracking.fix.employee": "leads to the person: without it the row could be neither found nor erased",
    "tracking.fix.at": "recognizes a point sent again, and ends its term",
    "tracking.fix.skew_s": "goes with the time",
    "tracking.fix.device_id": "which phone it came from, to be forgotten with the phone",
}


def sensitive():
    return {
        key: each
        for key, each in declared.fields.items()
        if isinstance(each, Personal) and each.kind is Kind.SENSITIVE
    }


def is_sealed_for(field, subject):
    """Under the key of the person the path leads to; of a row that is itself a person, under the row's own."""
    owner = "id" if subject == "self" else f"{subject}_id"
    return isinstance(field, EncryptedField) and field.subject == owner


def unsealed(fields):
    """Sensitive fields that are no encrypted columns, or are sealed for another than the one they are about."""
    return sorted(
        key
        for key, each in fields.items()
        if key not in KEPT_CLEAR and not is_sealed_for(field_of(key), each.subject)
    )


def test_every_sensitive_field_is_encrypted_for_its_own_subject():
    assert unsealed(sensitive()) == []
    assert len([key for key in sensitive() if isinstance(field_of(key), EncryptedField)]) >= 20


def test_a_sensitive_field_kept_clear_would_be_found():
    """The planted twin: a clear field, and one sealed for somebody else, declared sensitive."""
    meaning = declared.fields["visits.visit.distance_m"]
    assert unsealed({"visits.visit.reason": meaning}) == ["visits.visit.reason"]
    assert unsealed({"visits.checkevent.lat": meaning}) == ["visits.checkevent.lat"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Visit.objects.filter(distance_m__gt=5),
        lambda: Visit.objects.filter(distance_m=5),
        lambda: Visit.objects.exclude(Q(distance_m__in=[5])),
        lambda: Visit.objects.filter(check_events__lat__lt=5),
        lambda: CheckEvent.objects.filter(envelope__position__lat=5),
        lambda: Visit.objects.order_by("-distance_m"),
        lambda: CheckEvent.objects.order_by("visit__distance_m"),
        lambda: Visit.objects.update(distance_m=5.0),
        lambda: Visit.objects.bulk_update([Visit(distance_m=5.0)], ["distance_m"]),
    ],
)
def test_the_database_is_asked_nothing_about_a_sealed_column(inside, ask):
    with pytest.raises(FieldError, match="encrypted"):
        ask()


def test_presence_may_be_asked_and_values_emptied(inside):
    assert not Visit.objects.filter(distance_m__isnull=True).exists()
    assert Fix.objects.update(lat=None) == 0


@isolate_apps("qince.sales.visits")
def test_indexes_constraints_and_orders_over_sealed_columns_are_found_at_start():
    """A planted fault of each kind; the models themselves have none."""

    class Faulty(models.Model):
        far = EncryptedFloatField(subject="id")

        class Meta:
            app_label = "visits"
            ordering = ["-far"]
            indexes = [
                models.Index(fields=["-far"], name="i"),
                models.Index(fields=["id"], condition=FAR, name="c"),
            ]
            constraints = [
                models.UniqueConstraint(fields=["far"], name="u"),
                models.CheckConstraint(condition=Q(id=1) | Q(far__gt=0), name="k"),
            ]

    found = [problem.msg.split()[0] for problem in sealed_problems(Faulty)]
    assert found == ["ordering", "i", "c", "u", "k"]
    assert sealed_columns(None) == []
