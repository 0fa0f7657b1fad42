"""What the console's templates know on every page, worked out only when a template asks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from qince.kit import banners, navigation
from qince.kit.actor import Actor
from qince.kit.strings import strings


@dataclass
class Console:
    """The shell around one page: who is signed in, where they can go, how maps are drawn."""

    request: HttpRequest

    @property
    def actor(self) -> Actor | None:
        return getattr(self.request, "actor", None)

    @property
    def organization(self) -> str:
        """The organization's name, where the middleware that found the actor has set it."""
        return getattr(self.request, "organization_name", "")

    @cached_property
    def menu(self) -> list[navigation.Section]:
        return navigation.menu(self.actor, self.request.path)

    @cached_property
    def menu_key(self) -> tuple[Any, ...]:
        """What the menu shows, for `{% fragment %}`."""
        items = [(item.entry.name, item.badge, item.is_current) for part in self.menu for item in part.items]
        return (self.organization, *items)

    @cached_property
    def offered_key(self) -> tuple[Any, ...]:
        """What may be reached and begun, for `{% fragment %}`."""
        pages = [item.entry.name for section in self.menu for item in section.items]
        return (*pages, *(each.name for each in navigation.commands(self.actor)))

    @cached_property
    def user_menu(self) -> list[navigation.Entry]:
        return navigation.entries(self.actor, navigation.USER)

    @cached_property
    def topbar(self) -> list[navigation.Item]:
        return navigation.topbar(self.actor)

    @cached_property
    def banners(self) -> list[banners.Banner]:
        return banners.banners(self.actor)

    @property
    def languages(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def set_language_url(self) -> str:
        return _address("set_language")

    @property
    def page(self) -> str:
        """This page's address, to come back to after changing the language."""
        return self.request.get_full_path()

    @cached_property
    def palette(self) -> dict[str, Any]:
        """Pages and actions for Ctrl-K, sent with the page; records are asked for while typing."""
        return {"search": _address("search"), "links": [*self._pages(), *self._commands()]}

    def _pages(self) -> list[dict[str, str]]:
        sidebar = [item for section in self.menu for item in section.items]
        return [
            {"kind": "page", "label": str(item.entry.label), "icon": item.entry.icon, "url": item.url}
            | ({"key": item.entry.key} if item.entry.key else {})
            for item in sidebar
        ]

    def _commands(self) -> list[dict[str, str]]:
        return [
            {
                "kind": "act",
                "label": str(item.label),
                "icon": item.icon,
                "url": item.address,
                "words": item.words,
            }
            for item in navigation.commands(self.actor)
        ]

    @property
    def strings(self) -> dict[str, str]:
        return strings()

    @property
    def socket(self) -> dict[str, Any]:
        """Where live pages listen: the configured address, else a port on the host of the page."""
        return {"url": getattr(settings, "SOCKET_URL", ""), "port": getattr(settings, "SOCKET_PORT", "")}

    @property
    def map(self) -> dict[str, str]:
        """Where maps come from: the tiles an operator configured, else our own outline of the provinces."""
        return {
            "basemap": static("kit/basemap/provinces.geojson"),
            "detail": static("kit/basemap/jiangsu.geojson"),
            "tiles": getattr(settings, "TILE_URL", ""),
            "datum": getattr(settings, "TILE_DATUM", "WGS84"),
            "attribution": getattr(settings, "TILE_ATTRIBUTION", ""),
            "css": static("vendor/leaflet/dist/leaflet.css"),
        }


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def console(request: HttpRequest) -> dict[str, Any]:
    return {"console": SimpleLazyObject(lambda: Console(request))}
