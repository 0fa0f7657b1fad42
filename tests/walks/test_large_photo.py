"""A photo of several pieces: a cut costs at most the piece under way, also when the phone dies in between."""

import hashlib
import time

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_offline_day import activate

pytestmark = pytest.mark.browser
PIECE = 512 * 1024
FILES = "/api/phone/v1/files/"
# Noise does not compress: a picture as large as a good camera's.
TAKE = """async () => {
  const { keepPhoto } = await import("#kit/photos");
  const { db } = await import("#kit/db");
  const { evidence } = await import("#kit/evidence");
  const canvas = new OffscreenCanvas(1600, 1200);
  const context = canvas.getContext("2d");
  const noise = context.createImageData(1600, 1200);
  for (let at = 0; at < noise.data.length; at += 65536) crypto.getRandomValues(noise.data.subarray(at, at + 65536));
  for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
  context.putImageData(noise, 0, 0);
  const bytes = await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 })).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = [...digest].map((each) => each.toString(16).padStart(2, "0")).join("");
  await keepPhoto({ sha256, size: bytes.byteLength, taken_at: new Date().toISOString(), evidence: evidence(null),
    visit_id: "none", step_id: "shelf" }, bytes);
  await db.photos.update(sha256, { state: "ready" });
  return [sha256, bytes.byteLength];
}"""
SYNC = """async () => (await import("#kit/sync")).syncNow()"""
STATE = """async (sha256) => {
  const { db } = await import("#kit/db");
  return (await db.photos.get(sha256)).state;
}"""


def pieces(air: Air) -> list[bytes]:
    """What reached the server, piece by piece."""
    return [body for method, path, body in air.seen if method == "PATCH" and path.startswith(FILES)]


def test_a_large_photo_goes_on_where_the_server_has_it(phone: Phone, server: Server, air: Air):
    activate(phone, server, air)
    air.lose["PATCH", FILES] = 1  # the first piece arrives, its answer does not
    sha256, size = phone.page.evaluate(TAKE)
    assert size > 2 * PIECE
    phone.page.evaluate(SYNC)
    cut(air)
    assert [len(each) for each in pieces(air)] == [PIECE]
    assert server.script("tests.walks.story", "file_of", sha256) == ["part", PIECE]
    phone.kill()

    air.is_cut = False
    phone.switch_on()
    phone.open("/pending")
    phone.shows("Everything is uploaded", within_s=60)
    assert phone.page.evaluate(STATE, sha256) == "sent"
    sent = pieces(air)
    assert [len(each) for each in sent[:-1]] == [PIECE] * (len(sent) - 1)
    assert sum(map(len, sent)) == size  # not a byte twice
    assert hashlib.sha256(b"".join(sent)).hexdigest() == sha256
    assert server.script("tests.walks.story", "file_of", sha256) == ["whole", size]
    assert not phone.problems


def cut(air: Air) -> None:
    """No more signal, as soon as the answer was lost: before the phone tries again by itself."""
    deadline = time.monotonic() + 20
    while air.lose["PATCH", FILES] and time.monotonic() < deadline:
        time.sleep(0.02)
    air.is_cut = True
    assert air.lose["PATCH", FILES] == 0
