"""What the notice says of an organization's partners: every one that is switched on now, and no other (C4.1-18)."""

from collections.abc import Iterable

from qince.core.organizations.models import Organization
from qince.core.policy.registry import Recipient as Entry
from qince.core.policy.registry import recipients
from qince.core.privacy.language import joined
from qince.core.privacy.recipients import country
from qince.engines.partners.models import Recipient
from qince.engines.partners.registry import FIELDS, SCENES
from qince.kit.tenancy import tenant


@recipients
def active_recipients(organization: Organization | None) -> Iterable[Entry]:
    """The general notice names none: each organization has its own, and asks for each apart."""
    if organization is None:
        return []
    with tenant(organization):
        return [_entry(each) for each in Recipient.objects.filter(is_on=True)]


def _entry(recipient: Recipient) -> Entry:
    shared = [FIELDS[name] for name in recipient.fields if name in FIELDS]
    return Entry(
        code=f"partner.{recipient.code}",
        name=recipient.name,
        kind=recipient.kind_words,
        scene=SCENES[recipient.scene],
        purpose=recipient.purpose,
        data=joined([str(each.label) for each in shared]),
        region=country(recipient.region),
        link=recipient.terms_url or recipient.privacy_url,
        is_sensitive=any(each.is_sensitive for each in shared),
        fields=tuple(each.source for each in shared if each.source),
    )
