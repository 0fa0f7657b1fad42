"""Where shops are in Nanjing: neighbourhoods with their streets, GCJ-02 as on Chinese maps.

Centres are approximate positions of real neighbourhoods; shops are scattered around them, so no
row claims to be a real shop. Open water and the mountain are kept free.
"""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import NamedTuple

from qince.kit.geo import Point, nearby_m


class Quarter(NamedTuple):
    district: str
    centre: Point
    spread_m: float
    streets: tuple[str, ...]


def _quarter(district: str, lat: float, lng: float, spread_m: float, streets: str) -> Quarter:
    return Quarter(district, Point(lat, lng), spread_m, tuple(streets.split()))


# district, latitude, longitude, how far shops scatter in metres, its streets
QUARTERS = (
    _quarter("玄武区", 32.0497, 118.7890, 350, "珠江路 长江路 洪武北路 丹凤街 估衣廊"),
    _quarter("玄武区", 32.0755, 118.8145, 350, "锁金路 板仓街 新庄村 岗子村 花园路"),
    _quarter("玄武区", 32.0345, 118.8560, 350, "孝陵卫街 中山门大街 双拜巷 罗汉巷 晏公庙"),
    _quarter("玄武区", 32.0965, 118.8165, 400, "红山路 曹后村 黄家圩 恒嘉路 小市街"),
    _quarter("秦淮区", 32.0225, 118.7895, 350, "贡院街 建康路 平江府路 长白街 琵琶路"),
    _quarter("秦淮区", 32.0330, 118.8120, 400, "瑞金路 御道街 标营路 大光路 八宝前街"),
    _quarter("秦淮区", 32.0400, 118.7865, 300, "中山南路 太平南路 户部街 石鼓路 淮海路"),
    _quarter("秦淮区", 32.0060, 118.7960, 400, "大明路 卡子门大街 应天大街 晨光路 宏光路"),
    _quarter("秦淮区", 32.0265, 118.7740, 300, "升州路 集庆路 莫愁路 来凤街 仙鹤街"),
    _quarter("建邺区", 32.0060, 118.7310, 500, "江东中路 奥体大街 富春江东街 梦都大街 楠溪江东街"),
    _quarter("建邺区", 32.0300, 118.7430, 400, "集庆门大街 兴隆大街 水西门大街 文体路 泰山路"),
    _quarter("建邺区", 32.0400, 118.7480, 350, "茶亭东街 汉中门大街 北圩路 南湖路 莫愁湖东路"),
    _quarter("建邺区", 31.9850, 118.7180, 500, "河西大街 邺城路 双闸路 天保街 新安江街"),
    _quarter("鼓楼区", 32.0685, 118.7745, 350, "湖南路 中山北路 山西路 丁家桥 马台街"),
    _quarter("鼓楼区", 32.0610, 118.7480, 400, "草场门大街 龙园西路 清江路 闽江路 漓江路"),
    _quarter("鼓楼区", 32.0840, 118.7500, 350, "热河南路 建宁路 大桥南路 盐仓桥 三汊河大街"),
    _quarter("鼓楼区", 32.0520, 118.7730, 300, "广州路 上海路 汉口路 青岛路 宁海路"),
    _quarter("鼓楼区", 32.0885, 118.7790, 350, "中央路 中央北路 幕府东路 福建路 金贸大街"),
    _quarter("浦口区", 32.0585, 118.6280, 500, "文德路 凤凰大街 公园北路 同心路 象山路"),
    _quarter("浦口区", 32.1420, 118.7080, 500, "柳洲北路 泰山新村 浦珠北路 大桥北路 天华东路"),
    _quarter("浦口区", 32.0760, 118.6420, 450, "浦滨路 浦口大道 团结路 行知路 龙华路"),
    _quarter("浦口区", 31.9560, 118.5330, 450, "步月路 百合路 桥星大道 兰花路 林东大道"),
    _quarter("栖霞区", 32.1010, 118.8050, 400, "迈皋桥街 和燕路 华电路 吉祥庵 合班村"),
    _quarter("栖霞区", 32.1010, 118.9290, 600, "文苑路 仙隐北路 学衡路 仙林大道 杉湖东路"),
    _quarter("栖霞区", 32.1190, 118.8770, 450, "尧新大道 尧化新村 尧佳路 金尧路 仙尧路"),
    _quarter("栖霞区", 32.1410, 118.8330, 350, "燕新路 太新路 燕子矶老街 吉祥路 化工新村"),
    _quarter("栖霞区", 32.0530, 118.9000, 400, "马群街 宁杭公路 百水桥路 芝嘉路 青马路"),
    _quarter("雨花台区", 31.9920, 118.7720, 400, "雨花西路 安德门大街 共青团路 小行路 雨花南路"),
    _quarter("雨花台区", 31.9760, 118.7650, 450, "软件大道 花神大道 宁南大道 郁金香路 玉兰路"),
    _quarter("雨花台区", 31.9540, 118.7570, 450, "铁心桥大街 春江路 龙西路 景明大街 凤台南路"),
    _quarter("雨花台区", 31.9110, 118.6560, 450, "板桥新城路 新湖大道 绿洲南路 大方路 古雄大道"),
    _quarter("江宁区", 31.9345, 118.8230, 500, "双龙大道 胜太路 利源中路 百家湖东路 佛城西路"),
    _quarter("江宁区", 31.9530, 118.8410, 450, "东山大街 金箔路 上元大街 新亭路 外港路"),
    _quarter("江宁区", 31.9120, 118.8560, 500, "天印大道 龙眠大道 竹山路 文靖路 弘景大道"),
    _quarter("江宁区", 31.8720, 118.8340, 500, "秣周东路 清水亭路 将军大道 苏源大道 诚信大道"),
    _quarter("江宁区", 31.9230, 118.9310, 450, "淳化大街 格致路 天元东路 福英路 乾德路"),
    _quarter("江宁区", 31.7800, 118.8720, 400, "禄口大街 来凤路 信诚大道 曹村路 茅亭路"),
    _quarter("江宁区", 32.0560, 119.0550, 400, "汤山街 圣汤大道 温泉路 环镇北路 美泉路"),
    _quarter("六合区", 32.3420, 118.8400, 500, "雄州西路 棠城东路 延安路 园林西路 王桥路"),
    _quarter("六合区", 32.2170, 118.7390, 450, "新华路 园西路 太子山路 平顶山路 杨村一路"),
    _quarter("六合区", 32.2480, 118.7400, 400, "葛关路 龙杨大道 欣乐路 葛中路 工农路"),
    _quarter("溧水区", 31.6530, 119.0280, 500, "大东门街 中大街 珍珠南路 致远路 交通东路"),
    _quarter("溧水区", 31.6700, 119.0200, 450, "秦淮大道 天生桥大道 毓秀路 琴音大道 幸庄路"),
    _quarter("高淳区", 31.3280, 118.8760, 450, "淳溪老街 宝塔路 镇兴路 通贤街 丹阳湖北路"),
    _quarter("高淳区", 31.3400, 118.8920, 450, "石臼湖南路 北岭路 古檀大道 康乐路 固城湖北路"),
)
DISTRICTS = tuple(dict.fromkeys(quarter.district for quarter in QUARTERS))

