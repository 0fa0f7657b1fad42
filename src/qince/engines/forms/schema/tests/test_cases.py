"""The shared cases, in Python; `test_cases_browser.py` runs the same ones on the phone's engine."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from qince.engines.forms import schema
from qince.engines.forms.schema.evaluating import Scene, Spot, as_text, evaluate
from qince.engines.forms.schema.parsing import Faulty, parse

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
NOW = "2026-03-01T09:30:00+08:00"


def form(name):
    return schema.read(CASES["forms"][name])


def _expressions():
    for group in CASES["expressions"]:
        for expression, wanted in group["cases"]:
            yield pytest.param(group, expression, wanted, id=f"{group['about']}: {expression}")


@pytest.mark.parametrize(("group", "expression", "wanted"), list(_expressions()))
def test_an_expression_gives_what_it_should(group, expression, wanted):
    now = datetime.fromisoformat(group.get("now", NOW))
    scene = Scene(schema.lay_out(form(group["form"])), group["answers"], now)
    rows = tuple((table, number) for table, number in group.get("rows", []))
    assert as_text(evaluate(expression, scene, Spot(rows, group.get("own", "")))) == wanted


@pytest.mark.parametrize(("expression", "code"), CASES["faulty"])
def test_what_cannot_be_read_is_named(expression, code):
    with pytest.raises(Faulty) as refused:
        parse(expression)
    assert refused.value.code == code


@pytest.mark.parametrize("case", CASES["validating"], ids=lambda case: case["about"])
def test_answers_are_judged(case):
    now = datetime.fromisoformat(case.get("now", NOW))
    found = schema.validate(form(case["form"]), case["data"], now=now)
    assert [[each.code, list(each.at)] for each in found.problems] == case["problems"]
    if "answers" in case:
        assert found.answers == case["answers"]


@pytest.mark.parametrize("name", CASES["forms"])
def test_the_forms_of_the_cases_may_be_published(name):
    assert schema.faults(form(name)) == []
