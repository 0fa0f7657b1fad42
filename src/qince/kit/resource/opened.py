"""What a form showed when it was opened, so that a save over something newer is noticed (decision 0035).

The page carries the values that its fields held, signed. Under the record's lock they are compared with what the fields
would hold now. Fields rather than a counter: every record has them, an act that touches nothing of the form is no
conflict, and they say what changed. Acts upon a record that counts its versions compare the number as well.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.kit.actor import Actor
from qince.kit.choosing import OneOf, SomeOf
from qince.kit.choosing.fields import Given
from qince.kit.errors import Conflict, Refusal
from qince.kit.resource import timeline
from qince.kit.resource.columns import as_text
from qince.kit.resource.declaration import Resource
from qince.kit.resource.guard import row_or_404

if TYPE_CHECKING:
    from qince.kit.resource.forms import ActorForm

NAME = "opened"  # of the hidden input
COUNTERS = ("revision", "edition", "version")
SALT = "qince.kit.resource.opened"
MOMENTS = 3

Held = dict[str, list[str]]
Making = Callable[[Any, Any], "ActorForm"]  # the form of (what was sent or None, the row)


@dataclass(frozen=True, slots=True)
class Opened:
    at: datetime
    version: int | None
    held: Held


@dataclass(frozen=True, slots=True)
class Change:
    """One field: in words, what it was, what it is now, and what is about to take its place (None: left alone)."""

    name: str
    label: str
    was: str
    now: str
    typed: str | None


class Stale(Conflict):
    """Somebody saved between opening and saving. `row` is the record as it is now, `moments` what was done to it."""

    def __init__(self, row: Any, changes: list[Change], moments: list[timeline.Moment]) -> None:
        super().__init__(
            "changed_meanwhile",
            gettext_lazy(
                "This was changed meanwhile. Nothing has been saved yet, and what you typed is kept."
            ),
        )
        self.row, self.changes, self.moments = row, changes, moments


def note_of(form: forms.Form | None, row: Any, now: datetime) -> str:
    """What a page that shows `form` (not filled in yet) about `row` carries along."""
    content = {"at": now.isoformat(), "version": version_of(row), "held": held(form)}
    return signing.dumps(content, salt=SALT, compress=True)


def read(posted: Mapping[str, Any]) -> Opened | None:
    """The note that came back; None from whoever sends none, such as a script that never opened the page."""
    text = posted.get(NAME)
    if not text:
        return None
    try:
        content = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        raise Refusal(
            "page_damaged", _("This page did not come back whole. Load it anew and repeat.")
        ) from None
    return Opened(datetime.fromisoformat(content["at"]), content["version"], content["held"])


def locked(resource: Resource, actor: Actor, row: Any) -> Any:
    """The row as it is now, held until the transaction ends; absent and hidden look the same."""
    found = resource.model._default_manager.select_for_update().filter(pk=row.pk).values_list("pk", flat=True)
    if not found:
        raise Http404
    return row_or_404(resource, actor, row.pk)


def require_same(
    opened: Opened | None,
    row: Any,
    now: forms.Form | None,
    sent: "ActorForm | None",
    actor: Actor,
    *,
    counts: bool,
) -> None:
    """Refuse when `row`, shown by the unfilled form `now`, is another than the one that was opened. `counts`: also when
    nothing that the form holds differs, but the record counts another version.
    """
    if opened is None:
        return
    changes = list(_changes(opened.held, now, sent))
    if changes or (counts and opened.version != version_of(row)):
        since = [moment for moment in timeline.of(actor, row) if moment.at >= opened.at]
        raise Stale(row, changes, since[:MOMENTS])


def version_of(row: Any) -> int | None:
    counted = (getattr(row, name, None) for name in COUNTERS)
    return next((found for found in counted if isinstance(found, int)), None)


def held(form: forms.Form | None) -> Held:
    """What the fields hold that come from the record; not what the form itself suggests, such as today's date."""
    if form is None:
        return {}
    return {
        name: texts(form[name].field, form[name].value())
        for name in form.fields
        if name in form.initial and not isinstance(form.fields[name], forms.FileField)
    }


def texts(own: forms.Field, value: Any) -> list[str]:
    """A value as the page holds it: the same for what a field shows and for what comes back from it."""
    if isinstance(value, Given):
        return sorted(value.ids) + ([value.typed] if value.typed else [])
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["on"]
    if isinstance(value, list | tuple | set) or hasattr(value, "__next__"):
        return sorted(str(getattr(each, "pk", each)) for each in value)
    shown = own.widget.format_value(value) if isinstance(value, date | time) else value
    return [str(shown).replace("\r\n", "\n")]


def _changes(before: Held, now: forms.Form | None, sent: forms.Form | None) -> Iterable[Change]:
    for name, current in held(now).items():
        assert now is not None
        if name not in before or before[name] == current:
            continue
        own = now.fields[name]
        typed = (
            texts(sent.fields[name], sent[name].data)
            if sent is not None and name in sent.fields
            else before[name]
        )
        yield Change(
            name, str(now[name].label), words(own, before[name]), words(own, current),
            words(own, typed) if typed not in (before[name], current) else None,
        )  # fmt: skip


def words(own: forms.Field, held: list[str]) -> str:
    """What a field holds as a person reads it."""
    if isinstance(own, OneOf | SomeOf):
        return as_text([each["label"] for each in own.chosen(held)]) or "—"
    if isinstance(own, forms.BooleanField):
        return _("Yes") if held else _("No")
    choices = {str(value): str(label) for value, label in _flat(getattr(own, "choices", ()))}
    return as_text([choices.get(text) or _in_words(own, text) for text in held]) or "—"


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _in_words(own: forms.Field, text: str) -> str:
    with suppress(ValidationError):
        value = own.to_python(text)
        return as_text(value) if isinstance(value, date) else text
    return text


def kept(posted: QueryDict, stale: Stale, made: Making) -> "ActorForm":
    """The form on the newer record: what was typed, with the new values in the fields that were left alone."""
    data = posted.copy()
    current = held(made(None, stale.row))
    for change in stale.changes:
        if change.typed is None:
            data.setlist(change.name, current[change.name])
            data.pop(f"{change.name}-typed", None)
    form = made(data, stale.row)
    form.full_clean()
    form.refuse(stale)
    return form
