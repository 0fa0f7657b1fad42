"""What can be shared, with which kinds of recipients, and what each kind may get: declared here, nowhere else.

An organization's recipient is made from a profile and can only narrow it. The agreement's named companies (4.1) are
samples of the profiles; every organization names its own partners (D-16).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.core.privacy.gate import LOCATION, ConsentRequired
from qince.core.privacy.registry import declared
from qince.kit.errors import Text
from qince.kit.vault import api as vault

__all__ = ["ConsentRequired"]


class Kind(StrEnum):
    """Who a recipient is to the organization."""

    PAYMENT = "payment"
    INSTITUTION = "institution"
    AFFILIATE = "affiliate"
    APP = "app"
    SELF_BUILT = "self_built"
    TRAINING = "training"
    POINTS = "points"
    SIGNING = "signing"
    SUPPLIER = "supplier"
    SERVICE_PROVIDER = "service_provider"
    OTHER = "other"
    NAMED = "named"
    MAP = "map"
    RECOGNITION = "recognition"


KINDS: dict[str, Text] = {
    Kind.PAYMENT: _("Payment company"),
    Kind.INSTITUTION: _("Other financial institution"),
    Kind.AFFILIATE: _("Affiliate"),
    Kind.APP: _("Third-party app"),
    Kind.SELF_BUILT: _("Self-built app"),
    Kind.TRAINING: _("Training and examination"),
    Kind.POINTS: _("Points mall"),
    Kind.SIGNING: _("Identity check and e-signature"),
    Kind.SUPPLIER: _("Supplier"),
    Kind.SERVICE_PROVIDER: _("Service provider"),
    Kind.OTHER: _("Other partner"),
    Kind.NAMED: _("Recipient named by the person"),
    Kind.MAP: _("Map service"),
    Kind.RECOGNITION: _("Text recognition"),
}
# What partners are for (C4.1-18).
SCENES: dict[str, Text] = {
    "technical": _("Technical cooperation"),
    "deployment": _("Promotion and deployment"),
    "customer_service": _("Customer service"),
    "payment": _("Payment"),
}


@dataclass(frozen=True, slots=True)
class Shared:
    """A kind of data that may leave. `read` takes it from the person, out of the declared field `source`; without it,
    it is given at the act, and `taken_for` names the purposes it was taken for.

    Sensitive ones are asked apart. Those `passed_on` go through memory only: no row, no log, no queue holds them.
    """

    code: str
    label: Text
    read: Callable[[Employee, UUID], str] | None = None
    is_sensitive: bool = False
    is_passed_on: bool = False
    source: str = ""
    taken_for: tuple[str, ...] = ()

    @property
    def purposes(self) -> tuple[str, ...]:
        """What the data was taken for: as its field is declared, or as said here."""
        return declared.personal()[self.source].purposes if self.source else self.taken_for


def pseudonym(employee: Employee, recipient_id: UUID) -> str:
    """The name under which one recipient knows one person: nobody else's, and nothing to guess from."""
    organization: UUID = employee.organization_id  # type: ignore[assignment]
    return vault.digest(organization, "partners.subject", f"{recipient_id}:{employee.pk}")[:32]


