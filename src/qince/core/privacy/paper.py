"""A document of the notice as PDF. Latin and Chinese are set in the reader's own CJK typeface: nothing is embedded."""

import io
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from qince.core.privacy.documents import HEADING, ITEM, TABLE
from qince.core.privacy.models import NoticeVersion
from qince.core.privacy.notice import opened

FONT = "STSong-Light"
MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
_GREY, _SHADE = (0.45, 0.48, 0.53), (0.94, 0.95, 0.97)


def pdf(notice: NoticeVersion, kind: str) -> bytes:
    """The document `kind` of a kept notice. What is bold on screen is set in bold strokes here."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    document = next(each for each in opened(notice)["documents"] if each["kind"] == kind)
    out = io.BytesIO()
    paper = SimpleDocTemplate(
        out, pagesize=A4, title=document["title"], author="Qince", leftMargin=MARGIN, rightMargin=MARGIN,
        topMargin=MARGIN, bottomMargin=MARGIN,
    )  # fmt: skip
    foot = _foot(notice)
    paper.build(_Story(notice.language).of(document, notice), onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _foot(notice: NoticeVersion):  # type: ignore[no-untyped-def]
    def draw(canvas, paper) -> None:  # type: ignore[no-untyped-def]
        canvas.setFont(FONT, 7.5)
        canvas.setFillColorRGB(*_GREY)
        canvas.drawString(MARGIN, 10 * mm, f"{notice.version}  ·  SHA-256 {notice.hash}")
        canvas.drawRightString(A4[0] - MARGIN, 10 * mm, str(canvas.getPageNumber()))

    return draw


class _Story:
    """Paragraphs and tables in reading order."""

    def __init__(self, language: str) -> None:
        wrap = {"wordWrap": "CJK"} if language.startswith("zh") else {}
        text = ParagraphStyle("text", fontName=FONT, fontSize=9.5, leading=15, spaceAfter=5, **wrap)  # type: ignore[arg-type]
        self.text = text
        self.item = ParagraphStyle("item", text, leftIndent=10, bulletIndent=2, spaceAfter=3)
        self.title = ParagraphStyle("title", text, fontSize=18, leading=26, spaceAfter=4)
        self.part = ParagraphStyle("part", text, fontSize=13, leading=20, spaceBefore=12, keepWithNext=1)
        self.heading = ParagraphStyle(
            "heading", text, fontSize=10.5, leading=16, spaceBefore=6, keepWithNext=1
        )
        self.cell = ParagraphStyle("cell", text, fontSize=7.8, leading=11, spaceAfter=0)
        self.small = ParagraphStyle("small", text, fontSize=8, leading=12, textColor=_GREY)

    def of(self, document: dict, notice: NoticeVersion) -> list[Flowable]:  # type: ignore[type-arg]
        released = _("Version %(version)s, released %(day)s") % {
            "version": notice.version,
            "day": f"{notice.released_at:%Y-%m-%d}",
        }
        story: list[Flowable] = [
            self._set(document["title"], self.title, True),
            self._set(released, self.small),
        ]
        for number, section in enumerate(document["sections"]):
            if section["anchor"] != "preamble":
                story.append(self._set(f"{number}. {section['title']}", self.part, True))
            for each in section["paragraphs"]:
                story += self._block(each)
        return story

    def _block(self, each: dict) -> list[Flowable]:  # type: ignore[type-arg]
        if each["style"] == TABLE:
            return [self._set(each["text"], self.heading, True), self._table(each["rows"]), Spacer(1, 6)]
        if each["style"] == HEADING:
            return [self._set(each["text"], self.heading, True)]
        style = self.item if each["style"] == ITEM else self.text
        return [self._set(each["text"], style, each["sensitive"], "•" if each["style"] == ITEM else None)]

    def _set(
        self, text: str, style: ParagraphStyle, bold: bool = False, bullet: str | None = None
    ) -> Paragraph:
        return (
            _Inked(escape(text), style, bulletText=bullet)
            if bold
            else Paragraph(escape(text), style, bulletText=bullet)
        )

    def _table(self, rows: list[dict]) -> Table:  # type: ignore[type-arg]
        cells = [
            [self._set(cell, self.cell, row["sensitive"] or not at) for cell in row["cells"]]
            for at, row in enumerate(rows)
        ]
        widths = _widths([row["cells"] for row in rows])
        found = Table(cells, colWidths=widths, repeatRows=1)
        found.setStyle(TableStyle([
            ("GRID", (0, 0), (-1, -1), 0.4, (0.8, 0.82, 0.86)),
            ("BACKGROUND", (0, 0), (-1, 0), _SHADE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]))  # fmt: skip
        return found


class _Inked(Paragraph):
    """The one Chinese typeface every reader has comes without a bold cut: strokes are drawn thicker instead."""

    def draw(self) -> None:
        self.canv.saveState()
        self.canv._code.append("2 Tr 0.2 w")
        super().draw()
        self.canv.restoreState()


def _widths(rows: list[list[str]]) -> list[float]:
    """Columns as wide as their text asks, none narrower than a tenth."""
    asked = [max(4.0, sum(len(row[at]) for row in rows) / len(rows)) ** 0.75 for at in range(len(rows[0]))]
    least = 0.1 * sum(asked)
    asked = [max(each, least) for each in asked]
    return [WIDTH * each / sum(asked) for each in asked]
