import pytest

from qince.kit.identifiers import (
    NotACreditCode,
    NotAGtin,
    NotAMobile,
    credit_code,
    gtin,
    mobile_e164,
    mobile_local,
)


@pytest.mark.parametrize(
    "typed",
    [
        "19900000001",
        "199 0000 0001",
        "199-0000-0001",
        "+86 199 0000 0001",
        "008619900000001",
        "１９９０００００００１",
        " 19900000001 ",
    ],
)
def test_every_way_to_write_a_mobile_is_the_same_number(typed):
    assert mobile_e164(typed) == "+8619900000001"


def test_a_foreign_mobile_keeps_its_country_and_a_local_one_reads_locally():
    assert mobile_e164("+1 650-253-0000") == "+16502530000"
    assert mobile_local("+8619900000001") == "19900000001"
    assert mobile_local("+16502530000") == "+16502530000"


@pytest.mark.parametrize(
    "typed", ["", "abc", "1990000000", "199000000012", "025-84701234", "12345678901", "+999 123"]
)
def test_what_is_no_mobile_is_refused(typed):
    with pytest.raises(NotAMobile):
        mobile_e164(typed)


@pytest.mark.parametrize("number", ["6901234567892", "16901234567899", "96385074", "036000291452"])
def test_gtins_of_each_length_pass(number):
    full_width = number.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert gtin(full_width) == number
    assert gtin(number) == number
    assert gtin(f" {number[:3]}-{number[3:]} ") == number


@pytest.mark.parametrize(
    "number", ["6901234567890", "690123456789", "69012345678920", "69012345678X2", "", "٦٩٠١٢٣٤٥٦٧٨٩٢x"]
)
def test_what_is_no_gtin_is_refused(number):
    with pytest.raises(NotAGtin):
        gtin(number)


def test_credit_code_checks_its_last_character():
    assert credit_code("91110000600037341l") == "91110000600037341L"
    for wrong in ("911100006000373412", "91110000600037341", "", "9111000060003734IL"):
        with pytest.raises(NotACreditCode):
            credit_code(wrong)
