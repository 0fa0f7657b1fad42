"""dlib's face network with the weights of `face-recognition-models`, where both are installed.

`requirements-faces.lock` names them. The file of 68 landmarks that comes in the same package is not read: the pictures
it was made from may not be used commercially.
"""

import importlib.util
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import dlib
import numpy
from PIL import Image

from qince.engines.recognition.faces import Face

LONGEST_PX = 800
LEAST_SCORE = 0.5  # below, what the detector takes for a face is mostly a fold or an emblem
NETWORK, LANDMARKS = "dlib_face_recognition_resnet_model_v1.dat", "shape_predictor_5_face_landmarks.dat"


class DlibMatcher:
    version = f"dlib-resnet-1/{dlib.__version__}"

    def __init__(self) -> None:
        folder = _weights()
        self._detect = dlib.get_frontal_face_detector()
        self._landmarks = dlib.shape_predictor(str(folder / LANDMARKS))
        self._network = dlib.face_recognition_model_v1(str(folder / NETWORK))
        self._one_at_a_time = Lock()

    def faces(self, picture: bytes) -> list[Face]:
        with Image.open(BytesIO(picture)) as image:
            clear = image.convert("RGB")
        clear.thumbnail((LONGEST_PX, LONGEST_PX))
        pixels = numpy.asarray(clear)
        with self._one_at_a_time:
            boxes, _scores, _kinds = self._detect.run(pixels, 1, LEAST_SCORE)
            shapes = [self._landmarks(pixels, box) for box in boxes]
            return [Face(self._features(pixels, shape), _turn(shape)) for shape in shapes]

    def _features(self, pixels: Any, shape: Any) -> list[float]:
        return list(self._network.compute_face_descriptor(pixels, shape))

    def distance(self, one: Sequence[float], other: Sequence[float]) -> float:
        return float(numpy.linalg.norm(numpy.asarray(one) - numpy.asarray(other)))


def _turn(shape: Any) -> float:
    """From the five landmarks: outer and inner corner of one eye, of the other, and below the nose."""
    points = numpy.array([(each.x, each.y) for each in shape.parts()], dtype=float)
    across = points[0] - points[2]
    across *= numpy.sign(across[0]) or 1.0  # from left to right in the picture
    aside = points[4] - points[:4].mean(axis=0)
    return float(aside @ across / (across @ across))


def _weights() -> Path:
    """The package is not imported: what it runs at import is of no use here."""
    found = importlib.util.find_spec("face_recognition_models")
    if found is None or not found.submodule_search_locations:
        raise ImportError("face_recognition_models")
    return Path(found.submodule_search_locations[0]) / "models"
