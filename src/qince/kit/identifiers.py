"""Numbers the world hands out: mobile numbers, GTINs, unified social credit codes.

Each function returns the one canonical spelling or raises its own ValueError, so callers decide
how to refuse. Full-width digits, spaces and hyphens, as people paste them, are taken off first.
"""

from __future__ import annotations

import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType
from stdnum import ean
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as StdnumError

_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_GTIN_LENGTHS = (8, 12, 13, 14)


class NotAMobile(ValueError):
    """No mobile number of its region."""


class NotAGtin(ValueError):
    """Wrong length, a non-digit, or a wrong check digit."""


class NotACreditCode(ValueError):
    """No unified social credit code (GB 32100-2015): length, letters or check character."""


class NotAResidentId(ValueError):
    """No number of a resident identity card (GB 11643-1999): length, place, birthday or check character."""


def mobile_e164(text: str, region: str = "CN") -> str:
    """A mobile number as ``+8619900000001``; without a country code it is read in ``region``."""
    try:
        number = phonenumbers.parse(_plain(text), region)
    except NumberParseException as error:
        raise NotAMobile(text) from error
    if number.extension or not _is_mobile(number):
        raise NotAMobile(text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in _MOBILE


def masked_mobile(e164: str) -> str:
    """A number that may be recognized by whoever knows it and dialled by nobody: ``199****0001``."""
    local = mobile_local(e164) if e164 else ""
    return f"{local[:3]}****{local[-4:]}" if local else ""


def mobile_local(e164: str, region: str = "CN") -> str:
    """How people of ``region`` write it: ``19900000001``; foreign numbers keep their ``+``."""
    if not e164:
        return ""
    number = phonenumbers.parse(e164)
    if phonenumbers.region_code_for_number(number) != region:
        return e164
    return phonenumbers.national_significant_number(number)


def gtin(text: str) -> str:
    """A checked GTIN-8, -12, -13 (EAN) or -14 (case), digits only."""
    digits = _plain(text).replace("-", "").replace(" ", "")
    if len(digits) not in _GTIN_LENGTHS or not (digits.isascii() and digits.isdigit()):
        raise NotAGtin(text)
    if ean.calc_check_digit(digits[:-1]) != digits[-1]:
        raise NotAGtin(text)
    return digits


def credit_code(text: str) -> str:
    """A checked unified social credit code, 18 characters in capitals."""
    try:
        return str(uscc.validate(_plain(text)))
    except StdnumError as error:
        raise NotACreditCode(text) from error


def resident_id(text: str) -> str:
    """A checked number of a resident identity card (GB 11643-1999), 18 characters."""
    try:
        return str(ric.validate(_plain(text)))
    except StdnumError as error:
        raise NotAResidentId(text) from error


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
