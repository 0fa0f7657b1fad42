"""Import of balances: what somebody has today. Adjusts by the difference, so importing again changes nothing."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.employee.leave import books, queries
from qince.employee.leave.actions import booking
from qince.employee.leave.models import Account
from qince.kit.actor import Actor
from qince.kit.resource import Field, Import, Plan, Planner, Problem, Row, parsing
from qince.kit.resource.planning import twice

FIELDS = (
    Field(
        "number", gettext_lazy("Employee number"), ("工号", "员工编号"), parsing.text(40), is_required=True,
        example="E0001",
    ),
    Field(
        "type", gettext_lazy("Type of leave"), ("假期类型", "假种"), parsing.text(40), is_required=True,
        example="年休假",
    ),
    Field(
        "balance", gettext_lazy("Balance"), ("余额", "剩余天数", "剩余"), parsing.decimal(2, Decimal(0), Decimal(9999)),
        is_required=True, example="7.5",
    ),
    Field("valid_to", gettext_lazy("Valid until"), ("有效期至", "到期日"), parsing.day, example="2026-12-31"),
    Field("reason", gettext_lazy("Reason"), ("原因", "备注"), parsing.text(200), example="期初余额"),
)  # fmt: skip


class BalancePlanner(Planner):
    """A row is known by the person and the type together."""

    key = "number"

    def __init__(self, actor: Actor, now: datetime) -> None:
        super().__init__(actor, now)
        today = books.today_of(now)
        self.types = {
            each.type.name: each for each in books.versions_on(today).values() if each.type.is_active
        }

    def load(self, rows: list[Row]) -> None:
        numbers = [row.values["number"] for row in rows if "number" in row.values]
        people = queries.adjustable_people(self.actor).filter(number__in=numbers)
        self.people = {person.number: person for person in people}
        accounts = Account.objects.filter(employee__in=[person.pk for person in self.people.values()])
        self.accounts = {(each.employee_id, each.type_id): each for each in accounts}

    def existing(self, keys: list[Any]) -> Iterable[Any]:
        return []

    def plan(self, row: Row) -> Plan:
        number, name = row.values.get("number", ""), row.values.get("type", "")
        plan = Plan(row, f"{number} {name}".strip())
        person, version = self.people.get(number), self.types.get(name)
        if number and person is None:
            plan.problems.append(
                Problem(
                    "number", _("Nobody has this number."), _("Mend the number, or add the employee first.")
                )
            )
        if name and (version is None or not version.terms.has_balance):
            plan.problems.append(
                Problem(
                    "type",
                    _("No type with a balance has this name."),
                    _("Mend the name, or add the type first."),
                )
            )
        if not plan.all_problems and (first := self._seen.setdefault(plan.name, row.number)) != row.number:
            plan.problems.append(twice("number", first))
        if person is None or version is None or plan.all_problems:
            return plan
        account = self.accounts.get((person.pk, version.type_id))
        plan.target = account
        old, new = (account.balance if account else Decimal(0)), row.values["balance"]
        if account is not None and old != new:
            plan.changes = {"balance": (old, new)}
        return plan

    def save(self, plan: Plan) -> None:
        values = plan.row.values
        held = plan.target.balance if plan.target else Decimal(0)
        if values["balance"] == held:
            return
        booking.adjust(
            self.actor, employee=self.people[values["number"]], type=self.types[values["type"]].type,
            qty=values["balance"] - held, reason=values.get("reason") or _("Imported balance"),
            valid_to=values.get("valid_to"), now=self.now,
        )  # fmt: skip


BALANCES = Import(
    fields=FIELDS,
    planner=BalancePlanner,
    hint=gettext_lazy(
        "What people have today. The difference to what is kept here is entered as an adjustment."
    ),
)
