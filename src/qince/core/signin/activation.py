"""Phone activation: a code proves the number, a ticket carries that proof, a device gets its token."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qince.core.access.queries import actor_for
from qince.core.accounts import codes, devices, totp
from qince.core.accounts.codes import Purpose, WrongCode
from qince.core.accounts.keys import token_digest
from qince.core.accounts.limits import Asker, even_time
from qince.core.accounts.models import Account, Device, OneTimeCode
from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.people.models import Employee
from qince.core.privacy.gate import BASIC, Standing
from qince.core.signin.actions import account_id, employee_id, welcome
from qince.core.signin.events import SignedIn
from qince.core.signin.queries import Membership, held_back, membership, memberships
from qince.core.signin.stopping import stop
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.events import publish
from qince.kit.tenancy import tenant

TICKET_LIVES = timedelta(minutes=10)
_SALT = "qince.signin.activation"


class NotActive(Refusal):
    """Told only to who proved to hold the number: it belongs to no organization that lets it in now."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "not_active", _("This number is not active in any organization. Ask your administrator to check.")
        )


@dataclass(frozen=True, slots=True)
class Verified:
    ticket: str
    organizations: list[Organization]
    needs_authenticator: bool


@dataclass(frozen=True, slots=True)
class Phone:
    """How the app describes itself; `id` is its own random number, never a hardware identifier."""

    id: UUID
    name: str
    platform: str
    app_version: str = ""


@dataclass(frozen=True, slots=True)
class Activated:
    """`token` is None while an older device or an administrator has still to confirm this one."""

    token: str | None
    employee: Employee
    organization: Organization
    agreed: bool


def verify(mobile: str, code: str, asker: Asker, *, now: datetime) -> Verified:
    """Turn the right code into a ticket of ten minutes."""
    with even_time():
        used = codes.use_code(mobile, Purpose.SIGN_IN, code, asker, now=now)
        account = Account.objects.filter(mobile=mobile, is_active=True).first()
        if account is None:
            raise WrongCode
    found = memberships(account)
    if not found:
        raise held_back(account) or NotActive()
    ticket = signing.dumps({"account": str(account.pk), "code": str(used.pk)}, salt=_SALT)
    return Verified(ticket, [one.organization for one in found], account.has_totp)


def complete(
    ticket: str,
    organization_id: UUID,
    phone: Phone,
    *,
    authenticator: str,
    asker: Asker,
    locale: str,
    now: datetime,
) -> Activated:
    """Give the phone its token. A ticket serves one phone only; shown again by it, as after a lost answer,
    it serves again.

    The repeat gets a new token and the one before ends, so a ticket never has two tokens.
    """
    account, code_id = _read(ticket)
    _prove(account, code_id, phone, authenticator, asker, now)
    found = membership(account, organization_id)
    if found is None:
        raise NotFound
    return _activated(found, phone, code_id, locale, now)


def cancel(ticket: str, device_id: UUID, *, locale: str, now: datetime) -> None:
    """Stop here: the ticket proves whose activation it is. Nothing that began with it is kept."""
    account, _code_id = _read(ticket)
    stop(account, client="phone", locale=locale, app_device_id=device_id, now=now)


def _read(ticket: str) -> tuple[Account, UUID]:
    try:
        held = signing.loads(ticket, salt=_SALT, max_age=TICKET_LIVES)
    except signing.BadSignature as error:
        raise _invalid() from error
    account = Account.objects.filter(pk=held["account"], is_active=True).first()
    if account is None:
        raise _invalid()
    return account, UUID(held["code"])


def _invalid() -> Refusal:
    return Refusal("ticket_invalid", _("This took too long. Ask for a new code."), field="ticket")


def _prove(
    account: Account, code_id: UUID, phone: Phone, authenticator: str, asker: Asker, now: datetime
) -> None:
    """The authenticator once per ticket, where the account has one."""
    redeemed = OneTimeCode.objects.filter(pk=code_id).values_list("redeemed_by", flat=True).first()
    if redeemed == phone.id or not account.has_totp:
        return
    if not authenticator:
        message = _("Enter the code of your authenticator app too.")
        raise Refusal("authenticator_required", message, field="authenticator")
    with even_time():
        totp.prove(account, authenticator, asker, now=now)


def _activated(found: Membership, phone: Phone, code_id: UUID, locale: str, now: datetime) -> Activated:
    with tenant(found.organization):
        _redeem(code_id, phone.id)
        actor = actor_for(found.employee, client="phone", locale=locale)
        must_wait = Settings.of(found.organization).confirm_new_devices
        token = activate_phone(actor, phone=phone, new_needs_confirmation=must_wait, now=now)
        agreed = Standing(found.employee.pk).allows(BASIC)
    return Activated(token, found.employee, found.organization, agreed)


def _redeem(code_id: UUID, phone_id: UUID) -> None:
    """Bind the ticket to the first phone that shows it; the row's lock decides between two at once."""
    with transaction.atomic():
        code = OneTimeCode.objects.select_for_update().filter(pk=code_id).first()
        if code is None or code.redeemed_by not in (None, phone_id):
            raise _invalid()
        code.redeemed_by = phone_id
        code.save(update_fields=["redeemed_by"])


@action("accounts.activate_phone", permission=None)
def activate_phone(actor: Actor, *, phone: Phone, new_needs_confirmation: bool, now: datetime) -> str | None:
    """Bind the phone to the account (C2.2.2-04). Its token, or None while it waits to be confirmed."""
    device = _bound(actor, phone)
    is_new, others = device._state.adding, devices.has_others(device)
    has_other = devices.has_confirmed_phone(device.account_id, device.organization_id)
    if device.confirmed_at is None and not (new_needs_confirmation and has_other):
        device.confirmed_at = now
    device.revoked_at, device.last_seen_at = None, now
    token = devices.new_token()
    device.token_digest = token_digest(token)
    device.save()
    note(device, kind=device.kind, platform=device.platform, confirmed=device.confirmed_at is not None)
    publish(SignedIn(employee_id(actor), device.pk, is_new and others))
    if device.confirmed_at is None:
        return None
    devices.make_room(device, now=now)
    welcome(actor)
    return token


def _bound(actor: Actor, phone: Phone) -> Device:
    """The row of this phone for this account, locked; a new one the first time."""
    mine = Device.objects.filter(
        account=account_id(actor), organization=actor.organization_id, app_device_id=phone.id
    )
    device = mine.select_for_update().first() or Device(
        account_id=account_id(actor),
        organization_id=actor.organization_id,
        employee_id=employee_id(actor),
        kind=Device.Kind.PHONE,
        app_device_id=phone.id,
    )
    device.employee_id = employee_id(actor)
    device.name, device.platform = phone.name[:80], phone.platform[:40]
    device.app_version = phone.app_version[:20] or device.app_version
    return device
