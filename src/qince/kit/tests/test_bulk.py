"""Rows made without Django's constructor are those it makes."""

import pytest
from django.apps import apps

from qince.kit import bulk

MODELS = [each for each in apps.get_models() if each.__module__.startswith("qince.")]


def columns(made):
    return {field.attname: getattr(made, field.attname) for field in made._meta.concrete_fields}


def test_of_every_model_the_row_holds_what_the_constructor_gives(inside):
    assert len(MODELS) > 100
    for model in MODELS:
        usual, quick = model(), bulk.row(model)
        anew = {field.attname for field in model._meta.concrete_fields if callable(field.default)}
        one, other = columns(usual), columns(quick)
        assert {name: one[name] for name in one.keys() - anew} == {
            name: other[name] for name in one.keys() - anew
        }
        assert {name: type(one[name]) for name in anew} == {name: type(other[name]) for name in anew}
        assert (quick._state.adding, quick._state.db) == (usual._state.adding, usual._state.db)


def test_what_is_called_for_a_default_is_called_for_each_row(inside):
    model = apps.get_model("visits.Visit")
    one, other = bulk.row(model), bulk.row(model)
    assert one.pk != other.pk
    one.flags.append("overlap")
    assert other.flags == []
    assert bulk.row(model, flags=["x"]).flags == ["x"]


def test_a_name_that_is_no_column_is_refused():
    with pytest.raises(TypeError, match=r"visits\.Visit has no customer$"):
        bulk.row(apps.get_model("visits.Visit"), customer=None)
