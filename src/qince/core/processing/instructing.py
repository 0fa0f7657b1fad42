"""Instructions in words: what no setting says. The operator's staff gets access under one (`watch.tickets`)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.audit import instructions
from qince.core.organizations.models import Organization
from qince.core.processing.rules import INSTRUCT, VIEW
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

LONGEST = 1000


@action("processing.instruct", permission=INSTRUCT)
def instruct(actor: Actor, *, text: str, now: datetime) -> None:
    """Put on record what the operator is to do with the organization's data."""
    if not text.strip():
        raise Refusal("text_required", _("Say what the operator is to do."), field="text")
    note(Organization.objects.get(pk=actor.organization_id), instruction=text.strip()[:LONGEST])


def instructions_visible_to(actor: Actor) -> Any:
    """Of those whom the permission reaches, the latest first."""
    return actor.scope(VIEW).filter(instructions.given(), "actor_id")
