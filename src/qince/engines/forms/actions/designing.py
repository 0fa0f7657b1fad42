"""Designing: a draft that may hold faults, versions that may not."""

import re
from datetime import datetime
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from qince.core.privacy.gate import LOCATION
from qince.engines.forms import others, references, words
from qince.engines.forms.approving import names_key
from qince.engines.forms.models import Form, FormVersion
from qince.engines.forms.privacy import CATEGORIES, PURPOSES, SENSITIVE
from qince.engines.forms.queries import in_force, used_key
from qince.engines.forms.rules import DESIGN
from qince.engines.forms.schema import Definition, Kind, Problem, faults, lay_out, read, unclassified, write
from qince.engines.forms.schema.types import ALWAYS_SENSITIVE, REFERENCES, SILENT, spoken
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, Refusal
from qince.kit.ids import uuid7
from qince.kit.keeping import forget
from qince.kit.validation import check

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class NotPublishable(Refusal):
    """What keeps a draft from being published, field by field."""

    def __init__(self, problems: list[Problem], definition: Definition) -> None:
        told = words.told(problems, definition)
        first = told[0]
        message = f"{first['where']}: {first['message']}" if first["where"] else first["message"]
        super().__init__(
            "not_publishable",
            message,
            fields={each["field"] or "form": each["message"] for each in told},
            problems=told,
        )
        self.problems = problems


@action("forms.create", permission=DESIGN)
def create_form(actor: Actor, *, now: datetime, definition: Definition, code: str = "") -> Form:
    """A new form with this draft; `code` is made where none is given."""
    key = uuid7()
    form = Form(
        id=key, code=code or f"form_{key.hex[-8:]}", draft=write(definition), name=_name_of(definition)
    )
    if not CODE.fullmatch(form.code):
        raise Refusal(
            "invalid", _("A code begins with a letter and has letters, digits and _ only."), field="code"
        )
    check(form)
    form.save()
    note(form, code=form.code)
    return form


@action("forms.save_draft", permission=DESIGN)
def save_draft(actor: Actor, form: Form, *, now: datetime, definition: Any, revision: int) -> Form:
    """Keep a draft as it stands, faults and all, unless somebody else changed it meanwhile."""
    found = Form.objects.select_for_update().get(pk=form.pk)
    if found.revision != revision:
        raise Conflict(
            "changed_meanwhile",
            _("Somebody else has changed this draft meanwhile. Load it anew; nothing was overwritten."),
            revision=found.revision,
        )
    made = readable(definition)
    found.draft, found.name, found.revision = write(made), _name_of(made), found.revision + 1
    found.save()
    note(found, revision=found.revision)
    return found


def readable(document: Any) -> Definition:
    try:
        return document if isinstance(document, Definition) else read(document)
    except msgspec.ValidationError as error:
        raise Refusal(
            "unreadable", _("This form cannot be read: %(why)s") % {"why": str(error)[:200]}
        ) from error


def problems_of(definition: Definition) -> list[Problem]:
    """Everything that stands in the way of publishing: faults, and fields that say nothing about privacy."""
    found = faults(definition) + unclassified(definition, CATEGORIES, PURPOSES)
    told = {each.field for each in found}
    for key, place in lay_out(definition).places.items():
        own = place.field
        if key in told or own.kind in SILENT or own.kind is Kind.TABLE:
            continue
        if own.kind in REFERENCES and own.kind not in references.offered():
            found.append(Problem("unknown_kind", (key,)))
        sensitive = own.privacy.is_sensitive or own.kind in ALWAYS_SENSITIVE
        wanted = LOCATION if own.kind is Kind.LOCATION else SENSITIVE
        if sensitive and own.privacy.purpose != wanted:
            found.append(Problem("wrong_purpose", (key,)))
    return found


@action("forms.publish", permission=DESIGN)
def publish_form(actor: Actor, form: Form, *, now: datetime, reason: str = "") -> FormVersion:
    """Make the draft the version in force. What was published before stays as it is."""
    found = Form.objects.select_for_update().get(pk=form.pk)
    definition = readable(found.draft)
    if problems := problems_of(definition):
        raise NotPublishable(problems, definition)
    if found.number and _says_the_same(found):
        raise Refusal("unchanged", _("Nothing has changed since the last version."))
    forget(used_key(actor.organization_id))
    forget(names_key(actor.organization_id))
    found.number += 1
    found.state = Form.State.PUBLISHED
    found.save()
    made = FormVersion(
        form=found,
        number=found.number,
        definition=found.draft,
        can_mark_others=True,
        reason=reason,
        published_at=now,
        published_by_id=actor.employee_id,
    )
    check(made)
    made.save()
    note(found, version=made.number, reason=reason)
    return made


def _says_the_same(form: Form) -> bool:
    """Whether publishing the draft would change nothing, also not what a version says of questions about others."""
    current = in_force(form)
    return current.get().definition == form.draft and not others.unsaid(current).exists()


@action("forms.set", permission=DESIGN)
def set_form(actor: Actor, form: Form, *, now: datetime, **fields: Any) -> Form:
    """How a form is used: who may change answers, whether they are reviewed, whether it is open to all."""
    found = Form.objects.select_for_update().get(pk=form.pk)
    changes = {name: (getattr(found, name), value) for name, value in fields.items()}
    for name, (_old, new) in changes.items():
        setattr(found, name, new)
    check(found)
    found.save()
    note(found, **{name: pair for name, pair in changes.items() if pair[0] != pair[1]})
    return found


@action("forms.close", permission=DESIGN)
def close_form(actor: Actor, form: Form, *, now: datetime) -> None:
    """Nobody fills it in any more; what was filled in stays."""
    _turn(form, Form.State.PUBLISHED, Form.State.CLOSED)


@action("forms.reopen", permission=DESIGN)
def reopen_form(actor: Actor, form: Form, *, now: datetime) -> None:
    _turn(form, Form.State.CLOSED, Form.State.PUBLISHED)


def _turn(form: Form, old: str, new: str) -> None:
    found = Form.objects.select_for_update().get(pk=form.pk)
    if found.state != old:
        raise Conflict("other_state", _("The form is no longer in that state. Reload the page."))
    found.state = new
    found.save(update_fields=["state", "updated_at"])
    note(found, state=(old, new))


def _name_of(definition: Definition) -> str:
    return spoken(definition.title, definition.language)[:80] or str(_("Without a title"))
