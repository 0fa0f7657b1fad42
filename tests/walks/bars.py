"""A film for Chromium's fake camera: a still picture of an EAN-13, drawn by the public rule of its bars."""

from pathlib import Path

WIDTH, HEIGHT, FRAMES = 640, 480, 10
WHITE, BLACK = 235, 16
LEFT_ODD = (
    "0001101",
    "0011001",
    "0010011",
    "0111101",
    "0100011",
    "0110001",
    "0101111",
    "0111011",
    "0110111",
    "0001011",
)
# Which of the six left digits have even parity says the first digit.
PARITY = ["OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO"]


def _right(digit: int) -> str:
    return "".join("10"[int(bar)] for bar in LEFT_ODD[digit])


def _left(digit: int, parity: str) -> str:
    return LEFT_ODD[digit] if parity == "O" else _right(digit)[::-1]


def modules(code: str) -> str:
    """The 95 modules of an EAN-13: 1 is a bar."""
    digits = [int(each) for each in code]
    assert (10 - sum(digits[:12:2]) - 3 * sum(digits[1:12:2])) % 10 == digits[12]
    left = "".join(_left(digit, parity) for digit, parity in zip(digits[1:7], PARITY[digits[0]], strict=True))
    return f"101{left}01010{''.join(_right(digit) for digit in digits[7:])}101"


def film(path: Path, code: str, *, module: int = 4) -> Path:
    """`code` in the middle of a white picture, as uncompressed video (YUV4MPEG2)."""
    bars = modules(code)
    quiet = (WIDTH - len(bars) * module) // 2
    line = bytearray([WHITE]) * WIDTH
    for number, bar in enumerate(bars):
        if bar == "1":
            line[quiet + number * module : quiet + (number + 1) * module] = bytes([BLACK]) * module
    blank = bytes([WHITE]) * WIDTH
    luma = blank * 120 + bytes(line) * 240 + blank * 120
    frame = b"FRAME\n" + luma + bytes([128]) * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F15:1 Ip A1:1 C420jpeg\n".encode() + frame * FRAMES)
    return path
