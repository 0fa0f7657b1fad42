from qince.employee.daily_reports.tests.scene import company  # noqa: F401
