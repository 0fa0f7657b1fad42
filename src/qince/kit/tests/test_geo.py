import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qince.kit.geo import (
    Datum,
    NotAPlace,
    Point,
    Verdict,
    convert,
    fence_verdict,
    geodesic_m,
    is_in_china,
    nearby_m,
    to_wgs84,
)

GCOORD = json.loads((Path(__file__).parent / "gcoord_vectors.json").read_text(encoding="utf-8"))
NANJING = Point(32.0415, 118.7785)
PARIS = Point(48.8566, 2.3522)

lands_of_china = st.builds(Point, st.floats(18, 53), st.floats(74, 134))


@pytest.mark.parametrize("row", GCOORD["points"], ids=lambda row: row["name"])
def test_conversions_agree_with_gcoord(row):
    for source, target, lat, lng in row["conversions"]:
        ours = convert(Point(row["lat"], row["lng"]), Datum(source), Datum(target))
        assert geodesic_m(ours, Point(lat, lng)) < _gcoords_own_error_m(Datum(source), Datum(target))


def _gcoords_own_error_m(source: Datum, target: Datum) -> float:
    """Forward formulas are the same; gcoord's inverses stop early (GCJ-02) or approximate (BD-09)."""
    if source is Datum.BD09:
        return 1.0
    return 0.01 if source is Datum.GCJ02 and target is Datum.WGS84 else 1e-6


@given(lands_of_china, st.sampled_from(Datum), st.sampled_from(Datum))
def test_there_and_back_returns_within_a_centimetre(point, source, target):
    assert geodesic_m(point, convert(convert(point, source, target), target, source)) < 0.01


def test_gcj02_moves_nanjing_by_hundreds_of_metres_and_leaves_paris_alone():
    assert 400 < geodesic_m(NANJING, convert(NANJING, Datum.WGS84, Datum.GCJ02)) < 700
    assert convert(PARIS, Datum.WGS84, Datum.GCJ02) == PARIS == to_wgs84(PARIS, Datum.GCJ02)
    assert is_in_china(NANJING)
    assert not is_in_china(PARIS)


@pytest.mark.parametrize("spelling", ["GCJ-02", "gcj02", "GCJ 02", "GCJ02"])
def test_a_datum_is_read_in_its_usual_spellings(spelling):
    assert Datum(spelling) is Datum.GCJ02


def test_an_unknown_datum_is_refused():
    with pytest.raises(ValueError, match="EPSG:3857"):
        Datum("EPSG:3857")


@pytest.mark.parametrize(("lat", "lng"), [(318.9, 118.7), (32.0, 181.0), (math.nan, 118.7), (32.0, math.inf)])
def test_impossible_degrees_are_no_place(lat, lng):
    with pytest.raises(NotAPlace):
        Point.checked(lat, lng)


def test_geodesic_distance_agrees_with_a_published_case():
    flinders_peak = Point(-(37 + 57 / 60 + 3.72030 / 3600), 144 + 25 / 60 + 29.52440 / 3600)
    buninyong = Point(-(37 + 39 / 60 + 10.15610 / 3600), 143 + 55 / 60 + 35.38390 / 3600)
    # Geoscience Australia's worked example (GRS80): 54,972.271 m.
    assert geodesic_m(flinders_peak, buninyong) == pytest.approx(54972.271, abs=0.001)


@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(0, 360), st.floats(1, 5000))
def test_nearby_distance_is_within_a_thousandth_below_five_kilometres(lat, lng, bearing, metres):
    from geographiclib.geodesic import Geodesic

    end = Geodesic.WGS84.Direct(lat, lng, bearing, metres)
    assert nearby_m(Point(lat, lng), Point(end["lat2"], end["lon2"])) == pytest.approx(metres, rel=0.001)


def test_nearby_distance_takes_the_short_way_over_the_date_line():
    assert nearby_m(Point(0, 179.999), Point(0, -179.999)) == pytest.approx(222.6, abs=0.1)


# Also the phone's (`test_fence_browser`).
FENCE_CASES = [
    (200, 10, Verdict.INSIDE),
    (150, 400, Verdict.INSIDE),
    (230, 10, Verdict.OUTSIDE),
    (230, 50, Verdict.UNCERTAIN),
    (230, 30, Verdict.UNCERTAIN),
    (300, 450, Verdict.UNCERTAIN),
    (301, 450, Verdict.OUTSIDE),
    (230, 500, Verdict.UNCERTAIN),
    (230, 2000, Verdict.UNUSABLE),
    (0, 2000, Verdict.UNUSABLE),
    (230, math.nan, Verdict.UNUSABLE),
]


@pytest.mark.parametrize(("distance", "accuracy", "verdict"), FENCE_CASES)
def test_fence_verdict_of_a_visit_with_radius_200(distance, accuracy, verdict):
    assert fence_verdict(distance, accuracy, 200) is verdict


def test_attendance_keeps_a_hopeless_fix_as_uncertain():
    assert fence_verdict(60, 800, 100).as_recorded is Verdict.UNCERTAIN
    assert fence_verdict(60, 10, 100).as_recorded is Verdict.INSIDE


def test_a_gcj02_place_sixty_metres_away_passes_and_the_same_numbers_as_wgs84_fail():
    centre = to_wgs84(Point(32.0415, 118.7785), Datum.GCJ02)
    fix = Point(32.0415 + 60 / 110_900, 118.7785)
    assert fence_verdict(geodesic_m(centre, to_wgs84(fix, Datum.GCJ02)), 15, 100) is Verdict.INSIDE
    assert fence_verdict(geodesic_m(centre, fix), 15, 100) is Verdict.OUTSIDE


@pytest.mark.parametrize(("distance", "accuracy"), [(math.nan, 10), (-1, 10), (10, -1)])
def test_nonsense_measurements_are_refused_rather_than_judged(distance, accuracy):
    with pytest.raises(ValueError, match="distance"):
        fence_verdict(distance, accuracy, 200)
