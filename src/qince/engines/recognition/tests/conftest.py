"""The real matcher and a real portrait, where they are installed; else the tests that need them are skipped."""

import importlib.util
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from qince.engines.recognition import faces

MISSING = [
    name for name in ("dlib", "numpy", "face_recognition_models") if not importlib.util.find_spec(name)
]


@pytest.fixture
def matcher(settings):
    if MISSING:
        pytest.skip(f"not installed: {', '.join(MISSING)} (requirements-faces.lock)")
    settings.FACES = "auto"
    found = faces.matcher()
    assert found is not None
    return found


@pytest.fixture
def portrait():
    """A photograph in the public domain (NASA) that scikit-image brings along."""
    found = importlib.util.find_spec("skimage")
    path = Path(found.submodule_search_locations[0]) / "data/astronaut.png" if found else None
    if path is None or not path.exists():
        pytest.skip("scikit-image, which brings the portrait along, is not installed")
    return Image.open(path).convert("RGB")


@pytest.fixture
def jpeg():
    def write(image):
        out = BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=90)
        return out.getvalue()

    return write
