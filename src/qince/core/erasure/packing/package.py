"""Writing the archive: pages and JSON side by side, a page of rows in memory at a time, then the files."""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import override

from qince.core.erasure.packing.scope import Scope, cut, titles
from qince.core.erasure.packing.sections import Section
from qince.core.erasure.subjects import Subject
from qince.core.files.models import Blob
from qince.core.files.packages import add_file
from qince.core.privacy.registry import CONTROLLERS, declared
from qince.kit.tenancy import tenant

PERSON = "people.employee"
LANGUAGES = {"zh-hans": "index.html", "en": "index.en.html"}
# Called with the rows written so far.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """A section as the index lists it."""

    section: Section
    rows: int
    pages: int


def write(
    out: IO[bytes],
    subject: Subject,
    organization_id: UUID,
    *,
    now: datetime,
    progress: Progress,
    scope: Scope | None = None,
) -> int:
    """The whole package into `out`; how many rows it holds. Each page of rows is a transaction of its own.

    With a `scope` the person's own records that are within alone, and no word more: not even the name, unless it is
    among them.
    """
    done, listed, files = 0, [], set[str]()
    with tenant(organization_id):
        every = cut(subject, scope)
        about = _about_scope(subject, scope)
    is_nameless = scope is not None and PERSON not in scope.kinds
    if is_nameless:
        subject = replace(subject, name="", mobile="", email="")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for section in every:
            rows = pages = 0
            for page in _pages(section, organization_id):
                pages, rows = pages + 1, rows + len(page)
                values = [_nameless(value, subject) if is_nameless else value for _row, value in page]
                _page(archive, section, pages, values)
                if not section.by_others:
                    _files(archive, section, (row for row, _value in page), files, scope)
                progress(done + rows)
            done += rows
            listed.append(Written(section, rows, pages))
        _index(archive, subject, listed, len(files), now, about)
    return done


def _about_scope(subject: Subject, scope: Scope | None) -> dict[str, Any] | None:
    """What the index says of a copy that is cut: every kind of data in it, by its code and in both languages."""
    if scope is None:
        return None
    told: dict[str, Any] = dict(scope.kept)
    for language in LANGUAGES:
        with override(language):
            told[language] = {
                "kinds": titles(subject, told["kinds"]),
                "sensitive": [str(declared.purposes[code].title) for code in told["sensitive"]],
                "is_whole": scope.sensitive is None,
            }
    return told


def _nameless(value: dict[str, Any], subject: Subject) -> dict[str, Any]:
    """The record without the person's name where it only says whose it is."""
    own = str(subject.id)
    return {
        name: {**told, "name": ""} if isinstance(told, dict) and str(told.get("id")) == own else told
        for name, told in value.items()
    }


def _pages(section: Section, organization_id: UUID) -> Iterator[list[tuple[Any, dict[str, Any]]]]:
    pages = section.pages()
    while True:
        with tenant(organization_id):
            page = next(pages, None)
            if page is None:
                return
            yield page


def _page(archive: zipfile.ZipFile, section: Section, number: int, values: list[dict[str, Any]]) -> None:
    name = f"{section.key}-{number}"
    archive.writestr(f"data/{name}.json", json.dumps(values, ensure_ascii=False, indent=1))
    rows = [[_cell(value.get(told.name, "")) for told in section.fields] for value in values]
    for language in LANGUAGES:
        with override(language):
            context = {"section": section, "number": number, "rows": rows, "language": language}
            archive.writestr(
                f"{language}/{name}.html", render_to_string("erasure/package/page.html", context)
            )


def _cell(value: Any) -> str:
    """As a person reads it: nothing for nothing, names without their ids, anything nested as JSON."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict) and set(value) == {"id", "name"}:
        return str(value["name"])
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _files(
    archive: zipfile.ZipFile, section: Section, rows: Iterator[Any], written: set[str], scope: Scope | None
) -> None:
    """The files that the rows show. Where positions are not within, pictures come without their metadata."""
    within = None if scope is None else {told.name for told in section.fields}
    for row in rows:
        for blob in _blobs_of(row, within):
            if blob.sha256 not in written:
                written.add(blob.sha256)
                add_file(archive, blob, is_plain=scope is not None and not scope.with_positions)


def _blobs_of(row: Any, within: set[str] | None) -> Iterator[Blob]:
    if isinstance(row, Blob):
        yield row
        return
    for field in row._meta.local_concrete_fields:
        is_told = within is None or field.name in within
        if is_told and field.related_model is Blob and (found := getattr(row, field.name)):
            yield found


def _index(
    archive: zipfile.ZipFile,
    subject: Subject,
    listed: list[Written],
    files: int,
    now: datetime,
    scope: dict[str, Any] | None,
) -> None:
    summary = [
        {
            "data": written.section.key,
            "rows": written.rows,
            "files": [f"data/{written.section.key}-{n}.json" for n in range(1, written.pages + 1)],
            "by_others": written.section.by_others,
            "fields": [_about(told) for told in written.section.fields],
        }
        for written in listed
    ]
    about: dict[str, Any] = {
        "made_at": now.isoformat(timespec="seconds"), "person": subject.name or subject.mobile,
        **({"scope": {name: scope[name] for name in ("kinds", "sensitive")}} if scope else {}),
    }  # fmt: skip
    archive.writestr("index.json", json.dumps({**about, "sections": summary}, ensure_ascii=False, indent=1))
    for language, name in LANGUAGES.items():
        with override(language):
            context = {
                "subject": subject,
                "now": now,
                "files": files,
                "language": language,
                "scope": scope[language] if scope else None,
                "own": [each for each in listed if each.rows and not each.section.by_others],
                "others": [each for each in listed if each.rows and each.section.by_others],
                "empty": [each for each in listed if not each.rows],
            }
            archive.writestr(name, render_to_string("erasure/package/index.html", context))


def _about(told: Any) -> dict[str, Any]:
    """Provenance of a field, for machines: the same that the pages say in words."""
    if told.meaning is None:
        return {"name": told.name}
    return {
        "name": told.name,
        "category": str(told.meaning.category),
        "sensitive": told.meaning.is_sensitive,
        "source": told.meaning.source,
        "controller": str(CONTROLLERS[told.meaning.controller]),
        "purposes": list(told.meaning.purposes),
        "retention": told.meaning.retention,
    }
