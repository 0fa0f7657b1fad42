"""A portrait turned: as the head it shows, laid upon a relief, or as the flat print it is, held askew.

Lengths are in distances of the outer corners of the eyes; the origin lies between the eyes, y goes down, z to the
camera.
"""

from math import cos, radians, sin

from PIL import Image

CAMERA = 4.0  # about as far as a phone is held
FINER = 3  # each pixel of the portrait lands in several, so that what is nearer leaves no gaps


def turned(portrait, between, apart, degrees, *, is_print=False):
    """`between`: the point between the eyes, px; `apart`: their outer corners, px; positive degrees to the right."""
    import numpy

    width, height = portrait.size
    fine = portrait.resize((width * FINER, height * FINER), Image.Resampling.BICUBIC)
    colours = numpy.asarray(fine).reshape(-1, 3)
    rows, columns = numpy.mgrid[0 : height * FINER, 0 : width * FINER] / FINER
    x, y = (columns - between[0]) / apart, (rows - between[1]) / apart
    z = numpy.full_like(x, 0.4) if is_print else _relief(numpy, x, y) - 0.5
    angle = radians(degrees)
    aside, near = x * cos(angle) + z * sin(angle), z * cos(angle) - x * sin(angle)
    scale = CAMERA / (CAMERA - near)
    to_x = numpy.rint(aside * scale * apart + between[0]).astype(int).ravel()
    to_y = numpy.rint(y * scale * apart + between[1]).astype(int).ravel()
    order = numpy.argsort(near.ravel())  # the farthest first: what is nearer covers it
    order = order[((to_x >= 0) & (to_x < width) & (to_y >= 0) & (to_y < height))[order]]
    seen = numpy.full((height, width, 3), 128, dtype="uint8")
    seen[to_y[order], to_x[order]] = colours[order]
    return Image.fromarray(seen)


def _relief(numpy, x, y):
    """Half an ellipsoid with the ridge of a nose."""
    head = numpy.sqrt(numpy.clip(1 - (x / 0.85) ** 2 - ((y - 0.3) / 1.25) ** 2, 0, None)) * 0.95
    down = numpy.clip((y + 0.05) / 0.55, 0, 1) * numpy.clip((0.68 - y) / 0.1, 0, 1)
    return head + 0.22 * down * numpy.exp(-((x / 0.14) ** 2))
