"""Photos of a test go to a folder of its own."""

import pytest


@pytest.fixture
def data_folder(settings, tmp_path):
    settings.DATA = tmp_path
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "blobs"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return tmp_path
