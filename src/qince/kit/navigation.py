"""What the console offers: menu entries and palette commands, declared by the features that own them.

    navigation.group("sales", _("Sales"), order=20)
    navigation.entry("visits", _("Visits"), icon="flag", url="visits:list", permission="visits.view",
                     group="sales", order=10, badge=queries.exceptions_today, key="v")
    navigation.command("visits.plan", _("Plan a visit"), icon="plus", url="visits:create",
                       permission="visits.plan", words="new plan 计划")

Called from a feature's `AppConfig.ready`. An actor sees only what the named permission allows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.cache import cache as store
from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, reverse

from qince.kit.actor import Actor
from qince.kit.icons import known_icons
from qince.kit.keeping import kept
from qince.kit.tenancy import NoTenant

SIDEBAR, USER, TOPBAR = "sidebar", "user", "topbar"
BADGE_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place to go or an act to begin. `url` names an address; no `permission`: for everybody signed in."""

    name: str
    label: Any
    icon: str
    url: str
    permission: str | None = None
    order: int = 100

    @property
    def address(self) -> str:
        return _address(self.url)

    def offered_to(self, actor: Actor | None) -> bool:
        return actor is not None and (self.permission is None or actor.may(self.permission))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Link):
    """A menu entry. `badge` counts what waits (0 or None: not shown); `key` follows `g` on the keyboard."""

    group: str = ""
    badge: Callable[[Actor], int | None] | None = None
    key: str = ""
    place: str = SIDEBAR
    posts: bool = False
    query: str = ""  # how a list opens from here, such as `?state=pending`
    # What an open page listens to, and the address of the entry alone, asked for when it is told.
    topics: Callable[[Actor], str] | None = None
    part: str = ""
    # The address of what drops down from an entry of the top bar, fetched when it is opened.
    panel: str = ""

    @property
    def panel_address(self) -> str:
        return _address(self.panel) if self.panel else ""

    @property
    def part_address(self) -> str:
        return _address(self.part) if self.part else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Link):
    """An action in the command palette; `words` are more things people may type for it."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A menu entry as one actor sees it on one page."""

    entry: Entry
    url: str
    badge: int | None
    is_current: bool
    topics: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    label: Any
    items: list[Item]


@cache
def _address(name: str) -> str:
    """Looked up once: a page asks for fifty of them, and they stay while the process lives."""
    return reverse(name)


_groups: dict[str, tuple[int, Any]] = {"": (0, "")}
_entries: dict[str, Entry] = {}
_commands: dict[str, Command] = {}


def group(name: str, label: Any, *, order: int = 100) -> None:
    """Name a heading of the sidebar. Naming it again changes nothing."""
    _groups.setdefault(name, (order, label))


def entry(name: str, label: Any, *, icon: str, url: str, **more: Any) -> None:
    _entries[name] = Entry(name=name, label=label, icon=icon, url=url, **more)


def command(name: str, label: Any, *, icon: str, url: str, **more: Any) -> None:
    _commands[name] = Command(name=name, label=label, icon=icon, url=url, **more)


def entries(actor: Actor | None, place: str = SIDEBAR) -> list[Entry]:
    """What `actor` may reach from `place`, in the order of its groups."""
    offered = [item for item in _entries.values() if item.place == place and item.offered_to(actor)]
    return sorted(
        offered, key=lambda item: (_groups.get(item.group, (999, ""))[0], item.group, item.order, item.name)
    )


def commands(actor: Actor | None) -> list[Command]:
    return sorted(
        (item for item in _commands.values() if item.offered_to(actor)), key=lambda item: item.order
    )


def menu(actor: Actor | None, path: str) -> list[Section]:
    """The sidebar for `actor` on the page at `path`; groups without entries are left out."""
    offered = [(item, item.address) for item in entries(actor)]
    current = _current((address for _entry, address in offered), path)
    sections: dict[str, Section] = {}
    for item, address in offered:
        heading = _groups.get(item.group, (999, item.group))[1]
        section = sections.setdefault(item.group, Section(heading, []))
        section.items.append(Item(item, address + item.query, _badge(item, actor), address == current))
    return list(sections.values())


def topbar(actor: Actor | None) -> list[Item]:
    """What stands as an icon at the top of every page, with what waits behind it."""
    return [
        Item(item, item.address, _badge(item, actor), False, _topics(item, actor))
        for item in entries(actor, TOPBAR)
    ]


def _topics(item: Entry, actor: Actor | None) -> str:
    return item.topics(actor) if item.topics is not None and actor is not None else ""


def _current(addresses: Iterable[str], path: str) -> str | None:
    """The most specific address that `path` is, or lies below."""
    below = [
        address for address in addresses if path == address or (address != "/" and path.startswith(address))
    ]
    return max(below, key=len, default=None)


def _badge(item: Entry, actor: Actor | None) -> int | None:
    """What waits behind an entry, up to `BADGE_S` old: a dozen counts for each page would cost more than the page.

    Nothing on a page drawn outside any organization, such as an error page.
    """
    if item.badge is None or actor is None:
        return None
    try:
        return kept(_badge_key(item, actor), lambda: item.badge(actor) or 0, BADGE_S) or None  # type: ignore[misc]
    except NoTenant:
        return None


def _badge_key(item: Entry, actor: Actor) -> str:
    return f"badge:{actor.organization_id}:{actor.employee_id}:{item.name}"


def recount(actor: Actor) -> None:
    """The person has done something: what waits is counted anew on the next page."""
    store.delete_many([_badge_key(item, actor) for item in _entries.values() if item.badge])


@register()
def check_navigation(**_: Any) -> list[CheckMessage]:
    """Every declared address must exist and every icon be in the sprite, or pages would break at run time."""
    links: list[Link] = [*_entries.values(), *_commands.values()]
    problems: list[CheckMessage] = []
    for link in links:
        try:
            reverse(link.url)
        except NoReverseMatch:
            problems.append(Error(f"{link.name}: no address is named {link.url!r}", id="kit.E101"))
        if link.icon not in known_icons():
            problems.append(Error(f"{link.name}: {link.icon!r} is not in tools/icons.txt", id="kit.E102"))
    return problems
