"""What a form is: fields with stable ids, choice lists, and the expressions that tie them together.

The same document is stored as a version, sent to phones, drawn by the designer and turned into XLSForm and XForm.
`pwa/features/forms/engine/` reads it in JavaScript; `cases.json` holds both to one behaviour.
"""

from enum import StrEnum
from typing import Annotated, Any

import msgspec

# A text in several languages: code to words. The form's first language stands in where one is missing.
Text = dict[str, str]
Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_.-]{0,59}$")]
Expression = Annotated[str, msgspec.Meta(max_length=1000)]


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    PHOTO = "photo"
    FILE = "file"
    LOCATION = "location"
    SIGNATURE = "signature"
    BARCODE = "barcode"
    PERSON = "person"
    CUSTOMER = "customer"
    PRODUCT = "product"
    FORMULA = "formula"
    TABLE = "table"
    SECTION = "section"
    NOTE = "note"


HOLDERS = frozenset({Kind.TABLE, Kind.SECTION})
SELECTS = frozenset({Kind.CHOICE, Kind.CHOICES})
REFERENCES = frozenset({Kind.PERSON, Kind.CUSTOMER, Kind.PRODUCT})
UPLOADS = frozenset({Kind.PHOTO, Kind.FILE, Kind.SIGNATURE})
NUMERIC = frozenset({Kind.NUMBER, Kind.INTEGER})
# Kinds that hold no answer of their own.
SILENT = frozenset({Kind.SECTION, Kind.NOTE})
# What these kinds hold is sensitive whatever the publisher says: a place, and a hand's own writing.
ALWAYS_SENSITIVE = frozenset({Kind.LOCATION, Kind.SIGNATURE})


class Privacy(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What the publisher says of a field: is it about a person, of which category, for which purpose, how sensitive.

    `is_personal` None: not said yet, and the form cannot be published.
    """

    is_personal: bool | None = None
    category: Annotated[str, msgspec.Meta(max_length=40)] = ""
    purpose: Annotated[str, msgspec.Meta(max_length=40)] = ""
    is_sensitive: bool = False
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""  # why it is needed (C2.2.5-08)
    is_of_others: bool = (
        False  # about somebody else than who fills in, who affirms to be allowed to give it (C1.2-10)
    )


class Choice(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One option. `attributes` are further columns, by which a filter narrows the list (cascades)."""

    value: Annotated[str, msgspec.Meta(pattern=r"^\S{1,100}$")]
    label: Text = {}
    attributes: dict[str, str] = {}


class Field(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A question, or what holds questions. `id` never changes; `name` is what expressions call it."""

    id: Id
    name: Name
    kind: Kind
    label: Text = {}
    hint: Text = {}
    required: Expression = ""  # an expression; `true()` for always
    required_message: Text = {}
    visible_if: Expression = ""
    constraint: Expression = ""  # `.` is the answer
    constraint_message: Text = {}
    default: Expression = ""  # a value, or an expression worked out once when filling in begins
    formula: Expression = ""
    read_only: bool = False
    choices: Annotated[str, msgspec.Meta(max_length=60)] = ""  # the name of a list
    choice_filter: Expression = ""
    repeat_count: Expression = ""  # of a table: exactly so many rows
    maximum: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0  # of files or rows; 0: the kind's own limit
    appearance: Annotated[str, msgspec.Meta(max_length=60)] = ""
    privacy: Privacy = msgspec.field(default_factory=Privacy)
    fields: list["Field"] = []


class Definition(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A whole form. `languages`: the first is the one shown where another is missing."""

    title: Text
    languages: Annotated[list[str], msgspec.Meta(min_length=1, max_length=20)] = msgspec.field(
        default_factory=lambda: ["zh-Hans"]
    )
    fields: list[Field] = []
    lists: dict[str, list[Choice]] = {}
    description: Text = {}

    @property
    def language(self) -> str:
        return self.languages[0]


def read(document: Any) -> Definition:
    """A definition from its JSON form. Raises `msgspec.ValidationError`, which names the place."""
    return msgspec.convert(document, Definition)


def write(definition: Definition) -> dict[str, Any]:
    return msgspec.to_builtins(definition)  # type: ignore[no-any-return]


def spoken(text: Text, language: str, fallback: str = "") -> str:
    """The words in this language, else in the form's own, else in any."""
    return text.get(language) or text.get(fallback) or next((each for each in text.values() if each), "")
