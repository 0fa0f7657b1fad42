"""NUL in JSON is found where a text holds it, and only there."""

import json

import pytest

from qince.kit import nul


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\\\x00", "\\\\\x00", "Ó\x00\f"])
def test_a_text_that_holds_it(text):
    assert nul.in_json(json.dumps({"x": [text]}).encode())


@pytest.mark.parametrize("text", ["", "\\u0000", "\\\\u0000", "u0000", "\x01", "\\\x01u0000"])
def test_a_text_that_only_looks_like_it(text):
    assert not nul.in_json(json.dumps({"x": [text]}).encode())
