"""From the text of a cell to a value, with words for what is wrong and how to mend it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from qince.kit import identifiers
from qince.kit.errors import Text

Parser = Callable[[str], Any]
SEPARATORS = re.compile(r"[,，;；、\n]+")
_DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%d/%m/%Y")


class BadValue(ValueError):
    """`message` says what is wrong with the cell, `remedy` what to write instead."""

    def __init__(self, message: Text, remedy: Text = "") -> None:
        super().__init__(str(message))
        self.message, self.remedy = message, remedy


def text(longest: int = 200) -> Parser:
    def parse(cell: str) -> str:
        if len(cell) > longest:
            raise BadValue(_("Too long: %(n)d characters.") % {"n": len(cell)},
                           _("Shorten it to %(n)d characters.") % {"n": longest})  # fmt: skip
        return cell

    return parse


as_is = text()


def mobile(cell: str) -> str:
    """A mobile number in any usual spelling, as E.164. WeCom writes `+86-138…`."""
    try:
        return identifiers.mobile_e164(cell)
    except identifiers.NotAMobile:
        raise BadValue(
            _("“%(value)s” is no mobile number.") % {"value": cell},
            _("Write 11 digits, or + and the country code for a foreign number."),
        ) from None


def email(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError:
        raise BadValue(
            _("“%(value)s” is no e-mail address.") % {"value": cell}, _("Write name@example.com.")
        ) from None
    return cell


def day(cell: str) -> date:
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(cell.split(" ")[0], form).date()  # noqa: DTZ007  (a calendar date has no zone)
        except ValueError:
            continue
    raise BadValue(_("“%(value)s” is no date.") % {"value": cell}, _("Write it as 2026-01-31."))


def integer(lowest: int = 0, highest: int = 10**9) -> Parser:
    def parse(cell: str) -> int:
        try:
            number = int(Decimal(cell.replace(",", "")).to_integral_exact())
        except (InvalidOperation, ValueError):
            raise BadValue(
                _("“%(value)s” is no whole number.") % {"value": cell}, _("Write digits only.")
            ) from None
        return _between(number, lowest, highest)

    return parse


def decimal(places: int = 2, lowest: Decimal = Decimal(0), highest: Decimal = Decimal(10**9)) -> Parser:
    def parse(cell: str) -> Decimal:
        try:
            number = Decimal(cell.replace(",", "").replace("￥", "").replace("¥", ""))
        except InvalidOperation:
            raise BadValue(
                _("“%(value)s” is no number.") % {"value": cell}, _("Write digits and a point.")
            ) from None
        if not number.is_finite() or number != round(number, places):
            raise BadValue(
                _("“%(value)s” has too many decimal places.") % {"value": cell},
                _("Use at most %(n)d decimal places.") % {"n": places},
            )
        return _between(number, lowest, highest)

    return parse


def _between(number: Any, lowest: Any, highest: Any) -> Any:
    if not lowest <= number <= highest:
        raise BadValue(
            _("%(value)s is out of range.") % {"value": number},
            _("Write a number from %(low)s to %(high)s.") % {"low": lowest, "high": highest},
        )
    return number


def choice(words: Mapping[str, Iterable[Text]]) -> Parser:
    """One of fixed values, each known by several words: `{"store": ("store", "门店", "终端")}`."""

    def parse(cell: str) -> str:
        for value, names in words.items():
            if cell.casefold() in {value.casefold(), *(str(name).casefold() for name in names)}:
                return value
        known = ", ".join(str(next(iter(names))) for names in words.values())
        raise BadValue(
            _("“%(value)s” is not known here.") % {"value": cell},
            _("Use one of: %(known)s.") % {"known": known},
        )

    return parse


def yes_no(cell: str) -> bool:
    if cell.casefold() in ("1", "yes", "y", "true", "是", "有", "√"):
        return True
    if cell.casefold() in ("0", "no", "n", "false", "否", "无", "×"):
        return False
    raise BadValue(_("“%(value)s” is neither yes nor no.") % {"value": cell}, _("Write yes or no."))


def many(cell: str) -> list[str]:
    """Several values in one cell, apart by comma or semicolon, Chinese or Latin."""
    return [part.strip() for part in SEPARATORS.split(cell) if part.strip()]
