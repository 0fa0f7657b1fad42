"""What one person does on one day in the field, as a phone would record it."""

import cmath
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from qince.employee.attendance.models import WorkPlace
from qince.kit.geo import Point, nearby_m
from qince.masterdata.customers.models import Customer
from qince.sales.routes.models import PlannedVisit
from qince.sales.visits.models import VisitTemplate
from qince.surfaces.demo.company import CHECKS
from qince.surfaces.demo.phone import Fix, Phone, sha256
from qince.surfaces.demo.shelves import Shelves

DEGREE_M = 111_320  # metres in a degree of latitude
NARROWER = 0.848  # a degree of longitude here, as part of one of latitude
SPEED_MS = 5.2  # through the city, by scooter
NOTES = (
    "店主反馈天然水动销快，本周补货两箱。",
    "竞品在做买二送一，已拍照反馈给主管。",
    "新品青提茉莉已上架，排面四个。",
    "临期薯片三袋已与店主协商下架。",
    "冰柜里的排面被竞品占了一层，已协调恢复。",
    "店主希望下周送些海报。",
    "价签缺两个，已当场补齐。",
    "周末销量不错，建议加一箱一点五升装。",
    "库存够用，本次未下单。",
    "老板不在，与店员沟通了陈列。",
)
SUMMARIES = ("一切正常。", "已补货，陈列已整理。", "新品已推荐，店主考虑中。", "与店主约好下周再谈。", "")
REASONS = ("店门口施工，在街对面打卡", "商场地下一层信号差", "门店刚搬到隔壁楼", "在仓库与店主会面")


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for everybody's days. `now` cuts the present day short."""

    zone: ZoneInfo
    now: datetime
    today: date
    template: VisitTemplate
    shelves: Shelves
    places: Sequence[WorkPlace]

    def at(self, day: date, hour: float) -> datetime:
        """The instant of a local hour such as 8.5. In the forenoon of the present day the working hours so far
        pass more quickly, so that there is something to look at; before `AWAKE` nobody has set out yet.
        """
        midnight = datetime.combine(day, time(), self.zone)
        passed = (self.now - midnight) / timedelta(hours=1)
        if day == self.today and AWAKE <= passed < ENOUGH and hour > OPENING:
            hour = OPENING + (hour - OPENING) * (passed - OPENING) / (ENOUGH - OPENING)
        return midnight + timedelta(hours=hour)


OPENING, AWAKE = 8.0, 9.0  # local hours
ENOUGH = 13.5  # from half past one in the afternoon the day needs no help


