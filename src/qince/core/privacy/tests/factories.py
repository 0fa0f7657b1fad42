"""Consents for tests, written by the same act that people use."""

from qince.core.access.middleware import DEVICE, EMPLOYEE, ORGANIZATION
from qince.core.access.queries import actor_for
from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Device
from qince.core.privacy import notice
from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.gate import ENTRY
from qince.core.privacy.permissions import PermissionReport, record_permission
from qince.kit import clock
from qince.kit.ids import uuid7


def decision(employee, purpose, act="granted", circumstances="", *, language="en", **fields):
    """What the person's client sends; the notice shown is the organization's present one."""
    if "notice_hash" not in fields:
        fields["notice_hash"] = notice.current(employee.organization, language).hash
    values = {
        "id": uuid7(),
        "occurred_at": clock.now(),
        "method": "button",
        **fields,
    }
    return Decision(purpose=purpose, act=act, circumstances=circumstances, **values)


def decide(employee, purpose, act="granted", circumstances="", *, client="phone", now=None, **fields):
    actor = actor_for(employee, client=client, locale="en")
    made = decision(employee, purpose, act, circumstances, **fields)
    return record_consent(actor, decision=made, now=now or clock.now())


def agree(employee, *purposes):
    """Notice, user agreement and age confirmation, then whatever is named, such as `"location:at_the_act"`."""
    shown = notice.current(employee.organization, "en").hash
    for each in (*ENTRY, *purposes):
        code, _colon, circumstances = each.partition(":")
        decide(employee, code, circumstances=circumstances, notice_hash=shown)
    allow(employee, "camera", "visit_photo", shown=shown)


def allow(employee, permission, use="", *, allowed=True, source="popup", device_id=None, at=None, shown=None):
    """What the phone reports about a permission: an act about one use, or the system's own switch.

    With a use goes the hash of the notice `shown`: the organization's present one.
    """
    if shown is None and use:
        shown = notice.current(employee.organization, "en").hash
    actor = actor_for(employee, client="phone", locale="en", device_id=device_id)
    report = PermissionReport(
        id=uuid7(),
        permission=permission,
        use=use,
        is_allowed=allowed,
        source=source,
        occurred_at=at or clock.now(),
        notice_hash=shown or "",
    )
    return record_permission(actor, report=report, now=clock.now())


def enter(client, employee):
    """Sign `employee` in on the test client's browser, as the last step of the sign-in pages does."""
    device = Device.objects.create(
        account=employee.account,
        organization=employee.organization,
        employee_id=employee.pk,
        kind=Device.Kind.CONSOLE,
        token_digest=token_digest(str(uuid7())),
        confirmed_at=clock.now(),
    )
    session = client.session
    session[ORGANIZATION] = str(employee.organization_id)
    session[EMPLOYEE] = str(employee.pk)
    session[DEVICE] = str(device.pk)
    session.save()
    return device
