"""A key folder of the test's own."""

import pytest


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA, settings.OPERATOR_KEY = tmp_path, ""
    return tmp_path / "keys"