FIELDS: dict[str, Shared] = {
    each.code: each
    for each in (
        Shared("user_id", _("User id"), pseudonym),
        Shared("account", _("Login account"), pseudonym),
        Shared("name", _("Full name"), lambda person, _to: person.name, source="people.employee.name"),
        Shared("nickname", _("Nickname"), lambda person, _to: person.name, source="people.employee.name"),
        Shared("avatar", _("Portrait"), lambda person, _to: ""),  # none is kept
        Shared(
            "phone", _("Mobile number"), lambda person, _to: person.mobile, source="people.employee.mobile"
        ),
        Shared(
            "email", _("E-mail address"), lambda person, _to: person.email, source="people.employee.email"
        ),
        Shared(
            "number", _("Employee number"), lambda person, _to: person.number, source="people.employee.number"
        ),
        Shared(
            "position", _("Job title"), lambda person, _to: person.position, source="people.employee.position"
        ),
        Shared("place", _("Position of the act"), is_sensitive=True, taken_for=(LOCATION,)),
        Shared("picture", _("Picture to be read")),
        Shared("id_number", _("ID number"), is_sensitive=True, is_passed_on=True),
        Shared("bank_card", _("Bank card number"), is_sensitive=True, is_passed_on=True),
        Shared("card_expiry", _("Expiry date of the card"), is_sensitive=True, is_passed_on=True),
        Shared("card_name", _("Name on the card"), is_sensitive=True, is_passed_on=True),
        Shared("name_pinyin", _("Name in pinyin"), is_sensitive=True, is_passed_on=True),
        Shared("security_code", _("Security code of the card"), is_sensitive=True, is_passed_on=True),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a recipient of one kind may get at most, and what may come back from it.

    `source` says why taking what it sends is lawful (C2.4-01); a profile without one receives nothing.
    """

    code: str
    title: Text
    kind: Kind
    fields: tuple[str, ...]
    scene: str = "technical"
    receives: tuple[str, ...] = ()
    source: Text = ""
    if_refused: Text = ""

    @property
    def is_app(self) -> bool:
        return self.kind in (Kind.APP, Kind.SELF_BUILT)


_ONLY_THIS = _("Only this service stays off; everything else works, other partners too.")
_BASIC = ("account", "name", "phone")
_BINDING = _("told by the payment company about the account that the person binds")

PROFILES: dict[str, Profile] = {
    each.code: each
    for each in (
        Profile(
            code="payment", title=_("Payment company: open or bind a payment account"), kind=Kind.PAYMENT,
            fields=("user_id", "avatar", "nickname", "name"), scene="payment",
            receives=("nickname", "avatar", "account_name"), source=_BINDING,
            if_refused=_("No receipt, payment or transfer through this company. Paying by hand still works."),
        ),
        Profile(
            code="institution", title=_("Other bank or institution: card data passed straight on"),
            kind=Kind.INSTITUTION, scene="payment",
            fields=("bank_card", "card_expiry", "card_name", "name_pinyin", "security_code"),
            if_refused=_("No payment with this card. Paying by hand still works."),
        ),
        Profile(
            code="affiliate", title=_("Affiliate: unified account and anomaly detection"),
            kind=Kind.AFFILIATE, fields=("account", "name"), if_refused=_ONLY_THIS,
        ),
        Profile(
            code="app", title=_("Third-party app"), kind=Kind.APP,
            fields=("account", "avatar", "name", "phone"), if_refused=_("This app cannot be used by you."),
        ),
        Profile(
            code="self_built", title=_("Self-built app"), kind=Kind.SELF_BUILT,
            fields=("account", "avatar", "name", "phone"), if_refused=_("This app cannot be used by you."),
        ),
        Profile(
            code="training", title=_("Training and examination"), kind=Kind.TRAINING, fields=_BASIC,
            scene="technical", if_refused=_ONLY_THIS,
        ),
        Profile(
            code="points", title=_("Points mall"), kind=Kind.POINTS, fields=_BASIC, if_refused=_ONLY_THIS,
        ),
        Profile(
            code="signing", title=_("Identity check and e-signature"), kind=Kind.SIGNING,
            fields=(*_BASIC, "id_number", "bank_card"), if_refused=_ONLY_THIS,
        ),
        Profile(
            code="supplier", title=_("Supplier"), kind=Kind.SUPPLIER, fields=_BASIC, if_refused=_ONLY_THIS,
        ),
        Profile(
            code="service_provider", title=_("Service provider"), kind=Kind.SERVICE_PROVIDER, fields=_BASIC,
            scene="customer_service", if_refused=_ONLY_THIS,
        ),
        Profile(
            code="other", title=_("Other partner"), kind=Kind.OTHER, fields=_BASIC, scene="deployment",
            if_refused=_ONLY_THIS,
        ),
        Profile(
            code="named", title=_("Recipient named by the person"), kind=Kind.NAMED,
            fields=("account", "name", "phone", "email", "number", "position"), if_refused=_ONLY_THIS,
        ),
        Profile(
            code="map", title=_("Map: address of a position"), kind=Kind.MAP, fields=("place",),
            if_refused=_("You type the address or set the pin by hand."),
        ),
        Profile(
            code="recognition", title=_("Text recognition"), kind=Kind.RECOGNITION, fields=("picture",),
            if_refused=_("You type the text yourself."),
        ),
    )
}  # fmt: skip
