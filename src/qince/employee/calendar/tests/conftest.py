from qince.employee.calendar.tests.scene import company  # noqa: F401
