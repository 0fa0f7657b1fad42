"""What is declared about personal data: purposes, and for every stored field whether and how it is personal.

Each feature's `privacy.py` calls `purpose` and `declare`; the gate, the notice and the tests read the result.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from qince.kit.errors import Text


class Kind(StrEnum):
    BASIC = "basic"
    ADDITIONAL = "additional"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why data is taken. The four texts every prompt and the notice are made from (C1.2-03)."""

    code: str
    title: Text
    scope: Text  # which data
    method: Text  # how it is taken and used
    if_refused: Text
    kind: Kind
    circumstances: tuple[str, ...] = ()  # choices beyond yes and no, e.g. never / at_the_act / background


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal field. `subject` is the path from the row to the person it is about."""

    category: Text
    kind: Kind
    purposes: tuple[str, ...]
    subject: str
    source: str = "person"  # person, organization, use, device
    controller: str = "organization"  # or operator
    retention: str = "employment+2y"
    on_erase: str = "delete"  # delete, null, pseudonym, keep: <duty>


@dataclass(frozen=True, slots=True)
class NotPersonal:
    because: str


@dataclass(slots=True)
class Declarations:
    purposes: dict[str, Purpose] = field(default_factory=dict)
    fields: dict[str, Personal | NotPersonal] = field(default_factory=dict)


declared = Declarations()


def purpose(code: str, **texts: object) -> str:
    """Declare a purpose and return its code."""
    declared.purposes[code] = Purpose(code, **texts)  # type: ignore[arg-type]
    return code


def declare(model: str, names: str, meaning: Personal | NotPersonal) -> None:
    """Say of the fields `names` (blank-separated) of `model` (`app.Model`) what they are."""
    for name in names.split():
        declared.fields[f"{model.lower()}.{name}"] = meaning
