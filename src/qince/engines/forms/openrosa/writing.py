"""What OpenRosa clients are sent: XForms made by `pyxform`, and the small documents around them."""

import hashlib
from xml.sax.saxutils import escape

from django.utils.translation import override
from pyxform.xls2xform import convert

from qince.engines.forms import others, references
from qince.engines.forms.models import FormVersion
from qince.engines.forms.schema import Definition, Kind, lay_out
from qince.engines.forms.schema.types import REFERENCES
from qince.engines.forms.xlsform.writing import column_of, sheets
from qince.kit.actor import Actor

LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
RESPONSE = "http://openrosa.org/http/response"
BEGUN, ENDED, AFFIRMED = "qince_start", "qince_end", "qince_affirmed"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
MOST_OPTIONS = 1000


def xform(actor: Actor, version: FormVersion) -> str:
    """The version as an XForm. Fields that refer to something offer what the actor may choose."""
    used = {place.field.kind for place in lay_out(version.read).places.values()} & REFERENCES

    def options(kind: Kind) -> list[tuple[str, str]]:
        return references.everything(actor, kind, MOST_OPTIONS) if kind in used else []

    book = sheets(
        version.read, code=version.form.code, version=version.number, options=options, with_own=False
    )
    times = [{"type": "start", "name": BEGUN}, {"type": "end", "name": ENDED}]
    survey = [*times, *book["survey"], *_statement(version.read)]
    made = convert({**book, "survey": survey}, validate=False, form_name="data")
    return made.xform


def _statement(definition: Definition) -> list[dict[str, str]]:
    """What a form that asks about others has to have acknowledged at its end, in each of its languages."""
    if not others.asks_about_others(definition):
        return []
    labels = {}
    for code in definition.languages:
        with override(code.lower()):
            labels[f"label::{column_of(code)}"] = str(others.KNOWS)
    return [{"type": "acknowledge", "name": AFFIRMED, "required": "yes", **labels}]


def digest_of(text: str) -> str:
    return f"md5:{hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()}"


def form_list(entries: list[dict[str, str]]) -> str:
    return _document("xforms", LIST, "".join(f"<xform>{_elements(entry)}</xform>" for entry in entries))


def manifest() -> str:
    """Forms bring no files of their own along."""
    return _document("manifest", MANIFEST, "")


def response(message: str) -> str:
    return _document("OpenRosaResponse", RESPONSE, f"<message>{escape(message)}</message>")


def _document(name: str, namespace: str, inside: str) -> str:
    return f'{DECLARATION}<{name} xmlns="{namespace}">{inside}</{name}>'


def _elements(values: dict[str, str]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items())
