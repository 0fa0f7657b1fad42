"""A drawn head before the camera, which looks to the front, to its left and to its right, three seconds each."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from qince.surfaces.demo.portraits import LOOKS, portrait
from tests.walks.films import HEIGHT, WIDTH, write

TURNS = {
    "front": 0.0,
    "left": 35.0,
    "right": -35.0,
}  # as the head's owner says it; the camera does not mirror
MARKS = {"front": 250, "left": 130, "right": 10}  # brightness of the corner, by which a walk sees which it is
PER_SECOND, SECONDS = 4, 3
CORNER = """mark => {
  const video = document.querySelector("video");
  if (!video?.videoWidth) return false;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [8, 8];
  const pen = canvas.getContext("2d");
  pen.drawImage(video, 4, 4, 8, 8, 0, 0, 8, 8);
  return Math.abs(pen.getImageData(4, 4, 1, 1).data[0] - mark) < 30;
}"""


def film(path: Path) -> Path:
    frames = [_frame(pose) for pose in TURNS for _each in range(PER_SECOND * SECONDS)]
    return write(path, frames, per_second=PER_SECOND)


def _frame(pose: str) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (196, 204, 212))
    drawn = Image.open(BytesIO(portrait(LOOKS[0], turn=TURNS[pose])))
    drawn.thumbnail((WIDTH, HEIGHT))
    picture.paste(drawn, ((WIDTH - drawn.width) // 2, 0))
    picture.paste((MARKS[pose],) * 3, (0, 0, 24, 24))
    light, blue, red = picture.convert("YCbCr").split()
    halves = [plane.resize((WIDTH // 2, HEIGHT // 2)).tobytes() for plane in (blue, red)]
    return light.tobytes() + b"".join(halves)


def shoot(page: Page, pose: str) -> None:
    """Take the picture as soon as the head is turned so."""
    shutter = page.get_by_role("button", name="Take photo")
    shutter.wait_for()
    page.wait_for_function(CORNER, arg=MARKS[pose], timeout=30_000)
    shutter.click()
