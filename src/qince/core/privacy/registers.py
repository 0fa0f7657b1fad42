"""What else the agreement promises to list: permissions of the device, cookies, libraries, machine decisions, roles.

Declared by whoever uses them, in its `privacy.py`, as fields are; notice, consent prompts and tests read the result.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text


class Platform(StrEnum):
    IOS = "ios"
    ANDROID = "android"
    WEB = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicePermission:
    """A row of the permission tables (agreement 2.5). `uses` pairs each purpose it serves with its own words:
    each is asked apart, granting one opens no other.
    """

    code: str
    platforms: tuple[Platform, ...]
    title: Text
    uses: tuple[tuple[str, Text], ...]  # (code of the use, what for)
    if_refused: Text
    asked_beforehand: bool = True
    is_important: bool = False  # a pop-up of our own just before the system's
    is_used: bool = True  # False: the agreement names it, this software does not ask for it
    offered: tuple[str, ...] = ()  # of `uses`, those there is a function for; none named: all of them

    @property
    def how_to_disable(self) -> Text:
        return _("In the settings of the device or browser, at any time.")

    @property
    def offered_uses(self) -> tuple[str, ...]:
        """Codes of the uses that a person may be asked about."""
        if not self.is_used:
            return ()
        return self.offered or tuple(code for code, _text in self.uses)


COOKIE, BROWSER_STORAGE = "cookie", "storage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """Something kept in the browser. What is not strictly necessary is off until the visitor says yes."""

    name: str
    purpose: Text
    life: Text
    is_necessary: bool = True
    if_deleted: Text = ""
    store: str = COOKIE  # or the browser's storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Foreign code that runs in the client. One that speaks to a network of its own starts only after consent."""

    name: str
    owner: str
    purpose: Text
    data: Text
    link: str
    licence: str
    has_network: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision made by machine alone: its logic in plain words, and the version of the rule (agreement 6.5)."""

    code: str
    title: Text
    logic: Text
    inputs: Text
    consequence: Text
    version: str
    protected: Text = ""  # what an explanation leaves out, with the reason
    outcomes: tuple[str, ...] = ()  # codes of verdicts and flags it may give


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who stands in which part towards personal data."""

    code: str
    title: Text
    duty: Text


Entry = TypeVar("Entry", DevicePermission, Cookie, Library, Decision, Role)


@dataclass(slots=True)
class Registers:
    permissions: dict[str, DevicePermission] = field(default_factory=dict)
    cookies: dict[str, Cookie] = field(default_factory=dict)
    libraries: dict[str, Library] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)


registered = Registers()


def device_permission(entry: DevicePermission) -> str:
    return _enter(registered.permissions, entry.code, entry)


def cookie(entry: Cookie) -> str:
    return _enter(registered.cookies, entry.name, entry)


def library(entry: Library) -> str:
    return _enter(registered.libraries, entry.name, entry)


def decision(entry: Decision) -> str:
    return _enter(registered.decisions, entry.code, entry)


def role(entry: Role) -> str:
    return _enter(registered.roles, entry.code, entry)


def _enter(register: dict[str, Entry], key: str, entry: Entry) -> str:
    if key in register:
        raise ValueError(f"{type(entry).__name__} {key} is declared twice")
    register[key] = entry
    return key
