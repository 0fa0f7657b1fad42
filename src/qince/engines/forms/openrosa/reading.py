"""What OpenRosa clients send: an instance of a form as XML, turned into answers of our kinds."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from qince.engines.forms.openrosa.writing import AFFIRMED, BEGUN, ENDED
from qince.engines.forms.schema import Field, Kind, Layout
from qince.engines.forms.schema.types import UPLOADS
from qince.engines.forms.schema.validating import ROW_ID
from qince.kit.errors import Refusal

LARGEST = 2_000_000
LONGEST_AGE = timedelta(days=60)
OFFSET = re.compile(r"(Z|[+-]\d\d:?\d\d)$")


@dataclass
class Instance:
    """A form filled in, as it came: which form and version, its own id, when, the answers, and the files they name."""

    root: Element
    code: str
    version: int | None
    instance_id: str
    files: dict[str, UploadedFile] = field(default_factory=dict)
    used: dict[str, UploadedFile] = field(default_factory=dict)  # by sha256

    @property
    def is_affirmed(self) -> bool:
        """Whether the statement about others' data was acknowledged."""
        return any(_name(each) == AFFIRMED and (each.text or "").strip() == "OK" for each in self.root)

    def ended(self, received_at: datetime) -> datetime:
        """When it was finished by the device's clock, as far as that can be; else when it arrived."""
        text = next((each.text or "" for each in self.root if _name(each) == ENDED), "")
        try:
            told = datetime.fromisoformat(text.strip())
        except ValueError:
            return received_at
        if told.tzinfo is None or not received_at - LONGEST_AGE <= told <= received_at:
            return received_at
        return told


def read_instance(content: bytes, files: dict[str, UploadedFile]) -> Instance:
    """The outside of an instance. Raises a `Refusal` for what is none."""
    if len(content) > LARGEST:
        raise Refusal("too_large", _("The form is larger than 2 MB without its files."), status=413)
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise _unreadable() from error
    meta = next((each for each in root if _name(each) == "meta"), None)
    told = next(
        (each.text or "" for each in (meta if meta is not None else ()) if _name(each) == "instanceID"), ""
    )
    code, version = root.get("id", ""), root.get("version", "")
    if not code or not 0 < len(told.strip()) <= 80 or "\x00" in code + told:
        raise _unreadable()
    number = int(version) if re.fullmatch(r"\d{1,6}", version, re.ASCII) else None
    return Instance(root, code, number, told.strip(), files)


def _unreadable() -> Refusal:
    return Refusal("unreadable", _("This is no filled-in form as XML with an instanceID."), status=400)


def answers_of(instance: Instance, layout: Layout) -> dict[str, Any]:
    """The answers by field's id. Names the form does not have stay, so that they are refused by name."""
    return _row(instance, instance.root, layout.definition.fields)


def _row(instance: Instance, element: Element, fields: Iterable[Field]) -> dict[str, Any]:
    by_name = {each.name: each for each in fields}
    ours = {"meta", BEGUN, ENDED, AFFIRMED} | {
        f"{each.name}_count" for each in by_name.values() if each.kind is Kind.TABLE
    }
    found: dict[str, Any] = {}
    for child in element:
        name = _name(child)
        own = by_name.get(name)
        if own is None:
            if name not in ours:
                found[name] = child.text or ""
        elif own.kind is Kind.SECTION:
            found |= _row(instance, child, own.fields)
        elif own.kind is Kind.TABLE:
            if not any("template" in key for key in child.attrib):
                rows = found.setdefault(own.id, [])
                rows.append({ROW_ID: str(len(rows)), **_row(instance, child, own.fields)})
        elif own.kind is not Kind.NOTE and own.kind is not Kind.FORMULA:
            found[own.id] = _answer(instance, own, (child.text or "").strip())
    return found


def _answer(instance: Instance, own: Field, text: str) -> Any:
    if not text:
        return None
    if own.kind is Kind.LOCATION:
        return _location(text)
    if own.kind in UPLOADS:
        return [_file(instance, own, text)]
    if own.kind is Kind.TIME:
        return OFFSET.sub("", text)
    return text


def _location(text: str) -> Any:
    """`latitude longitude altitude accuracy`; anything else is left for the form to refuse."""
    parts = text.split()
    try:
        values = [float(part) for part in parts]
    except ValueError:
        return text
    names = ("lat", "lng", "altitude_m", "accuracy_m")
    return dict(zip(names, values, strict=False)) if 2 <= len(values) <= 4 else text


def _file(instance: Instance, own: Field, name: str) -> dict[str, Any]:
    """The file an answer names, which has to come along."""
    sent = instance.files.get(name)
    if sent is None:
        raise Refusal(
            "file_missing",
            _("The file “%(name)s” did not come along. Send the form with all its files at once.")
            % {"name": name[:80]},
            field=own.id,
            status=400,
        )
    digest = hashlib.sha256()
    for piece in sent.chunks():
        digest.update(piece)
    instance.used[digest.hexdigest()] = sent
    return {"sha256": digest.hexdigest(), "size": sent.size or 0, "name": name[:120]}


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
