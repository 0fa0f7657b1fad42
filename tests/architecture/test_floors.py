"""Foreign keys point downwards. import-linter cannot see references written as strings; this walks the models."""

from itertools import product

from django.apps import apps

FLOORS = ["kit", "core", "engines", "masterdata", "employee", "sales", "channel", "expense", "surfaces"]


def floor(model):
    parts = model.__module__.split(".")
    return FLOORS.index(parts[1]) if parts[0] == "qince" else -1


def references():
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.related_model and floor(model) >= 0:
                yield model, field


def test_no_reference_points_to_a_higher_floor():
    upward = [str(field) for model, field in references() if floor(field.related_model) > floor(model)]
    assert upward == []


def test_features_of_one_floor_make_no_circle():
    edges = {
        (model._meta.app_label, field.related_model._meta.app_label)
        for model, field in references()
        if floor(model) == floor(field.related_model)
        and model._meta.app_label != field.related_model._meta.app_label
    }
    reach = set(edges)
    while more := {(a, d) for (a, b), (c, d) in product(reach, edges) if b == c} - reach:
        reach |= more
    assert [pair for pair in reach if pair[0] == pair[1]] == []
