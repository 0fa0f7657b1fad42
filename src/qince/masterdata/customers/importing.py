"""Import of customers: stores and distributors, their places, who looks after them and who supplies them.

A distributor may stand anywhere in the file: suppliers are linked when every row is in.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.core.people.models import Employee
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.geo import Datum
from qince.kit.resource import Field, Import, Plan, Planner, Problem, Row, parsing
from qince.kit.resource.parsing import BadValue
from qince.masterdata.customers import actions, queries
from qince.masterdata.customers.models import Customer, SupplyLink
from qince.masterdata.customers.rules import IMPORT, MASK_PHONE

PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{4,24}([转x][0-9]{1,6})?")
KINDS = {
    "store": (gettext_lazy("Store"), "门店", "终端", "零售店"),
    "distributor": (gettext_lazy("Distributor"), "经销商", "代理商", "批发商"),
}
STATUSES = {
    "open": (gettext_lazy("In business"), "营业", "营业中", "正常"),
    "closed": (gettext_lazy("Closed down"), "关闭", "停业", "已关店", "关店"),
}
TIERS = {tier: (tier, f"{tier}级", f"{tier}类") for tier in Customer.Tier.values}
DATUMS = {
    Datum.GCJ02.value: ("GCJ-02", "火星坐标", "高德", "腾讯", "国测局"),
    Datum.BD09.value: ("BD-09", "百度"),
    Datum.WGS84.value: ("WGS-84", "GPS", "地球坐标"),
}


def phone(cell: str) -> str:
    """A telephone number, mobile or landline, as people wrote it."""
    if not PHONE.fullmatch(cell):
        raise BadValue(_("“%(value)s” is no telephone number.") % {"value": cell}, _("Write digits only."))
    return cell


def degrees(most: int) -> parsing.Parser:
    exact = parsing.decimal(12, Decimal(-most), Decimal(most))
    return lambda cell: float(exact(cell))


def _words(model_choices: Any) -> Any:
    known = dict(model_choices.choices)
    return lambda value: str(known.get(value, value or ""))


FIELDS = (
    Field("code", gettext_lazy("Code"), ("编码", "客户编码", "门店编码", "编号"), parsing.text(40),
          is_required=True, example="MD0001"),
    Field("name", gettext_lazy("Name"), ("名称", "客户名称", "门店名称"), parsing.text(100), is_required=True,
          example="苏果便利(中山路店)"),
    Field("kind", gettext_lazy("Kind"), ("类型", "客户类型"), parsing.choice(KINDS), example="门店",
          words=_words(Customer.Kind)),
    Field("channel", gettext_lazy("Channel"), ("渠道", "渠道类型"), parsing.text(40), example="便利店"),
    Field("tier", gettext_lazy("Tier"), ("等级", "客户等级", "级别"), parsing.choice(TIERS), example="B"),
    Field("status", gettext_lazy("Status"), ("状态", "营业状态"), parsing.choice(STATUSES), example="营业",
          words=_words(Customer.Status)),
    Field("address", gettext_lazy("Address"), ("地址", "详细地址"),
          example="南京市玄武区中山路1号"),
    Field("district", gettext_lazy("District"), ("区县", "区域", "行政区"), parsing.text(40),
          example="玄武区"),
    Field("given_lat", gettext_lazy("Latitude"), ("纬度", "lat", "latitude"), degrees(90),
          example="32.0604"),
    Field("given_lng", gettext_lazy("Longitude"), ("经度", "lng", "lon", "longitude"), degrees(180),
          example="118.7969"),
    Field("given_datum", gettext_lazy("Datum"), ("坐标系", "坐标类型"), parsing.choice(DATUMS),
          example="GCJ-02"),
    Field("radius_m", gettext_lazy("Fence radius, m"), ("围栏半径", "签到半径", "半径"),
          parsing.integer(actions.MIN_RADIUS, actions.MAX_RADIUS), example="200"),
    Field("contact_name", gettext_lazy("Contact"), ("联系人", "负责人"), parsing.text(60), example="王店长"),
    Field("contact_phone", gettext_lazy("Contact's phone"), ("联系电话", "电话", "联系人电话"), phone,
          mask=MASK_PHONE, example="19900010001"),
    Field("supplier", gettext_lazy("Supplying distributor's code"), ("供货经销商", "供货商编码"),
          parsing.text(40), example="JX001"),
    Field("rep", gettext_lazy("Rep's employee number"), ("负责业务员工号", "业务员工号", "负责人工号"),
          parsing.text(40), example="ZX010"),
)  # fmt: skip


class CustomerPlanner(Planner):
    """Rows against stored customers. Who looks after and who supplies are compared as number and code."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        super().__init__(actor, now)
        self.today = actions.today_of(actor, now)
        self.reps: dict[str, Employee] = {
            each.number: each for each in queries.assignees(actor).exclude(number="")
        }
        self.distributors = set(_distributors().values_list("code", flat=True))
        self.held: dict[UUID, list[str]] = {}
        self.supplied: dict[UUID, str] = {}
        self.assignments: dict[str, list[Customer]] = {}
        self.links: dict[UUID, str] = {}

    def scan(self, rows: Iterator[Row]) -> None:
        """Distributors that this very file brings may be named by its stores."""
        for row in rows:
            if row.values.get("kind") == Customer.Kind.DISTRIBUTOR and not row.problems:
                self.distributors.add(row.values.get("code", ""))

    def existing(self, keys: list[Any]) -> Iterable[Customer]:
        found = list(queries.with_people(queries.customers_within(self.actor, IMPORT).filter(code__in=keys)))
        self.held = {each.pk: [row.employee.number for row in each.current] for each in found}
        self.supplied = {each.pk: each.supply[0].distributor.code for each in found if each.supply}
        return found

    def plan(self, row: Row) -> Plan:
        plan = super().plan(row)
        plan.problems += self._unknown(row)
        lat, lng = row.values.get("given_lat"), row.values.get("given_lng")
        if (lat is None) != (lng is None) and not row.problems:
            field = "given_lat" if lat is None else "given_lng"
            plan.problems.append(
                Problem(
                    field, _("A place needs both latitude and longitude."), _("Fill in both, or neither.")
                )
            )
        return plan

    def _unknown(self, row: Row) -> Iterator[Problem]:
        supplier, rep = row.values.get("supplier"), row.values.get("rep")
        if supplier and row.values.get("kind") == Customer.Kind.DISTRIBUTOR:
            remedy = _("Leave the cell empty for distributors.")
            yield Problem("supplier", _("Only stores are supplied by a distributor."), remedy)
        elif supplier and supplier not in self.distributors:
            remedy = _("Correct the code, or add the distributor to the file.")
            yield Problem("supplier", _("There is no distributor “%(code)s”.") % {"code": supplier}, remedy)
        if rep and rep not in self.reps:
            remedy = _("Correct the number, or import the address book first.")
            yield Problem("rep", _("There is no employee “%(number)s”.") % {"number": rep}, remedy)

    def current(self, target: Customer, name: str) -> Any:
        if name == "supplier":
            return self.supplied.get(target.pk, "")
        if name == "rep":
            return "、".join(self.held.get(target.pk, []))
        return getattr(target, name)

    def differences(self, target: Customer, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        """A customer that several people look after, the named one among them, stays as it is."""
        found = super().differences(target, values)
        if values.get("rep") in self.held.get(target.pk, []):
            found.pop("rep", None)
        return found

    def create(self, values: dict[str, Any]) -> None:
        found = Customer()
        actions.apply(found, values)
        actions.check_fields(found)  # uniqueness is the database's word, given when the row is saved
        found.save()
        self._later(found, values)

    def update(self, target: Customer, values: dict[str, Any]) -> None:
        if actions.apply(target, values):
            actions.check_fields(target)
            target.version += 1
            target.save()
        self._later(target, values)

    def _later(self, customer: Customer, values: dict[str, Any]) -> None:
        if rep := values.get("rep"):
            self.assignments.setdefault(rep, []).append(customer)
        if supplier := values.get("supplier"):
            self.links[customer.pk] = supplier

    def finish(self) -> None:
        for number, customers in self.assignments.items():
            actions.assign(customers, self.reps[number], on=self.today)
        self._link()

    def _link(self) -> None:
        distributors = {each.code: each for each in _distributors().filter(code__in=set(self.links.values()))}
        if missing := set(self.links.values()) - set(distributors):
            text = _("These distributors could not be imported, so nothing was: %(codes)s.")
            raise Refusal("distributor_missing", text % {"codes": ", ".join(sorted(missing))})
        SupplyLink.objects.filter(queries.CURRENT, store__in=list(self.links)).update(ends_on=self.today)
        SupplyLink.objects.bulk_create(
            SupplyLink(store_id=store, distributor=distributors[code], starts_on=self.today)
            for store, code in self.links.items()
        )


def _distributors() -> Any:
    return Customer.objects.filter(kind=Customer.Kind.DISTRIBUTOR)


CUSTOMERS = Import(
    FIELDS,
    CustomerPlanner,
    attestation=gettext_lazy(
        "The contact persons in this file know that their names and telephone numbers are given to us, "
        "and have agreed to it."
    ),
    hint=gettext_lazy(
        "Stores and distributors, one per row. Coordinates keep the datum you name: GCJ-02 for AMap and "
        "Tencent, BD-09 for Baidu, WGS-84 for GPS."
    ),
)
