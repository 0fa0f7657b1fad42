"""Pictures of shelves, drawn from the products' pack shots: boards, facings, price tags, here and there a gap."""

import random
import struct
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageEnhance

SIZE = (720, 540)
BOARDS = (166, 340, 514)  # where packs stand, from the top
PACK_HEIGHT = 140
QUALITY = 55


class Shelves:
    """A few dozen drawn shelves; each photo taken of one is a file of its own."""

    def __init__(self, packs: Path, *, count: int, seed: int = 7) -> None:
        self.rng = random.Random(seed)
        self.packs = [_pack(path) for path in sorted(packs.glob("*.webp"))]
        self.drawn = [self._draw() for _ in range(count)]

    def photo(self, rng: random.Random) -> bytes:
        """One of the shelves. A comment in the file makes every photo a different one, as cameras do."""
        picture = rng.choice(self.drawn)
        comment = rng.randbytes(16)
        return picture[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + picture[2:]

    def _draw(self) -> bytes:
        wall = self.rng.choice(((222, 219, 211), (206, 212, 218), (229, 226, 219)))
        image = Image.new("RGB", SIZE, wall)
        draw = ImageDraw.Draw(image)
        for board in BOARDS:
            draw.rectangle((0, board - PACK_HEIGHT - 26, SIZE[0], board), fill=_darker(wall, 26))
            self._fill(image, draw, board)
            draw.rectangle((0, board, SIZE[0], board + 20), fill=(246, 246, 244))
            self._tags(draw, board)
        return self._taken(image)

    def _fill(self, image: Image.Image, draw: ImageDraw.ImageDraw, board: int) -> None:
        """Two to five facings of each product, side by side; one place in nine is empty."""
        left = self.rng.randint(-20, 6)
        while left < SIZE[0]:
            pack = self.rng.choice(self.packs)
            if self.rng.random() < 0.11:
                left += pack.width * 2
                continue
            for _ in range(self.rng.randint(2, 5)):
                at = (left, board - pack.height + self.rng.randint(-1, 1))
                image.paste(pack, at, pack)
                left += pack.width + self.rng.randint(1, 3)
            left += 6

    def _tags(self, draw: ImageDraw.ImageDraw, board: int) -> None:
        for left in range(self.rng.randint(12, 60), SIZE[0], 118):
            draw.rectangle(
                (left, board + 3, left + 44, board + 17), fill=(255, 255, 255), outline=(180, 60, 50)
            )
            draw.rectangle((left + 6, board + 8, left + 30, board + 12), fill=(196, 48, 43))

    def _taken(self, image: Image.Image) -> bytes:
        """As a phone takes it: not quite straight, not quite evenly lit."""
        turned = image.rotate(self.rng.uniform(-1.6, 1.6), Image.Resampling.BILINEAR, fillcolor=(90, 88, 84))
        lit = ImageEnhance.Brightness(turned).enhance(self.rng.uniform(0.84, 1.06))
        out = BytesIO()
        lit.save(out, "JPEG", quality=QUALITY)
        return out.getvalue()


def _pack(path: Path) -> Image.Image:
    """A pack shot cut out of its white ground and soft shadow: each line from first to last coloured point."""
    with Image.open(path) as image:
        shot = image.convert("RGB")
    shot = shot.resize((round(shot.width * 1.12 * PACK_HEIGHT / shot.height), round(PACK_HEIGHT * 1.12)))
    coloured = ImageChops.difference(shot, Image.new("RGB", shot.size, (255, 255, 255))).convert("L")
    coloured = coloured.point(lambda value: 255 if value > 44 else 0)
    mask = Image.new("L", shot.size, 0)
    draw = ImageDraw.Draw(mask)
    for row in range(shot.height):
        if box := coloured.crop((0, row, shot.width, row + 1)).getbbox():
            draw.line((box[0], row, box[2] - 1, row), fill=255)
    shot.putalpha(mask)
    return shot.crop(mask.getbbox())


def _darker(colour: tuple[int, int, int], by: int) -> tuple[int, int, int]:
    red, green, blue = (max(0, part - by) for part in colour)
    return red, green, blue
