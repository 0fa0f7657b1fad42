"""The same cases on the phone's engine, in a real browser; and numbers at random, reckoned by both."""

import random
from decimal import Decimal
from pathlib import Path

import pytest

from launcher import browser
from qince.engines.forms.schema import numbers
from qince.engines.forms.schema.tests.test_cases import CASES, NOW
from tests.walks.modules import page_with

ROOT = Path(__file__).resolve().parents[6]
ENGINE = ROOT / "pwa/features/forms/engine"
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not browser.find(), reason="no Chromium")]
MODULES = {f"#features/forms/engine/{path.stem}": path for path in ENGINE.glob("*.js")}
EXPRESSIONS = """async ([cases, now]) => {
  const { layOut } = await import("#features/forms/engine/layout");
  const { evaluate, asText } = await import("#features/forms/engine/evaluate");
  const { functions } = await import("#features/forms/engine/functions");
  return cases.expressions.map(({ form, answers, rows = [], own = "", now: then, cases: each }) => each.map(([text]) =>
    asText(evaluate(text, { layout: layOut(cases.forms[form]), answers, now: then || now, functions },
      { rows, own }))));
}"""
FAULTY = """async (cases) => {
  const { parse } = await import("#features/forms/engine/parse");
  return cases.faulty.map(([text]) => { try { parse(text); return "" } catch (fault) { return fault.code } });
}"""
VALIDATING = """async ([cases, now]) => {
  const { layOut } = await import("#features/forms/engine/layout");
  const { validate } = await import("#features/forms/engine/validate");
  return cases.validating.map(({ form, data, now: then }) => {
    const { answers, problems } = validate(layOut(cases.forms[form]), data, then || now);
    return [problems.map(({ code, at }) => [code, at]), answers];
  });
}"""
RECKONING = """async (sums) => {
  const decimal = await import("#features/forms/engine/decimal");
  return sums.map(([work, a, b]) => decimal.shown(decimal[work](decimal.parsed(a), decimal.parsed(b))));
}"""


@pytest.fixture(scope="module")
def page():
    with page_with(MODULES) as found:
        yield found


def test_the_phone_works_expressions_out_alike(page):
    found = page.evaluate(EXPRESSIONS, [CASES, NOW])
    for group, texts in zip(CASES["expressions"], found, strict=True):
        wanted = dict(group["cases"])
        assert dict(zip(wanted, texts, strict=True)) == wanted, group["about"]


def test_the_phone_refuses_the_same_expressions(page):
    assert page.evaluate(FAULTY, CASES) == [code for _text, code in CASES["faulty"]]


def test_the_phone_judges_answers_alike(page):
    for case, (problems, answers) in zip(
        CASES["validating"], page.evaluate(VALIDATING, [CASES, NOW]), strict=True
    ):
        assert problems == case["problems"], case["about"]
        if "answers" in case:
            assert answers == case["answers"], case["about"]


def test_numbers_at_random_come_out_alike(page):
    chance = random.Random(20261127)

    def number():
        digits = "".join(chance.choices("0123456789", k=chance.choice([1, 2, 5, 15, 30])))
        return (
            chance.choice(["", "-"])
            + digits
            + chance.choice(["", "." + "".join(chance.choices("0059", k=chance.randint(1, 20)))])
        )

    works = ["added", "subtracted", "multiplied", "divided", "remainder"]
    sums = [[chance.choice(works), number(), number()] for _each in range(3000)]
    sums += [["rounded", number(), str(chance.randint(-5, 12))] for _each in range(1000)]
    sums += [
        ["power", f"{chance.randint(-99, 99)}.{chance.randint(0, 99)}", str(chance.randint(-12, 12))]
        for _each in range(500)
    ]
    here = [
        numbers.shown(getattr(numbers, work)(numbers.parsed(a), numbers.parsed(b))) for work, a, b in sums
    ]
    there = page.evaluate(RECKONING, sums)
    assert [pair for pair in zip(sums, here, there, strict=True) if pair[1] != pair[2]] == []
    assert Decimal(here[0]) is not None
