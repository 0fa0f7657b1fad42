"""Opening an organization for work: who opened it hands in the document that shows they may, with three details."""

from datetime import datetime

from qince.core.organizations.actions import complete_registration, record_opener_proof
from qince.core.organizations.models import Organization
from qince.core.organizations.rules import EDIT
from qince.core.signin.actions import employee_id
from qince.core.signin.models import OpenerProof
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.papers import Paper


@action("organizations.open", permission=EDIT)
def open_organization(
    actor: Actor, *, proof: Paper, location: str, industry: str, headcount: int, now: datetime
) -> Organization:
    """Keep the proof, sealed for the person who hands it in, and complete the registration (C1.1-03, C2.1.2-17)."""
    held = OpenerProof.objects.first() or OpenerProof()
    held.employee_id, held.given_at = employee_id(actor), now
    held.content, held.media_type, held.size = proof.content, proof.media_type, proof.size
    held.save()
    note(held, media_type=held.media_type, size=held.size)
    record_opener_proof(actor, sha256=proof.sha256)
    return complete_registration(actor, location=location, industry=industry, headcount=headcount)
