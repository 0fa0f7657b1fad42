"""What is declared about personal data: purposes, and for every stored field whether and how it is personal.

Each feature's `privacy.py` calls `purpose`, `function` and `declare`; gate, notice and tests read the result.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family, Function
from qince.core.privacy.retention import AT_ONCE, RETENTIONS, Retention
from qince.kit.errors import Text


class Kind(StrEnum):
    BASIC = "basic"
    ADDITIONAL = "additional"
    SENSITIVE = "sensitive"


class Basis(StrEnum):
    """Why a purpose is lawful. Only consent is asked for; the others are told."""

    CONSENT = "consent"
    CONTRACT = "contract"
    DUTY = "duty"


NEVER, AT_THE_ACT, BACKGROUND = "never", "at_the_act", "background"
CIRCUMSTANCES: dict[str, Text] = {
    NEVER: _("Never"),
    AT_THE_ACT: _("Only at the act"),
    BACKGROUND: _("Also in the background, for named functions"),
}
SOURCES: dict[str, Text] = {
    "person": _("given by you"),
    "organization": _("given by your organization"),
    "use": _("arises in use"),
    "device": _("read from your device"),
}
CONTROLLERS: dict[str, Text] = {"organization": _("your organization"), "operator": _("the operator")}
# What erasing a person does to the field: removes the row, empties it, puts a pseudonym, keeps it for a duty.
ON_ERASE = ("delete", "null", "pseudonym", "keep")


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """Why data is taken. The four texts every prompt and the notice are made from (C1.2-03)."""

    code: str
    title: Text
    why: Text
    scope: Text  # which data
    method: Text  # how it is taken and used
    if_refused: Text
    kind: Kind
    basis: Basis = Basis.CONSENT
    circumstances: tuple[str, ...] = ()  # choices beyond yes and no
    # Asked anew at each act, in a scope of the ledger for that act alone: there is no standing switch.
    is_each_time: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether a person decides on it once, for all acts to come."""
        return self.basis is Basis.CONSENT and not self.is_each_time

    @property
    def explanation(self) -> str:
        """Why, what and how in one paragraph; Chinese sets no blank between sentences."""
        blank = "" if (get_language() or "").startswith("zh") else " "
        return blank.join(str(text) for text in (self.why, self.scope, self.method))

    def as_dict(self) -> dict[str, Any]:
        """The wire form, in the active language."""
        texts = {name: str(getattr(self, name)) for name in ("title", "why", "scope", "method", "if_refused")}
        return {
            "code": self.code,
            **texts,
            "explanation": self.explanation,
            "kind": self.kind.value,
            "circumstances": list(self.circumstances),
        }


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal field. `subject` is the path from the row to the person it is about.

    `controller` decides on purpose and method; where that is the organization, the operator acts on its behalf.
    `recipients` are codes of those outside who may be given it; `aged_by` names the field of the row whose time
    starts the clock of a retention that counts from recording; `clauses` are rows of the agreement it follows.
    `withdrawn`: the rule by which data that rests on consent alone ends once the consent is taken back, if that comes
    before `retention`; or `AT_ONCE`. What was done with it before stays lawful (C6.3-06), so it has a term of its own.
    `within`: the circumstances it is taken under and under no narrower ones; a consent narrowed below them has ended.
    """

    category: Text
    kind: Kind
    purposes: tuple[str, ...]
    subject: str
    source: str = "person"
    controller: str = "organization"
    retention: str = "employment+2y"
    on_erase: str = "delete"
    recipients: tuple[str, ...] = ()
    aged_by: str = ""
    clauses: tuple[str, ...] = ()
    withdrawn: str = ""
    within: str = ""

    @property
    def is_sensitive(self) -> bool:
        return self.kind is Kind.SENSITIVE

    @property
    def term(self) -> Retention:
        return RETENTIONS[self.retention]

    @property
    def kept(self) -> str:
        """How long, in the active language."""
        words = str(self.term.label)
        if self.withdrawn == AT_ONCE:
            return str(_("%(term)s, or at once when you withdraw your consent") % {"term": words})
        if self.withdrawn:
            earlier = RETENTIONS[self.withdrawn].label
            words = str(
                _("%(term)s, or %(earlier)s, whichever comes first") % {"term": words, "earlier": earlier}
            )
        if self.within:
            choice = CIRCUMSTANCES[self.within]
            words = str(
                _("%(term)s; allowing less than “%(choice)s” counts as withdrawing")
                % {"term": words, "choice": choice}
            )
        return words

    @property
    def rests_on_consent(self) -> bool:
        """Whether consents that can be taken back one by one are all it rests on. The necessary ones are not: with them
        the whole use ends.
        """
        purposes = [declared.purposes[code] for code in self.purposes]
        return all(each.basis is Basis.CONSENT and each.kind is not Kind.BASIC for each in purposes)

    @property
    def bases(self) -> frozenset[Basis]:
        """Why keeping it is lawful: the bases of its purposes."""
        return frozenset(declared.purposes[code].basis for code in self.purposes)


@dataclass(frozen=True, slots=True)
class NotPersonal:
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Columns by which a person outside the organization is recognized in a model's rows."""

    name: str
    mobile: str = ""
    email: str = ""
    # When the business contact is over: the row says so in these columns, and since when in that one.
    ended: tuple[tuple[str, Any], ...] = ()
    ended_at: str = ""
    is_used: bool = False  # work reads these columns: restricting the person's use sets them aside


