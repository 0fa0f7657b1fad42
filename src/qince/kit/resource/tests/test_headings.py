"""Columns found by their headings."""

from qince.kit.resource.headings import match, plain
from qince.kit.resource.importing import Field

FIELDS = (
    Field("name", "Name", ("姓名",)),
    Field("mobile", "Mobile", ("手机号", "手机")),
    Field("head", "Head", ("是否此部门主管",)),
)


def test_marks_and_remarks_do_not_count():
    assert plain("*手机号 （必填）") == plain("手机号") == "手机号"
    assert match(["是否此部门主管(是/否)", "* 姓名", "手机号:"], FIELDS) == {
        "name": 1,
        "mobile": 2,
        "head": 0,
    }


def test_full_width_and_case_do_not_count():
    assert match(["ＮＡＭＥ", "mobile"], FIELDS) == {"name": 0, "mobile": 1}


def test_the_better_synonym_wins_and_a_column_serves_once():
    assert match(["手机", "手机号", "姓名", "姓名"], FIELDS) == {"name": 2, "mobile": 1}
