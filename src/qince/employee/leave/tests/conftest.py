from qince.employee.leave.tests.scene import company  # noqa: F401
