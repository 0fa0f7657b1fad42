"""Who it is about: an employee, an account that belongs to no organization any more, a contact outside."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext, override

from qince.core.accounts.models import Account, Device
from qince.core.people.models import Affiliation, Employee
from qince.kit.identifiers import NotAMobile, mobile_e164
from qince.kit.tenancy import current_organization_id
from qince.kit.vault import api as vault

# What belongs to no organization, such as the list of erased accounts, is digested under this id.
OPERATOR = UUID(int=0)


class Kind(StrEnum):
    EMPLOYEE = "employee"
    ACCOUNT = "account"
    CONTACT = "contact"


@dataclass(frozen=True)
class Subject:
    """A person as the walk knows them. Without `id` it is a contact, recognized by telephone, e-mail or name."""

    kind: Kind
    organization_id: UUID
    id: UUID | None = None
    account_id: UUID | None = None
    name: str = ""
    mobile: str = ""
    email: str = ""

    @property
    def person_id(self) -> UUID:
        """The employee, or the account; only a contact has none."""
        if self.id is None:
            raise TypeError("a contact outside has no id")
        return self.id

    @property
    def key(self) -> str:
        """What is digested for the erasure ledger: enough to know the person again, once somebody has the key."""
        return f"{self.kind}:{self.id or normal_phone(self.mobile) or self.email.casefold() or self.name}"

    @property
    def aliases(self) -> "list[Subject]":
        """The same contact by what else is known of them: a row of an old backup may hold the e-mail address alone."""
        if self.kind is not Kind.CONTACT or not (self.mobile and self.email):
            return []
        return [replace(self, mobile="")]

    @property
    def digest(self) -> str:
        return vault.digest(self.organization_id, "erasure.subject", self.key)

    @cached_property
    def pseudonym(self) -> str:
        """Stable in the organization, and meaning nothing: it comes from a key, not from a counter or the name."""
        mark = vault.digest(self.organization_id, "erasure.pseudonym", self.key)[:6].upper()
        with override(PSEUDONYM_LANGUAGE):
            return gettext("Deleted person #%(mark)s") % {"mark": mark}

    @cached_property
    def device_ids(self) -> list[UUID]:
        if self.kind is Kind.CONTACT:
            return []
        return list(self.devices().values_list("pk", flat=True))

    def devices(self) -> "QuerySet[Device]":
        """Phones and browsers: of the employee in this organization, of the account wherever it is."""
        if self.kind is Kind.ACCOUNT:
            return Device.objects.filter(account=self.id)
        return Device.objects.filter(organization=self.organization_id, employee_id=self.person_id)

    @cached_property
    def is_last_home(self) -> bool:
        """Whether nobody else holds the account, here or in another organization, so that it goes with the person."""
        if self.kind is Kind.ACCOUNT:
            return True
        if self.account_id is None:
            return False
        others = Affiliation.objects.filter(account=self.account_id)
        if others.exclude(organization=self.organization_id, employee_id=self.person_id).exists():
            return False
        return not Employee.objects.filter(account=self.account_id).exclude(pk=self.person_id).exists()

    @property
    def words(self) -> list[str]:
        """Texts that name the person wherever they stand, the longest first. A name alone may be many people's."""
        found = {self.mobile, self.email, self.name, local_number(self.mobile)} - {""}
        return sorted(found, key=len, reverse=True)


PSEUDONYM_LANGUAGE = "zh-hans"  # kept with the row: one language, whoever reads it


def of_employee(employee: Employee) -> Subject:
    return Subject(
        kind=Kind.EMPLOYEE,
        organization_id=employee.organization_id,  # type: ignore[arg-type]
        id=employee.pk,
        account_id=employee.account_id,
        name=employee.name,
        mobile=employee.mobile,
        email=employee.email,
    )


def of_account(account: Account) -> Subject:
    """An account by itself: what the operator keeps of it."""
    return Subject(
        kind=Kind.ACCOUNT,
        organization_id=OPERATOR,
        id=account.pk,
        account_id=account.pk,
        mobile=account.mobile,
    )


def of_contact(*, name: str = "", mobile: str = "", email: str = "") -> Subject:
    """Somebody outside, such as a customer's contact, in the current organization."""
    return Subject(
        kind=Kind.CONTACT,
        organization_id=current_organization_id(),
        name=name.strip(),
        mobile=mobile.strip(),
        email=email.strip(),
    )


def normal_phone(text: str) -> str:
    """A telephone number so that spellings of one number agree: E.164 for mobiles, else its digits."""
    try:
        return mobile_e164(text)
    except NotAMobile:
        return "".join(each for each in text if each.isdigit())


def local_number(mobile: str) -> str:
    """A Chinese mobile without its country: how people type it."""
    return mobile.removeprefix("+86") if mobile.startswith("+86") else ""


def is_same_contact(subject: Subject, *, name: Any, mobile: Any, email: Any) -> bool:
    """Whether a row's columns mean this contact: by telephone or e-mail; by name only where the row has neither."""
    if subject.mobile and mobile and normal_phone(str(mobile)) == normal_phone(subject.mobile):
        return True
    if subject.email and email and str(email).casefold() == subject.email.casefold():
        return True
    return bool(subject.name and name == subject.name and not mobile and not email)
