"""Text that could be taken for a formula."""

from hypothesis import given
from hypothesis import strategies as st

from qince.kit.resource.escaping import escape, is_live, unescape
from qince.kit.testing import PAYLOADS

TRICKY = st.text(alphabet="'=+-@|% \t\r\n＝a1", max_size=8)


@given(TRICKY | st.text(max_size=30))
def test_what_is_escaped_comes_back(text):
    assert unescape(escape(text)) == text


@given(TRICKY)
def test_nothing_escaped_starts_a_formula(text):
    assert escape(text).lstrip()[:1] not in tuple("=+-@|%＝＋－＠")


def test_two_hundred_payloads():
    assert len(set(PAYLOADS)) >= 200
    assert all(is_live(payload) and escape(payload).startswith("'") for payload in PAYLOADS)


def test_ordinary_text_is_left_alone():
    for text in ("王芳", "O'Brien", "'quoted'", "a=b", "销售部-华东", ""):
        assert escape(text) == text
