"""The same people under the column headings of DingTalk's and WeCom's address-book exports."""

from __future__ import annotations

from collections.abc import Sequence

from .people import COMPANY, Person

DINGTALK_HEADINGS = (
    "员工UserID",
    "部门",
    "职位",
    "姓名",
    "性别",
    "工号",
    "是否此部门主管(是/否)",
    "手机号",
    "邮箱",
    "分机号",
    "办公地点",
    "备注",
    "入职时间",
)
WECOM_HEADINGS = (
    "姓名",
    "帐号",
    "别名",
    "职务",
    "部门",
    "性别",
    "手机",
    "座机",
    "个人邮箱",
    "激活状态",
    "禁用状态",
)
_TEN = ("ZX001", "ZX004", "ZX006", "ZX007", "ZX009", "ZX010", "ZX011", "ZX027", "ZX028", "ZX041")
_HEADS = {"ZX001", "ZX004", "ZX007", "ZX009", "ZX027", "ZX041"}


def ten_of(people: Sequence[Person]) -> list[Person]:
    return [person for person in people if person.number in _TEN]


def dingtalk_rows(people: Sequence[Person]) -> list[tuple[object, ...]]:
    """Levels are joined by "-"; several departments, and whether one leads each, by a comma."""
    return [_dingtalk_row(person) for person in ten_of(people)]


def _dingtalk_row(person: Person) -> tuple[object, ...]:
    departments = ",".join(department.replace("/", "-") for department in person.departments)
    leads = ["是" if person.number in _HEADS else "否"] + ["否"] * (len(person.departments) - 1)
    who = (person.position, person.name, person.gender, person.number)
    contact = (person.mobile, person.email, "", "南京", "", person.hired_on)
    return (f"user{person.number[2:]}", departments, *who, ",".join(leads), *contact)


def wecom_rows(people: Sequence[Person]) -> list[tuple[object, ...]]:
    """Department paths begin with the company; several are joined by a semicolon."""
    return [_wecom_row(person) for person in ten_of(people)]


def _wecom_row(person: Person) -> tuple[object, ...]:
    departments = ";".join(f"{COMPANY}/{department}" for department in person.departments)
    account = person.pinyin.replace(".", "")
    work = (person.position, departments, person.gender)
    return (person.name, account, "", *work, person.mobile, "", person.email, "已激活", "启用")
