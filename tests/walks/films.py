"""What Chromium's fake camera sees: uncompressed video (YUV4MPEG2), over and over."""

from collections.abc import Sequence
from pathlib import Path

WIDTH, HEIGHT = 640, 480
GREY = bytes([128]) * (WIDTH * HEIGHT // 2)  # both planes of colour, where there is none


def write(path: Path, frames: Sequence[bytes], *, per_second: int) -> Path:
    """Each frame: a byte of brightness a pixel, then the two planes of colour at half the size."""
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{per_second}:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + b"".join(b"FRAME\n" + each for each in frames))
    return path
