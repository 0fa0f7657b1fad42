"""What a copy is cut to, where somebody may have a part of the data only."""

from dataclasses import dataclass, replace
from typing import Any

from qince.core.erasure.packing.sections import Section, Told, sections
from qince.core.erasure.subjects import Subject
from qince.core.privacy.gate import LOCATION
from qince.core.privacy.registry import declared

# What signs somebody in, or only tells how far something is: of no use to anybody else, and not theirs to have.
OPERATIONAL = ("accounts.", "sessions.", "sync.", "audit.", "privacy.consent")


@dataclass(frozen=True, slots=True)
class Scope:
    """Kinds of records by label; of their sensitive fields those alone that were taken for the purposes `sensitive`,
    None: all of them. Others' records that speak of the person are never within.
    """

    kinds: frozenset[str]
    sensitive: frozenset[str] | None = None

    @classmethod
    def of(cls, kept: dict[str, Any] | None) -> "Scope | None":
        """As a row keeps it; None where nothing is cut."""
        if not kept:
            return None
        return cls(frozenset(kept["kinds"]), frozenset(kept["sensitive"]))

    @property
    def kept(self) -> dict[str, list[str]]:
        return {"kinds": sorted(self.kinds), "sensitive": sorted(self.sensitive or ())}

    @property
    def with_positions(self) -> bool:
        return self.sensitive is None or LOCATION in self.sensitive

    def cut(self, section: Section) -> Section | None:
        """The section with the fields that are within; None where it is not within at all."""
        if section.by_others or section.kind not in self.kinds:
            return None
        if self.sensitive is None:
            return section
        fields = tuple(each for each in section.fields if self._holds(each))
        names = {each.name for each in fields}

        def value(row: Any) -> dict[str, Any]:
            return {name: told for name, told in section.value(row).items() if name in names}

        return replace(section, fields=fields, value=value)

    def _holds(self, told: Told) -> bool:
        is_sensitive = told.meaning is not None and told.meaning.is_sensitive
        return not is_sensitive or set(told.meaning.purposes) <= (self.sensitive or set())  # type: ignore[union-attr]


def cut(subject: Subject, scope: Scope | None) -> list[Section]:
    """The sections of the person's copy, those within `scope` where there is one."""
    every = sections(subject)
    if scope is None:
        return list(every)
    return [found for each in every if (found := scope.cut(each)) is not None]


def offered(subject: Subject, *, without: tuple[str, ...] = ()) -> dict[str, str]:
    """The kinds of own records there are of the person that others may get: label → what they are called. `without`:
    how further labels begin that are not to be had.
    """
    own = [each for each in _own(subject) if not each.kind.startswith(without) and each.count()]
    return dict(sorted(((each.kind, str(each.title)) for each in own), key=lambda pair: pair[1]))


def titles(subject: Subject, kinds: list[str]) -> list[str]:
    """What kinds of records are called, in the active language."""
    known = {each.kind: str(each.title) for each in sections(subject) if not each.by_others}
    return [known[each] for each in kinds if each in known]


def offered_sensitive(subject: Subject, *, without: tuple[str, ...] = ()) -> dict[str, str]:
    """The purposes for which sensitive data may lie in these records: code → what they are called."""
    own = [each for each in _own(subject) if not each.kind.startswith(without) and each.count()]
    told = [each for section in own for each in section.fields]
    codes = {
        code for each in told if each.meaning and each.meaning.is_sensitive for code in each.meaning.purposes
    }
    return {code: str(declared.purposes[code].title) for code in sorted(codes)}


def _own(subject: Subject) -> list[Section]:
    return [
        each for each in sections(subject) if not each.by_others and not each.kind.startswith(OPERATIONAL)
    ]
