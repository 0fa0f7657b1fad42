"""The phone's fence in a real browser: the server's own cases, and places at random, judged by both."""

import random
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic

from launcher import browser
from qince.kit.geo import Point, fence_verdict, geodesic_m
from qince.kit.tests.test_geo import FENCE_CASES
from tests.walks.modules import page_with

FENCE = Path(__file__).resolve().parents[4] / "pwa/kit/fence.js"
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not browser.find(), reason="no Chromium")]
RULES = {"cap_m": 100, "unusable_m": 500}
VERDICTS = """async ([cases, rules]) => {
  const { verdict } = await import("#kit/fence");
  return cases.map(([distance, accuracy]) => verdict(distance, accuracy, 200, rules));
}"""
JUDGED = """async ([cases, rules]) => {
  const { judge } = await import("#kit/fence");
  return cases.map(([position, place]) => judge(position, place, rules));
}"""


@pytest.fixture(scope="module")
def page():
    with page_with({"#kit/fence": FENCE}) as found:
        yield found


def test_the_phone_judges_the_servers_cases_alike(page):
    cases = [[distance, accuracy] for distance, accuracy, _verdict in FENCE_CASES]
    assert page.evaluate(VERDICTS, [cases, RULES]) == [verdict.value for *_case, verdict in FENCE_CASES]


@pytest.mark.parametrize("accuracy", [None, "12", float("inf")])
def test_an_accuracy_that_is_no_number_proves_nothing(page, accuracy):
    assert page.evaluate(VERDICTS, [[[0, accuracy]], RULES]) == ["unusable"]


def test_without_a_position_and_without_a_place_nothing_is_judged(page):
    here, place = {"lat": 32.0, "lng": 118.8, "accuracy_m": 10}, {"lat": 32.0, "lng": 118.8, "radius_m": 200}
    found = page.evaluate(JUDGED, [[[None, place], [here, {**place, "lat": None, "lng": None}]], RULES])
    assert found == [
        {"verdict": "manual", "distance_m": None},
        {"verdict": "uncertain", "distance_m": None},
    ]


def at_random(chance):
    """A place anywhere, and a position at any bearing, up to two kilometres off."""
    place = {
        "lat": chance.uniform(-75, 75),
        "lng": chance.uniform(-180, 180),
        "radius_m": chance.choice([20, 200, 800]),
    }
    metres = chance.uniform(0, 2.5) * place["radius_m"]
    end = Geodesic.WGS84.Direct(place["lat"], place["lng"], chance.uniform(0, 360), metres)
    return {"lat": end["lat2"], "lng": end["lon2"], "accuracy_m": round(chance.uniform(1, 700), 1)}, place


def test_places_at_random_are_judged_alike(page):
    """Over the date line, too. The phone reckons on a plane: where that decides, within a centimetre, is left out."""
    chance = random.Random(20261127)
    cases = [at_random(chance) for _ in range(4000)]
    cases += [({"lat": 0, "lng": 179.9995, "accuracy_m": 5}, {"lat": 0, "lng": -179.9995, "radius_m": 200})]
    there = page.evaluate(JUDGED, [[list(case) for case in cases], RULES])
    differing, seen = [], set()
    for (position, place), found in zip(cases, there, strict=True):
        distance = geodesic_m(*(Point(each["lat"], each["lng"]) for each in (position, place)))
        accuracy, radius = position["accuracy_m"], place["radius_m"]
        wanted = {
            fence_verdict(max(0, distance + off), accuracy, radius, **RULES).value for off in (-0.01, 0, 0.01)
        }
        seen |= wanted
        if found["verdict"] not in wanted or abs(found["distance_m"] - distance) > 0.51:
            differing.append((position, place, distance, found))
    assert differing == []
    assert seen == {"inside", "outside", "uncertain", "unusable"}
