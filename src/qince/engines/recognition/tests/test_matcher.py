"""The real matcher, where it is installed; what the answer is where it is not."""

import importlib.util
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from qince.engines.recognition import faces

MISSING = [
    name for name in ("dlib", "numpy", "face_recognition_models") if not importlib.util.find_spec(name)
]
installed = pytest.mark.skipif(
    bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (requirements-faces.lock)"
)


@pytest.fixture
def matcher(settings):
    settings.FACES = "auto"
    found = faces.matcher()
    assert found is not None
    return found


def jpeg(image):
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.fixture
def portrait():
    """A photograph in the public domain (NASA) that scikit-image brings along."""
    found = importlib.util.find_spec("skimage")
    path = Path(found.submodule_search_locations[0]) / "data/astronaut.png" if found else None
    if path is None or not path.exists():
        pytest.skip("scikit-image, which brings the portrait along, is not installed")
    return Image.open(path).convert("RGB")


def test_switched_off_or_not_installed_nothing_is_assessed(settings, monkeypatch):
    settings.FACES = "off"
    assert faces.matcher() is None
    settings.FACES = "auto"
    monkeypatch.setattr(faces, "_installed", lambda: None)
    assert faces.matcher() is None


@installed
def test_a_drawn_scene_has_no_face(matcher):
    scene = Image.new("RGB", (400, 300), (200, 210, 220))
    pen = ImageDraw.Draw(scene)
    pen.rectangle((40, 120, 360, 280), fill=(90, 60, 40))
    pen.ellipse((300, 20, 360, 80), fill=(250, 220, 90))
    assert matcher.features(jpeg(scene)) == []


@installed
def test_one_person_stays_one_person_in_another_light_size_and_mirror(matcher, portrait):
    [shown] = matcher.features(jpeg(portrait))
    assert len(shown) == 128
    others = [
        ImageEnhance.Brightness(portrait).enhance(0.7),
        portrait.resize((380, 380)),
        ImageOps.mirror(portrait),
        portrait.rotate(8),
    ]
    for other in others:
        [seen] = matcher.features(jpeg(other))
        assert matcher.distance(shown, seen) <= faces.PASS
    assert matcher.distance(shown, shown) == 0.0


@installed
def test_two_faces_in_a_picture_are_two(matcher, portrait):
    both = Image.new("RGB", (portrait.width * 2, portrait.height))
    both.paste(portrait, (0, 0))
    both.paste(ImageOps.mirror(portrait), (portrait.width, 0))
    assert len(matcher.features(jpeg(both))) == 2