# Corners as (latitude, longitude), GCJ-02, drawn generously.
_XUANWU_LAKE = ((32.064, 118.785), (32.063, 118.804), (32.072, 118.808), (32.085, 118.803), (32.086, 118.787))
_PURPLE_MOUNTAIN = (
    (32.052, 118.824), (32.043, 118.845), (32.049, 118.870), (32.062, 118.884), (32.081, 118.868),
    (32.083, 118.838), (32.072, 118.821),
)  # fmt: skip
_MOCHOU_LAKE = ((32.0345, 118.7530), (32.0345, 118.7610), (32.0425, 118.7610), (32.0425, 118.7530))
_YANGTZE = (
    (31.840, 118.520), (31.930, 118.610), (31.985, 118.665), (32.035, 118.695), (32.085, 118.715),
    (32.115, 118.745), (32.133, 118.790), (32.158, 118.850), (32.185, 118.910), (32.210, 119.020),
)  # fmt: skip
_YANGTZE_HALF_WIDTH_M = 900


def scatter(chance: random.Random, quarter: Quarter) -> Point:
    """A spot on dry land in the quarter, to the sixth decimal (10 cm)."""
    metre_lat = 1 / 110_900
    metre_lng = metre_lat / math.cos(math.radians(quarter.centre.lat))
    while True:
        lat = quarter.centre.lat + chance.gauss(0, quarter.spread_m / 2) * metre_lat
        lng = quarter.centre.lng + chance.gauss(0, quarter.spread_m / 2) * metre_lng
        spot = Point(round(lat, 6), round(lng, 6))
        if _is_dry(spot):
            return spot


def _is_dry(spot: Point) -> bool:
    if any(_is_within(spot, area) for area in (_XUANWU_LAKE, _PURPLE_MOUNTAIN, _MOCHOU_LAKE)):
        return False
    return all(nearby_m(spot, midstream) > _YANGTZE_HALF_WIDTH_M for midstream in _MIDSTREAM)


def _river_points() -> list[Point]:
    """The middle of the river, a point every few hundred metres."""
    steps = [i / 20 for i in range(20)]
    return [Point(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(_YANGTZE) for t in steps]


_MIDSTREAM = _river_points()


def _is_within(spot: Point, corners: tuple[tuple[float, float], ...]) -> bool:
    """Even-odd rule."""
    inside = False
    for (lat1, lng1), (lat2, lng2) in zip(corners, corners[1:] + corners[:1], strict=True):
        if (lat1 > spot.lat) != (lat2 > spot.lat):
            inside ^= spot.lng < lng1 + (spot.lat - lat1) / (lat2 - lat1) * (lng2 - lng1)
    return inside
