"""A still picture of an EAN-13 before the camera, drawn by the public rule of its bars."""

from pathlib import Path

from tests.walks.films import GREY, WIDTH, write

FRAMES = 10
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
    """`code` in the middle of a white picture."""
    bars = modules(code)
    quiet = (WIDTH - len(bars) * module) // 2
    line = bytearray([WHITE]) * WIDTH
    for number, bar in enumerate(bars):
        if bar == "1":
            line[quiet + number * module : quiet + (number + 1) * module] = bytes([BLACK]) * module
    blank = bytes([WHITE]) * WIDTH
    luma = blank * 120 + bytes(line) * 240 + blank * 120
    return write(path, [luma + GREY] * FRAMES, per_second=15)
