"""Kinds of letters, declared by the features that send them, at import.

    APPROVED = kind("leave.approved", title=_("Leave %(number)s is approved"), body=_("…"), short=_("Your leave"))

Texts are lazy and take `%(name)s` values: the letter keeps the values, so each reader gets the own language. A value
may stand for something, such as a person's id: `words` says how it is read when the letter is. So a letter never holds
another person's name, which would outlive them.
"""

from collections import UserDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text

Words = Mapping[str, Callable[[str], Text]]


@dataclass(frozen=True, slots=True)
class Kind:
    """`short` is what a text message says: no value goes into it, so it holds no personal detail.

    `is_mandatory`: part of the service or owed by law; it cannot be unsubscribed from and is never tracked.
    `is_personalised`: who gets it was chosen by traits of the person. `personal_values` are drawn from such traits.
    Both reach only whoever wants pushed information chosen for them (C6.5-04).
    `is_forgotten`: an outsider's address is emptied once the letter has left, for the person is erased (`forgetting`).
    """

    code: str
    title: Text
    body: Text
    short: Text
    is_mandatory: bool
    is_personalised: bool = False
    personal_values: tuple[str, ...] = ()
    group: str = ""
    words: Words = field(default_factory=dict)
    is_forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    title: str
    body: str


kinds: dict[str, Kind] = {}
_SHORT = _("You have a message.")


def kind(
    code: str, *, title: Text, body: Text, short: Text = _SHORT, is_mandatory: bool = False,
    is_personalised: bool = False, personal_values: tuple[str, ...] = (), group: str = "", words: Words | None = None,
    is_forgotten: bool = False,
) -> str:  # fmt: skip
    """Declare a kind of letter and return its code. Without `group` it is in the one its code begins with."""
    if is_mandatory and (is_personalised or personal_values):
        raise ValueError(f"letter {code} is owed to everybody alike, so nothing of it is personalised")
    if code in kinds:
        raise ValueError(f"letter {code} is declared twice")
    kinds[code] = Kind(
        code,
        title,
        body,
        short,
        is_mandatory,
        is_personalised,
        personal_values,
        group,
        words or {},
        is_forgotten,
    )
    return code


FREE = kind("letters.free", title="%(title)s", body="%(body)s")
FREE_MANDATORY = kind("letters.notice", title="%(title)s", body="%(body)s", is_mandatory=True)
_GONE = Kind("", _("Message"), _("This message is no longer known here."), _SHORT, False)


def kind_of(code: str) -> Kind:
    """The kind, or a stand-in for one whose feature is gone: old letters must still open."""
    return kinds.get(code, _GONE)


def render(code: str, values: Mapping[str, str]) -> Rendered:
    """Title and body in the language active now; a value that was not given is left blank."""
    found = kind_of(code)
    known = _read(values, found.words)
    return Rendered(str(found.title) % known, str(found.body) % known)


def _read(values: Mapping[str, str], words: Words) -> "_Values":
    return _Values(
        {name: str(words[name](value)) if name in words else value for name, value in values.items()}
    )


class _Values(UserDict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


# --- Groups: what people choose channels for ---

OTHER, OWN = "other", "letters"
groups: dict[str, Text] = {OTHER: _("Everything else")}


def group(code: str, title: Text) -> str:
    """Declare a group of kinds beside those that go by the name of a feature. Naming it again changes nothing."""
    groups.setdefault(code, title)
    return code


def group_of(code: str) -> str:
    """The group of a kind: the one it names, else the feature that its code begins with, else the rest."""
    wanted = kind_of(code).group or code.partition(".")[0]
    return wanted if group_title(wanted) else OTHER


def group_title(code: str) -> Text:
    """What people read: the declared title, else the feature's name; empty for what is no group."""
    if code in groups:
        return groups[code]
    feature = apps.app_configs.get(code)
    return feature.verbose_name if feature is not None and code != OWN else ""


# --- Reasons: why somebody gets a letter ---

reasons: dict[str, Text] = {}
_reason_words: dict[str, Words] = {}


@dataclass(frozen=True, slots=True)
class Because:
    """A declared reason, with the values that its text takes."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


def reason(code: str, text: Text, *, words: Words | None = None) -> str:
    """Declare why people get a letter and return its code: "you approve this step of %(title)s"."""
    if code in reasons:
        raise ValueError(f"reason {code} is declared twice")
    reasons[code] = text
    _reason_words[code] = words or {}
    return code


ADDRESSED = reason("letters.addressed", _("It was addressed to you."))
OWED = reason("letters.owed", _("The service or the law requires that you are told."))


def render_reason(code: str, values: Mapping[str, str]) -> str:
    """The reason in words; empty for one whose feature is gone."""
    return str(reasons[code]) % _read(values, _reason_words.get(code, {})) if code in reasons else ""
