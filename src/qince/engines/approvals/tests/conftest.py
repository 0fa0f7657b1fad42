from qince.engines.approvals.tests.scene import company, thing  # noqa: F401