@dataclass(frozen=True, slots=True)
class Withheld:
    """A field that no export of the organization's data gives out; `from_its_person`: nor the person's own copy."""

    because: Text
    from_its_person: bool


@dataclass(slots=True)
class Declarations:
    purposes: dict[str, Purpose] = field(default_factory=dict)
    agreements: dict[str, Purpose] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    fields: dict[str, Personal | NotPersonal] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    withheld: dict[str, Withheld] = field(default_factory=dict)

    def personal(self) -> dict[str, Personal]:
        """The personal fields, by `app.model.field`."""
        return {key: each for key, each in self.fields.items() if isinstance(each, Personal)}

    @property
    def asked(self) -> dict[str, Purpose]:
        """The purposes a person decides on."""
        return {code: each for code, each in self.purposes.items() if each.is_asked}

    @property
    def scopes(self) -> dict[str, Purpose]:
        """Everything the ledger may hold a decision about: what is asked, and what is agreed to as a document."""
        return self.asked | self.agreements


declared = Declarations()


def purpose(code: str, **texts: Any) -> str:
    """Declare a purpose and return its code."""
    declared.purposes[code] = Purpose(code=code, **texts)
    return code


def agreement(code: str, **texts: Any) -> str:
    """Declare something agreed to that is no purpose of data: the user agreement, a changed policy."""
    declared.agreements[code] = Purpose(code=code, **texts)
    return code


def function(code: str, title: Text, *, family: Family, purposes: tuple[str, ...], **texts: Any) -> str:
    """Declare a function of the product with its four texts (`functions.Function`); return its code."""
    if code in declared.functions:
        raise ValueError(f"function {code} is declared twice")
    declared.functions[code] = Function(code=code, title=title, family=family, purposes=purposes, **texts)
    return code


def declare(model: str, names: str, meaning: Personal | NotPersonal) -> None:
    """Say of the fields `names` (blank-separated) of `model` (`app.Model`) what they are."""
    for name in names.split():
        key = f"{model.lower()}.{name}"
        if key in declared.fields:
            raise ValueError(f"{key} is declared twice")
        declared.fields[key] = meaning


def contact(
    model: str,
    *,
    name: str,
    mobile: str = "",
    email: str = "",
    ended: dict[str, Any] | None = None,
    ended_at: str = "",
    is_used: bool = False,
) -> None:
    """Say that rows of `model` (`app.Model`) hold people from outside, and in which columns they are named.

    They have the same rights as members; their rows are found by these columns, since no reference leads to them.
    """
    over = tuple((ended or {}).items())
    declared.contacts[model.lower()] = Contact(
        name=name, mobile=mobile, email=email, ended=over, ended_at=ended_at, is_used=is_used
    )


def withhold(model: str, names: str, *, because: Text, from_its_person: bool = False) -> None:
    """Say that the fields `names` of `model` (`app.Model`) are never given out, and why."""
    for name in names.split():
        declared.withheld[f"{model.lower()}.{name}"] = Withheld(because, from_its_person)
