import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest

BASEMAP = Path(__file__).parents[1] / "static" / "kit" / "basemap"


def _rings(feature):
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _holds(feature, lng, lat):
    """Even-odd rule over every ring."""
    crossings = 0
    for ring in _rings(feature):
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > lat) != (y2 > lat) and lng < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize(("name", "count"), [("provinces", 34), ("jiangsu", 13)])
def test_basemap_is_complete_valid_and_light(name, count):
    raw = (BASEMAP / f"{name}.geojson").read_bytes()
    features = json.loads(raw)["features"]
    assert len(raw) <= 150_000
    assert len(gzip.compress(raw)) <= 40 * 1024
    assert len(features) == len({feature["properties"]["adcode"] for feature in features}) == count
    assert all(feature["properties"]["name_zh"] and feature["properties"]["name_en"] for feature in features)
    rings = [ring for feature in features for ring in _rings(feature)]
    assert all(len(ring) >= 4 and ring[0] == ring[-1] for ring in rings)


@pytest.mark.parametrize(
    ("name", "place", "lng", "lat"),
    [
        ("provinces", "Jiangsu", 118.7778, 32.0435),
        ("provinces", "Beijing", 116.391, 39.907),
        ("provinces", "Hainan", 109.51, 18.35),
        ("jiangsu", "Nanjing", 118.7778, 32.0435),
        ("jiangsu", "Suzhou", 120.62, 31.31),
    ],
)
def test_a_known_place_lies_in_its_own_division_only(name, place, lng, lat):
    features = json.loads((BASEMAP / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
    assert [f["properties"]["name_en"] for f in features if _holds(f, lng, lat)] == [place]
