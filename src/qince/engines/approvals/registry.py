"""What can be approved. Each feature declares its kind of request at import:

    REQUEST = subject("leave.request", name=_("Leave"), apply=rules.APPLY, facts=(Fact("days", _("Days")),),
                      summary=words.summary, on_approved=actions.settle, icon="beach")

and hands a request in by `actions.submit(actor, subject=REQUEST, target=row, title=…, facts={…}, now=now)`. What the
approval leads to is the feature's own function: it runs exactly once, inside the transaction of the last decision.

Kinds that an organization makes itself, such as one for each of its forms, are a `family`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from qince.kit.errors import Text

if TYPE_CHECKING:
    from qince.engines.approvals.models import Instance

FactKind = Literal["number", "text", "choice", "date", "person", "department", "role"]
Effect = Callable[["Instance", datetime], None]
Summary = Callable[["Instance"], Sequence[tuple[Text, Any]]]
Address = Callable[["Instance"], str]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a condition may ask. `choices`: code and label, for kind `choice`."""

    code: str
    label: Text
    kind: FactKind = "number"
    choices: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of request.

    `summary` says what the deciders must know, as label and value. `on_approved` does what was asked for, `on_revoked`
    undoes it, `on_closed` hears of refusal and withdrawal, `on_returned` opens the request for its owner again, who
    changes it on the console's page `edit_page` or the phone's `phone_page`. Without these three it cannot be returned
    to its applicant, and deciders are not offered it.

    `require` refuses what could not be carried out any more: asked before each approval and before an undoing is
    asked for.
    """

    code: str
    name: Text
    apply: str  # the permission to hand one in
    facts: tuple[Fact, ...]
    summary: Summary
    on_approved: Effect
    on_revoked: Effect | None
    on_closed: Effect | None
    on_returned: Effect | None
    edit_page: Address | None
    phone_page: Address | None
    require: Effect | None
    icon: str

    @property
    def is_changeable(self) -> bool:
        """Whether its applicant can change one that came back and hand it in again."""
        return None not in (self.on_returned, self.edit_page, self.phone_page)


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds of requests that are rows of the current organization; the code of each is `prefix:id`.

    `find` makes one of them. `names` tells what all are called: lists ask for it with every line, so it must be cheap.
    `offered` are those for which flows are drawn now.
    """

    find: Callable[[UUID], Subject | None]
    names: Callable[[], Mapping[UUID, str]]
    offered: Callable[[], Mapping[UUID, str]]


subjects: dict[str, Subject] = {}
families: dict[str, Family] = {}


def subject(
    code: str, *, name: Text, apply: str, summary: Summary, on_approved: Effect, facts: tuple[Fact, ...] = (),
    on_revoked: Effect | None = None, on_closed: Effect | None = None, on_returned: Effect | None = None,
    edit_page: Address | None = None, phone_page: Address | None = None, require: Effect | None = None,
    icon: str = "file-check",
) -> str:  # fmt: skip
    """Declare a kind of request and return its code."""
    if code in subjects:
        raise ValueError(f"subject {code} is declared twice")
    subjects[code] = Subject(
        code, name, apply, facts, summary, on_approved, on_revoked, on_closed, on_returned, edit_page, phone_page,
        require, icon,
    )  # fmt: skip
    return code


def family(
    prefix: str, *, find: Callable[[UUID], Subject | None], names: Callable[[], Mapping[UUID, str]],
    offered: Callable[[], Mapping[UUID, str]],
) -> None:  # fmt: skip
    """Declare kinds of requests that organizations make themselves."""
    if prefix in families:
        raise ValueError(f"family {prefix} is declared twice")
    families[prefix] = Family(find, names, offered)


def code_in(prefix: str, key: UUID) -> str:
    return f"{prefix}:{key}"


def find(code: str) -> Subject | None:
    """The kind of request of this code, if the current organization has it."""
    found = _member(code)
    return found[0].find(found[1]) if found else subjects.get(code)


def name_of(code: str) -> Text:
    """What it is called; the code itself where it is gone."""
    if found := _member(code):
        return found[0].names().get(found[1], code)
    return subjects[code].name if code in subjects else code


def menu() -> list[tuple[str, Text]]:
    """Code and name of all there are."""
    own = [
        (code_in(prefix, key), name)
        for prefix, each in families.items()
        for key, name in each.offered().items()
    ]
    return [*((code, each.name) for code, each in subjects.items()), *own]


def _member(code: str) -> tuple[Family, UUID] | None:
    prefix, _colon, key = code.partition(":")
    if prefix not in families:
        return None
    try:
        return families[prefix], UUID(key)
    except ValueError:
        return None
