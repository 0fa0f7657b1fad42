"""Our compiler of catalogues against gettext's own reader."""

import gettext
import io
from pathlib import Path

from launcher import catalogues

SOURCE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=n != 1;\n"

#: somewhere.py:1
msgid "visit"
msgstr "拜访"

msgctxt "verb"
msgid "visit"
msgstr "去拜访"

msgid ""
"a long "
"line\n"
msgstr ""
"一长"
"行\n"

#, python-format
msgid "%d store"
msgid_plural "%d stores"
msgstr[0] "%d 家门店"
msgstr[1] "%d 家门店们"

#, fuzzy
msgid "guess"
msgstr "猜测"

msgid "untranslated"
msgstr ""

#~ msgid "obsolete"
#~ msgstr "过时"
"""


def read(source: str) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(catalogues.machine_object(catalogues.messages(source))))


def test_gettext_reads_what_we_compile():
    words = read(SOURCE)
    assert words.gettext("visit") == "拜访"
    assert words.pgettext("verb", "visit") == "去拜访"
    assert words.gettext("a long line\n") == "一长行\n"
    assert words.ngettext("%d store", "%d stores", 1) == "%d 家门店"
    assert words.ngettext("%d store", "%d stores", 2) == "%d 家门店们"


def test_guesses_and_gaps_fall_back_to_english():
    words = read(SOURCE)
    assert [words.gettext(text) for text in ("guess", "untranslated", "obsolete")] == [
        "guess",
        "untranslated",
        "obsolete",
    ]


def test_only_changed_catalogues_are_compiled(tmp_path: Path):
    folder = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(SOURCE)
    assert catalogues.compile_all(tmp_path) == 1
    assert catalogues.compile_all(tmp_path) == 0
    (folder / "django.po").write_text(SOURCE.replace("去拜访", "走访"))
    assert catalogues.compile_all(tmp_path) == 1
    assert "走访".encode() in (folder / "django.mo").read_bytes()
