"""A canary: one person with a marker in every personal field of every model, in files, letters, answers, the trail."""

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, models

from qince.core.accounts.keys import keyed_digest
from qince.core.accounts.models import Account, Device, OneTimeCode, OutboxMessage, RecoveryCode
from qince.core.audit.actions import seal
from qince.core.erasure.walk import Part, parts
from qince.core.files.actions import receive_chunk
from qince.core.people.tests import factories as people
from qince.core.privacy.registry import declared
from qince.core.privacy.tests.factories import agree
from qince.kit import clock
from qince.kit.action import action, note, registry
from qince.kit.tenancy import tenant
from tests.access.planting import Planted, picture, plant

MARKER = "ZQ7canary"
MOBILE = "+8613911112222"
ASKED = (
    "location:background", "tracking", "attendance_photo", "leave_papers", "form_sensitive", "mail_tracking",
)  # fmt: skip
CONTACT_PHONE = "139-2222 3333"  # as people write it


@action("test.speak", permission=None)
def speak(actor: Any, *, target: Any, **facts: Any) -> None:
    note(target, **facts)


registry.pop("test.speak")  # an act of these tests only: no list of real acts knows it


def travelling() -> None:
    """For runs that travel in time: the database's own clock, which guards network logs, stays where it is."""
    with connection.cursor() as cursor:
        for table in ("watch_access", "watch_outsideaccess", "watch_reading"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER kept")


def two_people() -> tuple[Any, list[Planted]]:
    """An organization and two people of it, who agreed to everything, with a row of everything each."""
    house, found = people.organization(), []
    for name in ("王芳", "李雷"):
        with tenant(house):
            person = people.employee(name, roles=["rep"])
            agree(person, *ASKED)
        found.append(plant(house, person, name))
    return house, found


def canary(organization: Any, marker: str) -> Planted:
    """The person, with rows everywhere; a colleague who acted upon them stands in `rows["colleague"]`."""
    with tenant(organization):
        boss = people.employee("同事", roles=["administrator"])
        found = people.employee(
            f"{marker}名",
            mobile=MOBILE,
            position=f"{marker}职",
            email=f"{marker}@x.example".lower(),
            leader=boss,
            roles=["rep"],
        )
        agree(found)
    planted = plant(organization, found, "plain")
    planted.mark = marker
    planted.rows["colleague"] = boss
    with tenant(organization):
        planted.rows["sync.Holding"].device_id = planted.rows["accounts.Device"].pk
        for part in parts():
            _mark(part, planted)
        planted.rows["customers.Customer"].contact_phone = CONTACT_PHONE
        planted.rows["customers.Customer"].save()
        aside = planted.rows["erasure.SetAside"]  # of the same contact, in another record
        aside.name, aside.mobile, aside.email = f"{marker}-contact_name", CONTACT_PHONE, ""
        aside.save()
        speak(people.actor(found), target=boss, said=marker, value=[marker, {"deep": marker}])
        speak(people.actor(boss), target=found, name=["", f"{marker}名"])
        speak(people.actor(boss), target=boss, leader=[f"{marker}名", ""], phone=f"call {MOBILE}")
        seal(organization.pk)
        content = picture(f"{marker} in a file")
        planted.rows["file"] = receive_chunk(
            people.actor(found, client="phone"),
            sha256=hashlib.sha256(content).hexdigest(),
            offset=0,
            size=len(content),
            chunk=content,
            is_evidence=True,
        )
    _outside(planted)
    return planted


def _mark(part: Part, planted: Planted) -> None:
    """The marker in each text and JSON field that the declarations call personal."""
    row = planted.rows.get(part.label)
    if row is None or part.label in ELSEWHERE:
        return
    changes = {
        name: value
        for name, meaning in part.fields.items()
        if not meaning.term.survives_erasure
        and meaning.on_erase != "keep"  # stays by a duty, or says nothing
        if (value := _marked(part.model, name, planted)) is not None
    }
    if changes:
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()


def _marked(model: type[models.Model], name: str, planted: Planted) -> Any:
    each: Any = model._meta.get_field(name)
    if each.choices or each.is_relation or each.unique or name in CODES:
        return None
    if isinstance(each, models.EmailField):
        return f"{planted.mark}@x.example".lower()
    if isinstance(each, models.JSONField):
        return {"said": planted.mark} if name not in ("flags",) else [planted.mark]
    if isinstance(each, models.BinaryField):
        return planted.mark.encode()
    if isinstance(each, models.CharField | models.TextField):
        return f"{planted.mark}-{name}"[: each.max_length or None]
    return None


# Filled by the factories or by acts; or about somebody else, such as an organization's legal representative.
ELSEWHERE = ("people.Employee", "audit.Entry", "certification.Certification")
# Words of a closed list, digests and names of files: no text of anybody's.
CODES = {
    "kind", "state", "act", "purpose", "circumstances", "method", "client", "action", "target_kind", "resource",
    "media_type", "sha256", "hash", "storage_name", "thumbnail_name", "notice_version", "notice_hash",
    "operation_hash", "type", "mobile", "path", "link", "channel",
}  # fmt: skip


def _outside(planted: Planted) -> None:
    """What belongs to no organization: the account's own rows, a session, a code, a message."""
    employee, marker = planted.employee, planted.mark
    Account.objects.filter(pk=employee.account_id).update(totp_secret=marker)
    RecoveryCode.objects.create(account_id=employee.account_id, digest=f"{marker}-recovery")
    OutboxMessage.objects.create(mobile=MOBILE, text=f"{marker} code 123456", sent_at=clock.now())
    OneTimeCode.objects.create(
        subject=keyed_digest("mobile", MOBILE),
        purpose="sign_in",
        digest=marker,
        sent_at=clock.now(),
        expires_at=clock.now() + timedelta(minutes=5),
    )
    browser = Device.objects.create(
        account_id=employee.account_id,
        organization_id=employee.organization_id,
        employee_id=employee.pk,
        kind=Device.Kind.CONSOLE,
        name=f"{marker} browser",
        token_digest=f"{marker}-session",
        confirmed_at=clock.now(),
    )
    session = SessionStore()
    session.update({"employee": str(employee.pk), "device": str(browser.pk), "seen": marker})
    session.save()


def personal_texts(planted: Planted) -> list[tuple[str, str]]:
    """(where, value) of every text the canary holds in a personal field, secrets of signing in aside."""
    found = []
    for part in parts():
        row = planted.rows.get(part.label)
        if row is None or "employee" not in part.lead.kinds or part.label == "customers.Customer":
            continue
        for name in part.fields:
            if part.model._meta.get_field(name).is_relation:
                continue
            value = getattr(row, name)
            if planted.mark in str(value) and not _is_kept_secret(f"{part.model._meta.label_lower}.{name}"):
                found.append((f"{part.label}.{name}", _as_told(value)))
    return found


def _is_kept_secret(key: str) -> bool:
    kept = declared.withheld.get(key)
    return kept is not None and kept.from_its_person


def _as_told(value: Any) -> str:
    """The value as JSON writes it inside the package."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode()
    return json.dumps(value, ensure_ascii=False)
