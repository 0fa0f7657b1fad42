"""What the browser tests need is named by Debian's names, and only where it is not there."""

import pytest

from launcher import browser


def test_where_all_is_there_nothing_is_missing():
    assert browser.missing() == []


@pytest.mark.parametrize(
    ("name", "absent", "package"),
    [
        ("NAMES", (), "chromium"),
        ("FONT_FOLDERS", (), "fonts-noto-cjk"),
        ("DRIVER_NEEDS", "libqince-is-not-there.so.1", "libatomic1"),
    ],
)
def test_what_is_not_there_is_named(monkeypatch, name, absent, package):
    monkeypatch.delenv("QINCE_CHROMIUM", raising=False)
    monkeypatch.setattr(browser, name, absent)
    assert browser.missing() == [package]
