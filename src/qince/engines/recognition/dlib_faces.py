"""dlib's face network with the weights of `face-recognition-models`, where both are installed.

`requirements-faces.lock` names them. The file of 68 landmarks that comes in the same package is not read: the pictures
it was made from may not be used commercially.
"""

import importlib.util
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from threading import Lock

import dlib
import numpy
from PIL import Image

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

    def features(self, picture: bytes) -> list[list[float]]:
        with Image.open(BytesIO(picture)) as image:
            clear = image.convert("RGB")
        clear.thumbnail((LONGEST_PX, LONGEST_PX))
        pixels = numpy.asarray(clear)
        with self._one_at_a_time:
            boxes, _scores, _kinds = self._detect.run(pixels, 1, LEAST_SCORE)
            shapes = [self._landmarks(pixels, box) for box in boxes]
            return [list(self._network.compute_face_descriptor(pixels, shape)) for shape in shapes]

    def distance(self, one: Sequence[float], other: Sequence[float]) -> float:
        return float(numpy.linalg.norm(numpy.asarray(one) - numpy.asarray(other)))


def _weights() -> Path:
    """The package is not imported: what it runs at import is of no use here."""
    found = importlib.util.find_spec("face_recognition_models")
    if found is None or not found.submodule_search_locations:
        raise ImportError("face_recognition_models")
    return Path(found.submodule_search_locations[0]) / "models"
