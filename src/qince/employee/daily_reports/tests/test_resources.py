"""The lists of daily reports by the suite of the kit: rights, other organizations, many rows, what leaves."""

from datetime import timedelta
from uuid import uuid4

from qince.core.people.tests import factories as people
from qince.employee.daily_reports.models import Obligation, Report
from qince.employee.daily_reports.screens import OBLIGATIONS, REPORTS, TEMPLATES
from qince.employee.daily_reports.setting_up import Named
from qince.employee.daily_reports.tests.scene import MONDAY, make
from qince.kit.tenancy import tenant
from qince.kit.testing import ResourceSuite


class ReportsSuite(ResourceSuite):
    def browser(self, *permissions):
        return people.browser(people.holding(people.employee("测试员"), *permissions))

    def outsider(self):
        with tenant(people.organization("另一家")):
            return people.browser(people.employee("外人", roles=["administrator"]))

    def template(self, name=""):
        class Company:
            admin = people.actor(people.employee("管理员", roles=["administrator"]))

        who = people.employee("王芳")
        return make(Company, name or str(uuid4())[:30], reporters=Named((who.pk,)))

    def reports(self, n):
        template = self.template()
        version = template.versions.get()
        rows = []
        for number in range(n):
            on = MONDAY - timedelta(days=7 + number)
            rows.append(
                Report.objects.create(
                    template=template, by_version=version, employee=people.employee("王芳"), period_on=on, ends_on=on,
                    sent_at=version.created_at, received_at=version.created_at, filled_until=version.created_at,
                    answers={"done": "x"}, marks={"done": "hand"},
                )
            )  # fmt: skip
        return rows


class TestTemplates(ReportsSuite):
    resource = TEMPLATES

    def make(self, n):
        return [self.template() for _each in range(n)]


class TestReports(ReportsSuite):
    resource = REPORTS

    def make(self, n):
        return self.reports(n)


class TestObligations(ReportsSuite):
    resource = OBLIGATIONS

    def make(self, n):
        return [
            Obligation.objects.create(
                template=row.template, by_version=row.by_version, employee=row.employee, period_on=row.period_on,
                ends_on=row.ends_on, due_at=row.sent_at, late_until=row.sent_at, report=row, sent_at=row.sent_at,
            )
            for row in self.reports(n)
        ]  # fmt: skip