class FieldDay:
    """A rep's day: in at a work place, along the plan with what goes wrong on the way, and out again."""

    def __init__(
        self, phone: Phone, setting: Setting, day: date, *, shares_location: bool, takes_photos: bool
    ) -> None:
        self.phone, self.setting, self.day = phone, setting, day
        self.rng = phone.rng
        self.shares_location, self.takes_photos = shares_location, takes_photos
        self.time = setting.at(day, 8.15 + self.rng.random() * 0.8)
        self.here: Point | None = None

    def run(self, plan: Sequence[PlannedVisit], others: Sequence[Customer], place: WorkPlace) -> None:
        """`others`: stores that may be called on besides the plan."""
        self.punch("in", place)
        skipped = 0.04 + 0.14 * self.rng.random()
        for planned in plan:
            if self.rng.random() >= skipped:
                self.visit(planned.customer, planned)
        if others and self.rng.random() < 0.16:
            self.visit(self.rng.choice(others), None)
        self.time = max(
            self.time + self._minutes(10, 30), self.setting.at(self.day, 17.4 + self.rng.random())
        )
        if self.rng.random() < 0.97:
            self.punch("out", place)

    def _minutes(self, low: float, high: float) -> timedelta:
        return timedelta(minutes=self.rng.uniform(low, high))

    def _passed(self) -> bool:
        return self.time < self.setting.now

    # --- Where ---

    def fix(self, place: Any, name: str) -> Fix:
        """Mostly inside; now and then beyond the fence, or too vague to tell."""
        if not self.shares_location:
            return Fix(text=f"{name}门口")
        kind = self.rng.random()
        if kind < 0.025:
            return self._off(place, place.radius_m * self.rng.uniform(1.9, 5), self.rng.uniform(6, 30))
        if kind < 0.06:
            return self._off(place, place.radius_m + self.rng.uniform(15, 70), self.rng.uniform(72, 140))
        if kind < 0.07:
            return Fix(text=f"{name}（定位失败，手动填写）")
        return self._off(
            place, place.radius_m * min(0.9, abs(self.rng.gauss(0, 0.28))), self.rng.uniform(4, 28)
        )

    def _off(self, place: Any, metres: float, accuracy_m: float) -> Fix:
        """`metres` away in some direction."""
        step = cmath.rect(metres / DEGREE_M, self.rng.uniform(-cmath.pi, cmath.pi))
        return Fix(place.lat + step.real, place.lng + step.imag / NARROWER, accuracy_m)

    # --- What ---

    def punch(self, kind: str, place: WorkPlace) -> None:
        if not self._passed():
            return
        fix = self.fix(place, place.name)
        payload = {
            "punch_id": str(self.phone.new_id(self.time)), "kind": kind, "work_place_id": str(place.pk),
            "note": "", "evidence": self.phone.evidence(self.time, fix),
        }  # fmt: skip
        self.phone.add("attendance.punch", payload, self.time)
        self.here = Point(place.lat, place.lng)

    def visit(self, customer: Customer, planned: PlannedVisit | None) -> None:
        """Travel, check in, do the steps, check out; whatever lies after `now` has not happened yet."""
        assert customer.lat is not None
        assert customer.lng is not None
        there = Point(customer.lat, customer.lng)
        way = nearby_m(self.here, there) if self.here else 2000
        self.here = there
        self.time += timedelta(seconds=way / SPEED_MS) + self._minutes(3, 9)
        if not self._passed():
            return
        visit_id, arrival = self._check_in(customer, planned)
        self.time += self._minutes(2.5, 6)
        steps = self._steps(customer, visit_id, arrival)
        self.time += self._minutes(2, 14)
        if self._passed():
            self._check_out(customer, visit_id, [arrival, *steps])

    def _check_in(self, customer: Customer, planned: PlannedVisit | None) -> tuple[UUID, UUID]:
        visit_id = self.phone.new_id(self.time)
        fix = self.fix(customer, customer.name)
        is_far = (
            not fix.text and nearby_m(Point(fix.lat, fix.lng), self.here or Point(0, 0)) > customer.radius_m
        )
        payload = {
            "visit_id": str(visit_id), "customer_id": str(customer.pk),
            "planned_visit_id": str(planned.pk) if planned else None,
            "template_id": str(self.setting.template.pk),
            "reason": self.rng.choice(REASONS) if is_far else "",
            "evidence": self.phone.evidence(self.time, fix),
        }  # fmt: skip
        return visit_id, self.phone.add("visits.check_in", payload, self.time)

    def _steps(self, customer: Customer, visit_id: UUID, arrival: UUID) -> list[UUID]:
        done = []
        if self.takes_photos:
            photos = self.rng.choice((1, 1, 1, 2))
            done.append(self._step(customer, visit_id, arrival, "shelf", None, photos=photos))
            self.time += self._minutes(1, 3)
        answers = {key: self.rng.choices(("pass", "fail", "na"), (86, 10, 4))[0] for key, _title in CHECKS}
        done.append(self._step(customer, visit_id, arrival, "check", answers))
        if self.rng.random() < 0.45:
            self.time += self._minutes(1, 3)
            note = {"text": self.rng.choice(NOTES)}
            done.append(self._step(customer, visit_id, arrival, "note", note))
        return [each for each in done if each]

    def _step(
        self, customer: Customer, visit_id: UUID, arrival: UUID, step: str, answer: Any, photos: int = 0
    ) -> UUID | None:
        if not self._passed():
            return None
        proof = self.phone.evidence(self.time, self._near(customer))
        payload = {
            "visit_id": str(visit_id), "step_id": step, "answer": answer, "evidence": proof,
            "photos": [self._photo(proof) for _ in range(photos)],
        }  # fmt: skip
        return self.phone.add("visits.record_step", payload, self.time, arrival)

    def _photo(self, proof: dict[str, Any]) -> dict[str, Any]:
        picture = self.setting.shelves.photo(self.rng)
        self.phone.pictures.append(picture)
        return {
            "sha256": sha256(picture), "size": len(picture), "taken_at": proof["device_time"],
            "evidence": proof,
        }  # fmt: skip

    def _near(self, customer: Customer) -> Fix:
        if not self.shares_location:
            return Fix(text=customer.name)
        return self._off(customer, self.rng.uniform(3, customer.radius_m * 0.5), self.rng.uniform(5, 20))

    def _check_out(self, customer: Customer, visit_id: UUID, after: list[UUID]) -> None:
        payload = {
            "visit_id": str(visit_id), "summary": self.rng.choice(SUMMARIES), "unproductive_reason": "",
            "evidence": self.phone.evidence(self.time, self._near(customer)),
        }  # fmt: skip
        self.phone.add("visits.check_out", payload, self.time, *after)
