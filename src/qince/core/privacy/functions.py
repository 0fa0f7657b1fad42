"""The functions of the product, each with what a person must know before using it (C1.2-03), and their families."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from qince.core.organizations.functions import FAMILIES as CLOSABLE
from qince.kit.errors import Text


class Family(StrEnum):
    """The families of the agreement (C0-03 to C0-06, C2.1.2), and what all of them stand on."""

    EMPLOYEE = "employee"
    SALES = "sales"
    CHANNEL = "channel"
    EXPENSE = "expense"
    RECOGNITION = "recognition"
    CORE = "core"


FAMILIES: dict[Family, Text] = {
    **{Family(code): title for code, title in CLOSABLE.items()},
    Family.CORE: _("Account and administration"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """Something the product does with data about people.

    `code` begins with the label of the app that does it. `purposes` are those its data serves; `setting` names the
    organization's setting that turns it off, or decides how much it takes. The four texts are what prompts and notice
    are made of.
    """

    code: str
    title: Text
    family: Family
    purposes: tuple[str, ...]
    scope: Text  # which data
    why: Text
    method: Text  # how it is taken and used
    if_refused: Text
    setting: str = ""

    @property
    def app(self) -> str:
        return self.code.partition(".")[0]

    @property
    def texts(self) -> tuple[Text, Text, Text, Text]:
        return self.scope, self.why, self.method, self.if_refused
