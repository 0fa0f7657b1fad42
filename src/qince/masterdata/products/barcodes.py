"""Barcodes: of the piece (GTIN-8, -12 or -13) and of the case (GTIN-14), check digit included."""

from django.utils.translation import gettext as _

from qince.kit.errors import Refusal
from qince.kit.identifiers import NotAGtin, gtin

PIECE, CASE = (8, 12, 13), (8, 12, 13, 14)


def checked(text: str, *, field: str, lengths: tuple[int, ...] = PIECE) -> str:
    """The digits of a barcode, "" for none; a `Refusal` at `field` otherwise."""
    if not text.strip():
        return ""
    try:
        digits = gtin(text)
    except NotAGtin:
        digits = ""
    if len(digits) not in lengths:
        raise Refusal(
            "not_a_gtin",
            _("“%(value)s” is no barcode of this kind: a digit is missing or mistyped.") % {"value": text},
            field=field,
        )
    return digits
