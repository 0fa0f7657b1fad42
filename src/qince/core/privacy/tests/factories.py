"""Consents for tests, written by the same acts that people use; the first agreement at once, row for row the same."""

from qince.core.access.middleware import DEVICE, EMPLOYEE, ORGANIZATION
from qince.core.access.queries import actor_for
from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Device
from qince.core.privacy import notice
from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.gate import ENTRY, use_scope
from qince.core.privacy.models import Consent, ConsentEntry
from qince.core.privacy.permissions import PermissionReport, record_permission
from qince.core.privacy.registry import declared
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


PHOTO = ("camera", "visit_photo")


def agree(employee, *purposes):
    """Notice, user agreement and age confirmation, then whatever is named, such as `"location:at_the_act"`.

    Thousands of tests begin so: who has decided nothing yet gets the rows without the acts. `test_factories` holds
    them to what the acts write.
    """
    given = [each.partition(":")[::2] for each in (*ENTRY, *purposes)]
    is_plain = all(code in declared.scopes for code, _circumstances in given)
    if is_plain and not ConsentEntry.objects.filter(employee=employee).exists():
        _write(employee, given)
    else:
        agree_by_acts(employee, given)


def agree_by_acts(employee, given):
    shown = notice.current(employee.organization, "en").hash
    for code, circumstances in given:
        decide(employee, code, circumstances=circumstances, notice_hash=shown)
    allow(employee, *PHOTO, shown=shown)


def _write(employee, given):
    shown, at = notice.current(employee.organization, "en"), clock.now()
    scopes = [(code, circumstances, "button", shown.release) for code, circumstances in given]
    scopes.append((use_scope(*PHOTO), "", "popup", 1))
    entries, consents = [], []
    for purpose, circumstances, method, release in scopes:
        same = {"employee": employee, "purpose": purpose, "notice_hash": shown.hash, "method": method}
        same |= {"notice_version": shown.version, "client": "phone", "occurred_at": at}
        granted = ConsentEntry(id=uuid7(), act="granted", circumstances=circumstances, **same)
        entries += [ConsentEntry(id=uuid7(), act="served", **same), granted]
        consents.append(
            Consent(
                employee=employee, purpose=purpose, act="granted", is_granted=True, at=at, entry=granted,
                circumstances=circumstances, release=release,
            )
        )  # fmt: skip
    ConsentEntry.objects.bulk_create(entries)
    Consent.objects.bulk_create(consents)


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
