"""Secrets with which programs read one's own agenda: made, shown once, revoked."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.accounts.keys import keyed_digest, token_digest
from qince.employee.calendar.models import CalendarKey
from qince.employee.calendar.rules import USE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.validation import check_fields

MOST_KEYS = 20
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for one another
_LENGTH, _GROUP = 20, 5  # 31^20: some 99 bits


@dataclass(frozen=True, slots=True)
class Made:
    """A new key with what is shown of it this once: for an app its user and password, else the address's token."""

    row: CalendarKey
    secret: str
    user: str = ""


@action("calendar.make_key", permission=USE)
def make_key(actor: Actor, *, kind: str, name: str, now: datetime) -> Made:
    if CalendarKey.objects.filter(employee=actor.person_id, revoked_at__isnull=True).count() >= MOST_KEYS:
        raise Refusal("too_many", _("Revoke an address or a password you no longer use first."))
    if not name.strip():
        raise Refusal("no_name", _("Say which device or app it is for."), field="name")
    row = CalendarKey(employee_id=actor.person_id, kind=kind, name=name.strip(), created_at=now)
    if kind == CalendarKey.Kind.FEED:
        # The first part finds the organization; the rest is 256 random bits.
        secret, user = f"{actor.organization_id.hex}{secrets.token_urlsafe(32)}", ""
        row.digest = token_digest(secret)
    else:
        plain = "".join(secrets.choice(_LETTERS) for _each in range(_LENGTH))
        secret, user = grouped(plain), user_of(actor.organization_id)
        row.digest = password_digest(actor.organization_id, plain)
    check_fields(row, but={"last_used_at", "revoked_at"})
    row.save()
    note(row, kind=str(row.get_kind_display()))
    return Made(row, secret, user)


@action("calendar.revoke_key", permission=USE)
def revoke_key(actor: Actor, *, key_id: UUID, now: datetime) -> CalendarKey:
    """From now on it opens nothing."""
    rows = CalendarKey.objects.filter(pk=key_id, employee=actor.person_id, revoked_at__isnull=True)
    found: CalendarKey | None = rows.select_for_update().first()
    if found is None:
        raise NotFound
    found.revoked_at = now
    found.save(update_fields=["revoked_at"])
    note(found, revoked=True)
    return found


# --- How secrets look ---


def grouped(plain: str) -> str:
    return "-".join(plain[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def password_digest(organization_id: UUID, typed: str) -> str:
    """Keyed: a password that is typed by hand is shorter than an address's token."""
    plain = "".join(each for each in typed.lower() if each.isalnum())
    return keyed_digest("calendar-app", organization_id.hex, plain)


def user_of(organization_id: UUID) -> str:
    """The user's name of an app's password: it says which organization, and nothing else."""
    return base64.b32encode(organization_id.bytes).decode().rstrip("=").lower()


def organization_of_user(user: str) -> UUID | None:
    text = user.strip().upper()
    try:
        return UUID(bytes=base64.b32decode(text + "=" * (-len(text) % 8)))
    except ValueError:
        return None
