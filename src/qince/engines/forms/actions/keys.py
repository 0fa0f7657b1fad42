"""Keys with which other apps fill in forms for one employee."""

import hashlib
import secrets
from datetime import datetime

from qince.core.people.models import Employee
from qince.engines.forms.models import AppToken
from qince.engines.forms.rules import TOKENS
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.validation import check_fields


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@action("forms.make_token", permission=TOKENS)
def make_token(actor: Actor, *, now: datetime, employee: Employee, name: str) -> tuple[AppToken, str]:
    """The key's row, and the key itself: it is shown this once and stored nowhere."""
    if not actor.scope(TOKENS).covers(employee.pk):
        raise NotFound
    token = f"{actor.organization_id.hex}{secrets.token_urlsafe(32)}"  # the first part finds the organization
    made = AppToken(employee=employee, name=name, digest=digest(token), created_at=now)
    check_fields(made, but={"last_used_at", "revoked_at"})
    made.save()
    note(made, employee=employee.name)
    return made, token


@action("forms.revoke_token", permission=TOKENS)
def revoke_token(actor: Actor, token: AppToken, *, now: datetime) -> None:
    """From now on the key opens nothing."""
    rows = actor.scope(TOKENS).filter(
        AppToken.objects.filter(pk=token.pk, revoked_at__isnull=True), "employee"
    )
    if not rows.update(revoked_at=now):
        raise NotFound
    note(token, revoked=True)
