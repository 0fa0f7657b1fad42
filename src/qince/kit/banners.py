"""Lines above every page that everybody has to see, offered by features: the end of the service, an incident."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qince.kit.actor import Actor
from qince.kit.errors import Text


@dataclass(frozen=True, slots=True)
class Banner:
    """`tone` is one of the alert's: info, warning, error. `url` leads to the whole text.

    One with `put_away` may be put away by its reader; under that name the browser remembers it. It shows where
    scripts run, as nothing could put it away elsewhere.
    """

    text: Text
    tone: str = "warning"
    url: str = ""
    put_away: str = ""


Provider = Callable[[Actor | None], Iterable[Banner]]
_providers: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Register a function that says, for somebody (None: a stranger), what stands above the page. Asked for each
    page, so it must be cheap.
    """
    _providers.append(provider)
    return provider


def banners(actor: Actor | None) -> list[Banner]:
    return [each for provider in _providers for each in provider(actor)]
