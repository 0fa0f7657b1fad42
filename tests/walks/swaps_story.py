"""Two people of a roster group with different shifts the day after tomorrow, and whoever decides about them."""

from datetime import timedelta
from typing import Any

from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.employee.attendance import request_actions
from qince.employee.attendance.models import RosterEntry, Swap
from qince.employee.attendance.tests import factories as make
from qince.kit import clock
from qince.kit.tenancy import tenant
from tests.walks.story import the_organization

MOBILES = {"申晓": "+8619900000855", "童琪": "+8619900000856"}


def seed() -> str:
    """The date on which their shifts differ."""
    with tenant(the_organization()):
        boss = people.employee("班组长", roles=["manager"], mobile="+8619900000090", number="SW0")
        ann, ben = (
            people.employee(name, leader=boss, roles=["rep"], mobile=mobile, number=f"SW{mobile[-1]}")
            for name, mobile in MOBILES.items()
        )
        make.group(ann, ben, kind="roster", week=[None] * 7)
        on = clock.local_date(clock.now(), "Asia/Shanghai") + timedelta(days=2)
        make.roster(ann, on, make.shift((480, 960), name="早班"))
        make.roster(ben, on, make.shift((840, 1320), name="晚班"))
    return on.isoformat()


def approve() -> bool:
    with tenant(the_organization()):
        row, boss = Swap.objects.get(state="pending"), Employee.objects.get(name="班组长")
        request_actions.approve(people.actor(boss), row, now=clock.now())
    return True


def roster() -> dict[str, Any]:
    with tenant(the_organization()):
        rows = RosterEntry.objects.filter(employee__name__in=MOBILES).order_by("employee__name")
        return dict(rows.values_list("employee__name", "shift__name"))


def swaps() -> list[list[Any]]:
    with tenant(the_organization()):
        return [[row.state, row.agreed_at is not None] for row in Swap.objects.order_by("asked_at")]
