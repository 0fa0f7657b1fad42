"""A data folder of the test's own."""

from tests.conftest import data_folder

__all__ = ["data_folder"]
