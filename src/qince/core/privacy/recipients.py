"""Who outside may be given personal data: whoever knows the partners tells it here, the notice prints it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.kit.errors import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A row of the partner table (agreement 4.1): who gets which data for what. `fields`: those of ours that it may be
    given, as they are declared (`people.employee.mobile`).
    """

    code: str
    name: Text
    purpose: Text
    data: Text
    link: str = ""  # its own terms
    region: Text = ""
    kind: Text = ""
    scene: Text = ""
    is_sensitive: bool = False
    fields: tuple[str, ...] = ()


_COUNTRIES: dict[str, Text] = {
    "CN": _("China"),
    "SG": _("Singapore"),
    "JP": _("Japan"),
    "US": _("United States"),
}
_TEXTS = ("name", "purpose", "data", "region", "kind", "scene")
Provider = Callable[[Organization | None], Iterable[Recipient]]
_providers: list[Provider] = []


def recipients(provider: Provider) -> Provider:
    """Register a source of recipients: it is asked for one organization's, or for all there can be (None)."""
    _providers.append(provider)
    return provider


def recipients_of(organization: Organization | None) -> tuple[Recipient, ...]:
    """The recipients in use, their texts in the active language, in the order of their codes."""
    found = [each for provider in _providers for each in provider(organization)]
    return tuple(_in_words(each) for each in sorted(found, key=lambda each: each.code))


def given(fields: Iterable[str], among: Iterable[Recipient]) -> list[str]:
    """Names of those who may be given any of the fields."""
    wanted = set(fields)
    return [str(each.name) for each in among if wanted & set(each.fields)]


def _in_words(recipient: Recipient) -> Recipient:
    words: dict[str, Any] = {name: str(getattr(recipient, name)) for name in _TEXTS}
    return replace(recipient, **words)


def country(code: str) -> Text:
    """The country of a recipient as a reader knows it; one without a name here keeps its two letters."""
    return _COUNTRIES.get(code, code)
