"""Text in spreadsheets: what a program could take for a formula is kept text, and comes back unchanged.

In CSV an apostrophe goes before it (OWASP, CSV injection); text that already begins with apostrophes before
such a character gets one more, so that taking one off on import always restores exactly what was exported.
"""

import re

# = + - @ start formulas; tab, CR and LF can push one into the next cell; full-width signs are folded by some
# programs.
DANGEROUS = r"=+\-@\t\r\n|%＝＋－＠"
_LIVE = re.compile(rf"'*\s*[{DANGEROUS}]")


def is_live(text: str) -> bool:
    return _LIVE.match(text) is not None


def escape(text: str) -> str:
    return f"'{text}" if is_live(text) else text


def unescape(text: str) -> str:
    return text[1:] if text.startswith("'") and is_live(text[1:]) else text
