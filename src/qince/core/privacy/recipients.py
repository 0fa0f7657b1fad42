"""Who outside may be given personal data: whoever knows the partners tells it here, the notice prints it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from qince.core.organizations.models import Organization
from qince.kit.errors import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A row of the partner table (agreement 4.1): who gets which data for what."""

    code: str
    name: Text
    purpose: Text
    data: Text
    link: str = ""  # its own terms
    region: str = ""
    is_sensitive: bool = False


Provider = Callable[[Organization | None], Iterable[Recipient]]
_providers: list[Provider] = []


def recipients(provider: Provider) -> Provider:
    """Register a source of recipients: it is asked for one organization's, or for all there can be (None)."""
    _providers.append(provider)
    return provider


def recipients_of(organization: Organization | None) -> tuple[Recipient, ...]:
    """The recipients in use, their texts in the active language, in the order of their codes."""
    found = [each for provider in _providers for each in provider(organization)]
    return tuple(
        replace(each, name=str(each.name), purpose=str(each.purpose), data=str(each.data))
        for each in sorted(found, key=lambda each: each.code)
    )
