"""The address book: sixty people of a made-up company in Nanjing, in eight departments."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

COMPANY = "南京钟溪食品饮料有限公司"
GENERAL, SALES, REGION = "总经办", "销售部", "销售部/华东一区"
CITY, SUBURBS = "销售部/华东一区/城区组", "销售部/华东一区/郊区组"
MARKETING, BACK_OFFICE, WAREHOUSE = "市场部", "财务人事部", "仓储物流部"

HEADINGS = ("姓名", "手机号", "工号", "部门", "职位", "直属上级", "入职日期", "邮箱", "性别", "办公地点")
NOTES = (
    ("姓名", "必填"),
    ("手机号", "必填，用于登录，不可重复"),
    ("工号", "选填，不可重复"),
    ("部门", "必填；上下级用 / 隔开，多个部门用 ; 隔开，第一个为主部门；不存在的部门自动创建"),
    ("职位", "选填"),
    ("直属上级", "选填；填上级的手机号或工号，上级可以在本表中靠后的行"),
    ("入职日期", "选填，例如 2024-03-18"),
    ("邮箱", "选填"),
    ("性别", "选填：男、女"),
    ("办公地点", "选填"),
)


@dataclass(frozen=True)
class Person:
    name: str
    pinyin: str
    woman: bool
    number: str
    mobile: str
    departments: tuple[str, ...]
    position: str
    manager: str
    hired_on: dt.date

    @property
    def email(self) -> str:
        return f"{self.pinyin}@zhongxi.example"

    @property
    def gender(self) -> str:
        return "女" if self.woman else "男"


# department, position, how many, number of the manager ("" = nobody above)
_POSTS = (
    (GENERAL, "总经理", 1, ""),
    (GENERAL, "总经理助理", 1, "ZX001"),
    (GENERAL, "信息系统管理员", 1, "ZX001"),
    (SALES, "销售总监", 1, "ZX001"),
    (SALES, "销售运营专员", 1, "ZX004"),
    (SALES, "重点客户经理", 1, "ZX004"),
    (REGION, "区域经理", 1, "ZX004"),
    (REGION, "区域销售助理", 1, "ZX007"),
    (CITY, "城区主管", 1, "ZX007"),
    (CITY, "业务代表", 17, "ZX009"),
    (SUBURBS, "郊区主管", 1, "ZX007"),
    (SUBURBS, "业务代表", 13, "ZX027"),
    (MARKETING, "市场经理", 1, "ZX001"),
    (MARKETING, "品牌专员", 3, "ZX041"),
    (MARKETING, "促销督导", 2, "ZX041"),
    (BACK_OFFICE, "财务人事经理", 1, "ZX001"),
    (BACK_OFFICE, "会计", 3, "ZX047"),
    (BACK_OFFICE, "人事专员", 2, "ZX047"),
    (BACK_OFFICE, "行政专员", 1, "ZX047"),
    (WAREHOUSE, "仓储物流经理", 1, "ZX001"),
    (WAREHOUSE, "仓库管理员", 3, "ZX054"),
    (WAREHOUSE, "配送司机", 3, "ZX054"),
)
_SECOND_DEPARTMENT = {"ZX006": MARKETING, "ZX008": BACK_OFFICE, "ZX045": CITY, "ZX046": SUBURBS}


def make_people(chance: random.Random) -> list[Person]:
    """Sixty people in the order of their numbers, ZX001 the general manager."""
    names = _make_names(chance, 60)
    posts = [(d, position, manager) for d, position, many, manager in _POSTS for _ in range(many)]
    return [_make_person(chance, i, *names[i - 1], *post) for i, post in enumerate(posts, start=1)]


def _make_names(chance: random.Random, count: int) -> list[tuple[str, str, bool]]:
    """Name, its Latin spelling for the mailbox, and whether it is a woman's; nobody shares a surname."""
    with Path(__file__).with_name("names.tsv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file, delimiter="\t")]
    surnames = chance.sample([row for row in rows if row[0] == "姓"], count)
    given = chance.sample([row for row in rows if row[0] != "姓"], count)
    return [
        (surname + name, f"{name_latin}.{surname_latin}", kind == "女名")
        for (_, surname, surname_latin), (kind, name, name_latin) in zip(surnames, given, strict=True)
    ]


def _make_person(
    chance: random.Random, i: int, name: str, pinyin: str, woman: bool, home: str, position: str, manager: str
) -> Person:
    number = f"ZX{i:03d}"
    second = _SECOND_DEPARTMENT.get(number)
    since = dt.date(2016, 3, 1) if i < 10 else dt.date(2021, 3, 1)
    return Person(
        name=name,
        pinyin=pinyin,
        woman=woman,
        number=number,
        mobile=f"199000001{i:02d}",
        departments=(home, second) if second else (home,),
        position=position,
        manager=manager,
        hired_on=since + dt.timedelta(days=chance.randrange(1700)),
    )


def reps(people: Sequence[Person]) -> list[Person]:
    """The thirty who visit stores: first the city's, then the suburbs'."""
    return [person for person in people if person.position == "业务代表"]


def our_rows(people: Sequence[Person]) -> list[tuple[object, ...]]:
    """Rows of our template. Every third names the manager by mobile, as people fill such files in,
    and two managers stand below those they manage."""
    by_number = {person.number: person for person in people}
    rows: list[tuple[object, ...]] = []
    for person in _as_listed(people):
        boss = by_number.get(person.manager)
        manager = boss.mobile if boss and int(person.number[2:]) % 3 == 0 else person.manager
        departments = ";".join(person.departments)
        facts = (person.position, manager, person.hired_on, person.email, person.gender, "南京")
        rows.append((person.name, person.mobile, person.number, departments, *facts))
    return rows


def _as_listed(people: Sequence[Person]) -> list[Person]:
    """The suburbs' supervisor after his team, the sales director last of all."""
    after = {"ZX027": "ZX040a", "ZX004": "ZX999"}
    return sorted(people, key=lambda person: after.get(person.number, person.number))


def faulty_rows(people: Sequence[Person]) -> list[tuple[object, ...]]:
    """The same with two bad rows: ZX015 has the mobile of ZX012, and nobody is ZX999."""
    by_number = {person.number: person for person in people}
    spoiled = [replace(by_number["ZX015"], mobile=by_number["ZX012"].mobile)]
    spoiled.append(replace(by_number["ZX044"], manager="ZX999"))
    by_number |= {person.number: person for person in spoiled}
    return our_rows(list(by_number.values()))
