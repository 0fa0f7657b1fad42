"""Telling and clearing what one likes about oneself; a new number is proved by a code."""

import hashlib
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.accounts import codes
from qince.core.accounts.codes import Purpose
from qince.core.accounts.limits import Asker
from qince.core.erasure.places import forget_blobs
from qince.core.files.actions import keep
from qince.core.files.models import Blob
from qince.core.people.accounts import normal_mobile
from qince.core.people.actions import revise
from qince.core.people.events import BirthdayEntered
from qince.core.people.models import Employee
from qince.core.profile.models import Profile
from qince.core.profile.queries import FIELDS, Visibility, offered
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.events import publish
from qince.kit.validation import check_fields

MAX_PICTURE = 5 * 1024 * 1024


@action("profile.change", permission=None)
def change_profile(
    actor: Actor, *, now: datetime, values: dict[str, Any], visibility: dict[str, str] | None = None
) -> Profile:
    """Set or clear fields of one's own; an empty value clears. The trail names the fields, never what was told."""
    allowed = offered()
    for name in (*values, *(visibility or {})):
        if name not in (*FIELDS, "picture") or name not in allowed:
            raise Refusal("unknown_field", _("This field is not offered here."), field=name)
    found = _locked(actor)
    before = found.birthday
    for name, value in values.items():
        setattr(found, name, value.strip() if isinstance(value, str) else value)
    _see(found, visibility or {})
    _check(found, now)
    found.save()
    note(found.employee, fields=sorted(values), visibility=sorted(visibility or {}))
    if found.birthday and found.birthday != before:
        publish(BirthdayEntered(actor.person_id, found.birthday))
    return found


def _see(found: Profile, visibility: dict[str, str]) -> None:
    for name, who in visibility.items():
        if who not in Visibility.values:
            raise Refusal("unknown_visibility", _("Choose who may see this."), field=name)
        found.visibility[name] = who


def _check(found: Profile, now: datetime) -> None:
    if found.birthday is not None and not date(1900, 1, 1) <= found.birthday <= now.date():
        raise Refusal("invalid_birthday", _("This day cannot be a birthday."), field="birthday")
    check_fields(found)


def _locked(actor: Actor) -> Profile:
    Profile.objects.bulk_create([Profile(employee_id=actor.person_id)], ignore_conflicts=True)
    rows = Profile.objects.select_for_update(of=("self",)).select_related("employee")
    return rows.get(employee=actor.person_id)  # type: ignore[no-any-return]


@action("profile.set_picture", permission=None)
def set_picture(actor: Actor, *, now: datetime, content: bytes) -> Profile:
    """A new picture, re-encoded so that nothing hidden is in it; the earlier one is erased (C2.5.3-06)."""
    if "picture" not in offered():
        raise Refusal("unknown_field", _("This field is not offered here."), field="picture")
    if not 0 < len(content) <= MAX_PICTURE:
        raise Refusal("file_too_large", _("A picture may have at most 5 MB."), field="picture")
    found = _locked(actor)
    blob = _kept(actor, content)
    before, found.picture = found.picture_id, blob
    found.save()
    if before and before != blob.pk:
        forget_blobs([before])
    note(found.employee, fields=["picture"])
    return found


@action("profile.clear_picture", permission=None)
def clear_picture(actor: Actor, *, now: datetime) -> Profile:
    found = _locked(actor)
    before, found.picture = found.picture_id, None
    found.save()
    if before:
        forget_blobs([before])
    note(found.employee, fields=["picture"])
    return found


def _kept(actor: Actor, content: bytes) -> Blob:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        blob = keep(actor, Path(file.name), sha256=hashlib.sha256(content).hexdigest())
    if not blob.thumbnail_name:
        raise Refusal("not_a_picture", _("Choose a JPEG, PNG or WebP picture."), field="picture")
    return blob


@action("profile.ask_code", permission=None)
def ask_code(actor: Actor, *, now: datetime, mobile: str, asker: Asker) -> int:
    """Send a code to the new number; the seconds until another may be asked for."""
    return codes.request_code(normal_mobile(mobile), Purpose.CHANGE, asker, now=now)


@action("profile.change_mobile", permission=None)
def change_mobile(actor: Actor, *, now: datetime, mobile: str) -> Employee:
    """Take the new number, which the caller has proved by its code. One signs in with it from now on (C6.1-07)."""
    employee = Employee.objects.select_for_update(of=("self",)).get(pk=actor.person_id)
    revise(employee, by=actor, now=now, mobile=mobile)
    return employee  # type: ignore[no-any-return]
