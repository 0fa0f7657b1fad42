"""A workbook that cannot be read at all: what it is, or where `pyxform` stopped."""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from qince.engines.forms.xlsform.findings import ERROR, Finding, strange
from qince.engines.forms.xlsform.kinds import is_known
from qince.engines.forms.xlsform.sheets import Sheets

LARGEST, LARGEST_UNPACKED = 2_000_000, 40_000_000
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how .xls begins, and a workbook under a password
LOCKED = "EncryptedPackage".encode("utf-16-le")
ROW = re.compile(r"\[row : (\d+)\]\s*")
TWICE = re.compile(r"Duplicate column header")
WITHOUT_WORDS = re.compile(r"survey element named '([^']+)' has no label or hint")
NAMED = re.compile(r"'([^'\s]+)'")


def unreadable(content: bytes) -> Finding | None:
    def finding(what: str, remedy: str = "") -> Finding:
        return Finding(ERROR, "", None, "", what, remedy or _("Save it as .xlsx and bring it again."))

    if len(content) > LARGEST:
        return finding(_("The file is larger than 2 MB."))
    if content.startswith(OLD):
        if LOCKED in content:
            return finding(
                _("The workbook is protected by a password."), _("Take the password off and save it.")
            )
        return finding(_("This is a workbook of the old kind (.xls)."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > LARGEST_UNPACKED:
                return finding(_("The workbook is far too large when unpacked."))
    except zipfile.BadZipFile:
        return finding(_("This is no Excel workbook."))
    return None


def told(message: str, sheets: Sheets) -> Finding:
    """What `pyxform` says, at its cell: with the row taken out of its sentence, else by the name that it gives."""
    if TWICE.search(message) and (found := sheets.twice()):
        what = _("The column “%(column)s” stands there twice.") % {"column": found[1]}
        return Finding(ERROR, found[0], 1, found[1], what, _("Keep one of them."))
    if bare := WITHOUT_WORDS.search(message):
        what = _("“%(name)s” has no words to be asked by.") % {"name": bare[1]}
        remedy = _("Write them in the column “label”.")
        return Finding(ERROR, "survey", sheets.rows.get(bare[1]), "label", what, remedy)
    row = int(at[1]) if (at := ROW.search(message)) else None
    if row is None and (
        culprit := next(((kind, at) for at, kind in sheets.types() if not is_known(kind)), None)
    ):
        return strange(*culprit)
    sheet = next(
        (name for name in ("choices", "settings", "entities") if f"'{name}' sheet" in message), "survey"
    )
    if row is None and sheet == "survey":
        row = next((sheets.rows[name] for name in NAMED.findall(message) if name in sheets.rows), None)
    column = re.search(r"the '([\w:]+)' (?:value|column)", message)
    return Finding(
        ERROR, sheet, row, column[1] if column else "", ROW.sub("", message)[:500], _("Mend this cell.")
    )
