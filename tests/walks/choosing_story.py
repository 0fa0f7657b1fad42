"""More people than a list could hold, for the walk that chooses among them."""

from typing import Any

from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.kit.tenancy import tenant
from tests.walks.story import the_organization

CROWD = 40


def seed() -> dict[str, Any]:
    """An administrator at a desk, a person to change, and leaders to choose from, two of the same name."""
    with tenant(the_organization()):
        unit = people.department("选人测试部")
        group = people.department("选人一组", parent=unit)
        people.employee("司徒敏", mobile="+8619912000005", number="OY5", department=group)
        for number in range(CROWD):
            people.employee(f"众人{number:02d}", mobile=f"+8619911{number:06d}", number=f"Z{number:03d}")
        first, second = (
            people.employee("欧阳静", mobile=f"+861991200000{n}", number=f"OY{n}", department=unit)
            for n in (1, 2)
        )
        subject = people.employee("待改人", mobile="+8619912000003", number="OY3")
        boss = people.employee("选主任", mobile="+8619912000004", number="OY4", roles=["administrator"])
        cookies = {key: morsel.value for key, morsel in people.browser(boss).cookies.items()}
        return {
            "cookies": cookies,
            "subject": str(subject.pk),
            "first": str(first.pk),
            "second": str(second.pk),
        }


def leader(subject: str) -> str:
    with tenant(the_organization()):
        found = Employee.objects.get(pk=subject).leader_id
        return str(found or "")
