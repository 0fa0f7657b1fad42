"""Stores and distributors: twenty distributors and 1,180 stores, each with its rep and supplier."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qince.kit.geo import Point, nearby_m

from .nanjing import DISTRICTS, QUARTERS, Quarter, scatter
from .people import Person, reps

HEADINGS = (
    "编码", "名称", "类型", "渠道", "等级", "地址", "区县", "纬度", "经度", "坐标系", "围栏半径",
    "联系人", "联系电话", "供货经销商", "负责业务员工号",
)  # fmt: skip
DISTRIBUTORS, STORES = 20, 1180

# District: how many reps it takes. The first six are the city's seventeen, the rest the suburbs' thirteen.
_REPS = {
    "玄武区": 3, "秦淮区": 3, "建邺区": 3, "鼓楼区": 3, "栖霞区": 3, "雨花台区": 2,
    "浦口区": 3, "江宁区": 5, "六合区": 2, "溧水区": 2, "高淳区": 1,
}  # fmt: skip
# Channel: share in percent, fence radius in metres, chances of tiers A, B, C.
_CHANNELS = {
    "大卖场": (2, 300, (100, 0, 0)),
    "超市": (17, 200, (35, 50, 15)),
    "便利店": (27, 150, (20, 50, 30)),
    "夫妻店": (36, 100, (4, 26, 70)),
    "餐饮": (12, 100, (8, 32, 60)),
    "特通": (6, 150, (15, 45, 40)),
}
# Made-up chains; "{street}" tells branches apart.
_CHAINS = {
    "大卖场": ("惠满仓大卖场({street}店)", "万邻购物广场({street}店)"),
    "超市": (
        "邻鲜汇超市({street}店)",
        "家和美超市({street}店)",
        "{street}惠民生活超市",
        "宁佳超市({street}店)",
    ),
    "便利店": (
        "暖岛便利({street}店)",
        "七彩鹿便利({street}店)",
        "转角便利店({street})",
        "晨曦24便利({street}店)",
    ),
    "特通": ("{street}加油站便利店", "{street}校园超市", "{street}健身馆水吧", "{street}网咖小卖部"),
}
_SURNAMES = "陈李王张刘杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
_SHOPS = ("烟酒店", "副食店", "百货店", "便民超市", "粮油店", "杂货铺", "食品店")
_LUCKY = ("福来", "兴旺", "顺发", "万家", "好运", "鑫源", "满意", "金桥", "吉祥", "华联达", "旺角", "聚福")
_DISHES = (
    "鸭血粉丝",
    "牛肉面馆",
    "小笼包",
    "盖浇饭",
    "皮肚面",
    "酸菜鱼",
    "麻辣烫",
    "家常菜馆",
    "馄饨店",
    "烧烤店",
)


@dataclass(frozen=True)
class Customer:
    code: str
    name: str
    kind: str
    channel: str
    tier: str
    address: str
    district: str
    spot: Point
    radius_m: int
    contact: str
    phone: str
    supplier: str
    rep: str

    def row(self) -> tuple[object, ...]:
        about = (self.code, self.name, self.kind, self.channel, self.tier, self.address, self.district)
        place = (f"{self.spot.lat:.6f}", f"{self.spot.lng:.6f}", "GCJ-02", self.radius_m)
        return (*about, *place, self.contact, self.phone, self.supplier, self.rep)


def make_customers(chance: random.Random, people: Sequence[Person]) -> list[Customer]:
    """Distributors first, then the stores."""
    beats = _beats(reps(people))
    distributors = [_make_distributor(chance, i, beats) for i in range(1, DISTRIBUTORS + 1)]
    return distributors + _make_stores(chance, beats, distributors)


def _beats(team: Sequence[Person]) -> dict[str, list[str]]:
    """District → the numbers of its reps."""
    numbers = iter([person.number for person in team])
    return {district: [next(numbers) for _ in range(many)] for district, many in _REPS.items()}


def _make_distributor(chance: random.Random, i: int, beats: dict[str, list[str]]) -> Customer:
    district = DISTRICTS[(i - 1) % len(DISTRICTS)]
    quarter = chance.choice([quarter for quarter in QUARTERS if quarter.district == district])
    style = "商贸有限公司" if i % 3 else "食品配送中心"
    return Customer(
        code=f"JX{i:03d}",
        name=f"南京{chance.choice('恒瑞嘉永金盛宏鼎')}{'源通达隆泰和祥润'[i % 8]}{style}({district[:-1]})",
        kind="经销商",
        channel="经销商",
        tier="A" if i <= len(DISTRICTS) else "B",
        address=f"南京市{district}{chance.choice(quarter.streets)}{chance.randrange(200, 400)}号",
        district=district,
        spot=scatter(chance, quarter),
        radius_m=300,
        contact=_contact(chance),
        phone=f"1990002{i:04d}",
        supplier="",
        rep=beats[district][0],
    )


def _make_stores(
    chance: random.Random, beats: dict[str, list[str]], distributors: Sequence[Customer]
) -> list[Customer]:
    seen: Counter[str] = Counter()
    stores: list[Customer] = []
    for i, (quarter, rep) in enumerate(_where_and_who(chance, beats), start=1):
        store = _make_store(chance, i, quarter, seen)
        while any(nearby_m(store.spot, other.spot) < 12 for other in stores[-60:]):
            store = replace(store, spot=scatter(chance, quarter))
        suppliers = [d.code for d in distributors if d.district == quarter.district]
        stores.append(replace(store, rep=rep, supplier=chance.choice(suppliers)))
    return stores


def _where_and_who(chance: random.Random, beats: dict[str, list[str]]) -> list[tuple[Quarter, str]]:
    """Each rep keeps to the quarters next to one another, about forty stores."""
    team = [(district, number) for district, numbers in beats.items() for number in numbers]
    places = []
    for i in range(STORES):
        district, rep = team[i * len(team) // STORES]
        quarters = [quarter for quarter in QUARTERS if quarter.district == district]
        mine = quarters[beats[district].index(rep) :: len(beats[district])] or quarters
        places.append((chance.choice(mine), rep))
    return places


def _make_store(chance: random.Random, i: int, quarter: Quarter, seen: Counter[str]) -> Customer:
    channel = chance.choices(list(_CHANNELS), [share for share, _, _ in _CHANNELS.values()])[0]
    _, radius_m, tiers = _CHANNELS[channel]
    street = chance.choice(quarter.streets)
    return Customer(
        code=f"MD{i:04d}",
        name=_unlike(_shop_name(chance, channel, street), seen),
        kind="门店",
        channel=channel,
        tier=chance.choices("ABC", tiers)[0],
        address=f"南京市{quarter.district}{street}{_house_number(street, seen)}号",
        district=quarter.district,
        spot=scatter(chance, quarter),
        radius_m=radius_m,
        contact=_contact(chance),
        phone=f"1990001{i:04d}",
        supplier="",
        rep="",
    )


def _shop_name(chance: random.Random, channel: str, street: str) -> str:
    if channel in _CHAINS:
        return chance.choice(_CHAINS[channel]).format(street=street)
    if channel == "餐饮":
        return f"{chance.choice(_SURNAMES)}记{chance.choice(_DISHES)}({street})"
    owner = f"老{chance.choice(_SURNAMES)}" if chance.random() < 0.4 else chance.choice(_LUCKY)
    return f"{owner}{chance.choice(_SHOPS)}({street})"


def _unlike(name: str, seen: Counter[str]) -> str:
    """The second of a name is its second branch."""
    seen[name] += 1
    if seen[name] == 1:
        return name
    ordinal = "一二三四五六七八九十"[seen[name] - 1]
    return f"{name.removesuffix(')').removesuffix('店')}{ordinal}店" + (")" if name.endswith(")") else "")


def _house_number(street: str, seen: Counter[str]) -> int:
    seen[f"number {street}"] += 1
    return 2 + 7 * seen[f"number {street}"]


def _contact(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + chance.choice(("先生", "女士", "老板", "店长", "经理"))


def faulty_rows(customers: Sequence[Customer]) -> list[tuple[object, ...]]:
    """The same with two bad rows: MD0100 lies at latitude 318.9, and MD0200's distributor is unknown."""
    spoiled = []
    for customer in customers:
        if customer.code == "MD0100":
            customer = replace(customer, spot=customer.spot._replace(lat=318.9))
        if customer.code == "MD0200":
            customer = replace(customer, supplier="JX999")
        spoiled.append(customer.row())
    return spoiled
