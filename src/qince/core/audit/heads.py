"""Signed daily heads. The signature is keyed with the organization's key, which lies in the key store beside the
operator's key and outside the database: whoever can write in the database alone can sign nothing.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from qince.core.audit.chain import Break
from qince.core.audit.models import Entry, Head
from qince.core.organizations.models import Organization
from qince.kit import clock
from qince.kit.tenancy import current_organization_id, tenant
from qince.kit.vault import api as vault


def signature_of(head: Head) -> bytes:
    told = f"{head.on.isoformat()}:{head.at.isoformat()}:{head.sequence}:{bytes(head.link).hex()}"
    return bytes.fromhex(vault.digest(head.organization_id or current_organization_id(), "audit.head", told))


def sign(organization: Organization, *, now: datetime) -> Head | None:
    """Sign where the chain ends today; None while it is empty, was signed today, or its key is destroyed."""
    with tenant(organization):
        last = Entry.objects.filter(sequence__isnull=False).order_by("-sequence").first()
        on = clock.local_date(now, organization.time_zone)
        if last is None or Head.objects.filter(on=on).exists():
            return None
        head = Head(on=on, at=now, sequence=last.sequence, link=bytes(last.link))
        try:
            head.signature = signature_of(head)
        except vault.SubjectErased:
            return None
        head.save(force_insert=True)
        return head


def breaks(organization_id: UUID) -> Iterator[Break]:
    """Heads that are not ours, and heads the chain no longer leads to."""
    if vault.is_destroyed(organization_id, organization_id):
        return
    held: dict[int, bytes] = {}
    heads = list(Head.objects.order_by("on"))
    rows = Entry.objects.filter(sequence__in=[head.sequence for head in heads])
    held.update((sequence, bytes(link)) for sequence, link in rows.values_list("sequence", "link"))
    for head in heads:
        if bytes(head.signature) != signature_of(head):
            yield Break(head.sequence, head.pk, "forged")
        elif head.sequence not in held:
            yield Break(head.sequence, head.pk, "cut_off")
        elif held[head.sequence] != bytes(head.link):
            yield Break(head.sequence, head.pk, "rewritten")
