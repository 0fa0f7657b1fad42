"""Acts of getting in and out, on record in the organization they concern."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from qince.core.accounts import devices, passwords, scanning, totp
from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Account, Device
from qince.core.accounts.rules import CONFIRM_DEVICE
from qince.core.people.models import Employee
from qince.core.signin.events import SignedIn
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.events import publish


@action("accounts.sign_in", permission=None)
def sign_in(actor: Actor, *, session_key: str, name: str, known: UUID | None, now: datetime) -> Device:
    """Bind the console session to a device: the browser's own row if it has one here, else a new one."""
    welcome(actor)
    mine = Device.objects.filter(account=account_id(actor), organization=actor.organization_id)
    device = (known and mine.filter(pk=known).first()) or Device(
        account_id=account_id(actor),
        organization_id=actor.organization_id,
        employee_id=employee_id(actor),
        kind=Device.Kind.CONSOLE,
    )
    is_new, has_others = device._state.adding, devices.has_others(device)
    device.name, device.token_digest = name[:80], token_digest(session_key)
    device.confirmed_at = device.confirmed_at or now
    device.last_seen_at, device.revoked_at = now, None
    device.save()
    Account.objects.filter(pk=account_id(actor)).update(last_login=now)
    note(device, kind=device.kind)
    publish(SignedIn(employee_id(actor), device.pk, is_new and has_others))
    return device


def welcome(actor: Actor) -> None:
    """Activate whoever signs in for the first time; later sign-ins leave no such trace."""
    if Employee.objects.filter(pk=employee_id(actor), status=Employee.Status.INVITED).exists():
        activate(actor)


@action("people.activate", permission=None)
def activate(actor: Actor) -> bool:
    """The first sign-in of an invited employee makes them active; whether this was it."""
    invited = Employee.objects.filter(pk=employee_id(actor), status=Employee.Status.INVITED)
    if not invited.update(status=Employee.Status.ACTIVE, activation_stopped_at=None):
        return False
    note(
        Employee.objects.get(pk=employee_id(actor)), status=(Employee.Status.INVITED, Employee.Status.ACTIVE)
    )
    return True


@action("accounts.sign_out", permission=None)
def sign_out(actor: Actor, *, device_id: UUID, now: datetime) -> None:
    """End this very device's session or token."""
    device = _own(actor, device_id)
    devices.sign_out(Q(pk=device.pk), now=now)
    note(device)


@action("accounts.sign_out_device", permission=None)
def sign_out_device(actor: Actor, *, device_id: UUID, now: datetime) -> None:
    """Sign another of one's own devices out from afar."""
    device = _own(actor, device_id)
    devices.unbind(Q(pk=device.pk), now=now)
    note(device)


@action("accounts.confirm_own_device", permission=None)
def confirm_own_device(actor: Actor, *, device_id: UUID, now: datetime) -> Device:
    """Agree, from a device already trusted, that a new phone may be used."""
    return _confirm(_own(actor, device_id), now)


@action("accounts.confirm_device", permission=CONFIRM_DEVICE)
def confirm_device(actor: Actor, *, device_id: UUID, now: datetime) -> Device:
    """An administrator agrees that an employee's new phone may be used."""
    return _confirm(_of_others(actor, device_id), now)


@action("accounts.unbind_device", permission=CONFIRM_DEVICE)
def unbind_device(actor: Actor, *, device_id: UUID, now: datetime) -> None:
    """An administrator signs an employee's device out: lost, or left with a former colleague."""
    device = _of_others(actor, device_id)
    devices.unbind(Q(pk=device.pk), now=now)
    note(device)


def _confirm(device: Device, now: datetime) -> Device:
    device.confirmed_at = device.confirmed_at or now
    device.save(update_fields=["confirmed_at"])
    note(device, confirmed=True)
    return device


def _own(actor: Actor, device_id: UUID) -> Device:
    found = devices.signed_in_devices(account_id(actor), actor.organization_id).filter(pk=device_id).first()
    if found is None:
        raise NotFound
    return found


def _of_others(actor: Actor, device_id: UUID) -> Device:
    rows = Device.objects.filter(pk=device_id, organization=actor.organization_id, revoked_at__isnull=True)
    found = rows.first()
    if found is None or not actor.scope(CONFIRM_DEVICE).covers(found.employee_id):
        raise NotFound
    return found


def account_id(actor: Actor) -> UUID:
    """Whose account; the system's own actors have none."""
    if actor.account_id is None:
        raise NotFound
    return actor.account_id


def employee_id(actor: Actor) -> UUID:
    if actor.employee_id is None:
        raise NotFound
    return actor.employee_id


def _account(actor: Actor) -> Account:
    return Account.objects.select_for_update().get(pk=account_id(actor))


@action("accounts.set_password", permission=None)
def set_password(actor: Actor, *, password: str, this_device: UUID | None, now: datetime) -> None:
    """Set or change one's own password. Every other console session of the account ends."""
    account = _account(actor)
    passwords.set_password(account, password, name=actor.name)
    ended = devices.unbind_browsers(account.pk, but=this_device, now=now)
    note(account, other_sessions_ended=ended)


@action("accounts.enroll_authenticator", permission=None)
def enroll_authenticator(actor: Actor, *, secret: str, code: str, now: datetime) -> list[str]:
    """Switch on the authenticator app; return the recovery codes, shown this once."""
    account = _account(actor)
    recovery = totp.enroll(account, secret, code, now=now)
    note(account, authenticator=(False, True))
    return recovery


@action("accounts.remove_authenticator", permission=None)
def remove_authenticator(actor: Actor) -> None:
    account = _account(actor)
    totp.disable(account)
    note(account, authenticator=(True, False))


def phone_of(actor: Actor) -> Device:
    """The phone that asks, with its account."""
    if actor.device_id is None:
        raise NotFound
    found: Device | None = Device.objects.select_related("account").filter(pk=actor.device_id).first()
    if found is None:
        raise NotFound
    return found


@action("accounts.answer_scan", permission=None)
def answer_scan(actor: Actor, *, code: str, confirms: bool, now: datetime) -> None:
    """Let a sign-in page that shows the code in, or refuse it; on record as the phone's own act."""
    phone = phone_of(actor)
    scanning.answer(phone, code, confirms=confirms, now=now)
    note(phone, scan="confirmed" if confirms else "refused")
