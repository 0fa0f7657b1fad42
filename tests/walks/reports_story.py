"""A report that is due today, for the person of the other walks; printed as JSON for the test of the phone."""

from datetime import time
from typing import Any

from qince.core.people.models import Employee
from qince.employee.daily_reports.actions import designing
from qince.employee.daily_reports.models import Edition, Obligation, Report
from qince.employee.daily_reports.owing.rules import Basis, Rule
from qince.employee.daily_reports.setting_up import Named, Setup
from qince.employee.daily_reports.tests.scene import FIELDS
from qince.engines.forms.schema import read
from qince.kit import clock
from qince.kit.tenancy import tenant
from tests.walks.forms_story import administrator
from tests.walks.story import MOBILE, the_organization


def publish() -> bool:
    with tenant(the_organization()):
        rule = Rule(basis=Basis.EVERY, due_at=time(23, 59), late_hours=24, remind_minutes=0)
        reporter = Employee.objects.get(mobile=MOBILE)
        setup = Setup(rule, read(FIELDS), {"forms": "forms_filled"}, reporters=Named((reporter.pk,)))
        designing.create_template(administrator(), now=clock.now(), name="日报", setup=setup)
        return True


def stored() -> list[dict[str, Any]]:
    with tenant(the_organization()):
        return [
            {
                "data": row.data,
                "marks": row.marks,
                "edition": row.edition,
                "earlier": list(Edition.objects.filter(report=row).values_list("answers", flat=True)),
                "is_owed": Obligation.objects.filter(report=row, reason="").count(),
            }
            for row in Report.objects.select_related("by_version")
        ]
