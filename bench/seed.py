"""An organization of realistic size to measure on: 40 reps with phones, 100,000 stores, one administrator."""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from bench import asked
from qince.core.access.models import Grant, Role
from qince.core.access.registry import BUILT_IN_ROLES
from qince.core.accounts.devices import new_token
from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Account, Device
from qince.core.organizations.models import Organization
from qince.core.people.models import Affiliation, Employee
from qince.core.privacy.gate import BACKGROUND, BASIC, LOCATION, use_scope
from qince.core.privacy.models import Consent, ConsentEntry
from qince.core.privacy.registry import declared
from qince.employee.attendance.models import Punch
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from qince.masterdata.customers.models import Assignment, Customer
from qince.sales.visits.models import VisitTemplate

REPS, STORES, STORES_PER_REP, LEADERS = 40, 100_000, 50, 4
STEPS = [
    {"id": "list", "kind": "checklist", "title": "Checklist", "required": True,
     "items": [{"id": "price", "title": "Price tags"}, {"id": "stock", "title": "In stock"}]},
    {"id": "note", "kind": "note", "title": "Note", "required": False},
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rep:
    id: UUID
    token: str
    stores: list[UUID]


@dataclass(frozen=True, slots=True)
class Seed:
    organization: UUID
    reps: list[Rep]
    template: UUID
    session: str
    leaders: list[Rep]  # one for each client
    tasks: list[list[UUID]]  # of each leader, waiting to be decided


def plant() -> Seed:
    """Fill an empty, migrated database."""
    organization = Organization.objects.create(
        name="基准企业",
        state="active",
        location="南京",
        industry="快消品",
        headcount=60,
        opened_by="administrator",
        settings={"location_tracking": "optional"},
    )
    with tenant(organization):
        for key, label in BUILT_IN_ROLES.items():
            Role.objects.create(key=key, name=str(label))
        stores = _stores()
        reps = [_rep(organization, number, stores) for number in range(REPS)]
        template = VisitTemplate.objects.create(name="Bench", steps=STEPS)
        session = _administrator(organization)
        leaders, tasks = _leaders(organization, reps)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Seed(organization.pk, reps, template.pk, session, leaders, tasks)


def _stores() -> list[UUID]:
    rows = (
        Customer(
            code=f"S{number:06d}",
            name=f"{'苏果好又多全家罗森'[number % 8 : number % 8 + 2]}便利店{number}",
            channel=("便利店", "超市", "大卖场", "夫妻店")[number % 4],
            tier="ABC"[number % 3],
            district=("玄武区", "秦淮区", "建邺区", "鼓楼区", "江宁区")[number % 5],
            address=f"中山路{number}号",
            lat=32.0 + (number % 1000) / 10_000,
            lng=118.7 + (number // 1000) / 1000,
        )
        for number in range(STORES)
    )
    found: list[UUID] = []
    while batch := [row for _index, row in zip(range(5000), rows, strict=False)]:
        Customer.objects.bulk_create(batch)
        found += [row.pk for row in batch]
    return found


def _employee(organization: Organization, name: str, number: int, role: str, reach: str) -> Employee:
    mobile = f"+86199{number:08d}"
    account = Account.objects.create(mobile=mobile)
    found = Employee.objects.create(
        name=name, mobile=mobile, number=f"E{number:04d}", account=account, status="active"
    )
    Affiliation.objects.create(account=account, organization=organization, employee_id=found.pk)
    Grant.objects.create(employee=found, role=Role.objects.get(key=role), reach=reach)
    for purpose in (*declared.purposes, *declared.agreements, use_scope("camera", "visit_photo")):
        _agree(found, purpose, BACKGROUND if purpose == LOCATION else "")
    return found


def _agree(employee: Employee, purpose: str, circumstances: str) -> None:
    now = clock.now()
    entry = ConsentEntry.objects.create(
        employee=employee, purpose=purpose, act="granted", circumstances=circumstances, notice_version="1",
        notice_hash="0" * 64, method="button", client="phone", occurred_at=now,
    )  # fmt: skip
    Consent.objects.create(
        employee=employee, purpose=purpose, is_granted=True, circumstances=circumstances, entry=entry, at=now
    )


def _rep(organization: Organization, number: int, stores: list[UUID]) -> Rep:
    found = _employee(organization, f"代表{number}", number, "rep", "self")
    mine = stores[number * STORES_PER_REP : (number + 1) * STORES_PER_REP]
    today = clock.now().date() - timedelta(days=30)
    Assignment.objects.bulk_create(
        Assignment(customer_id=key, employee=found, starts_on=today) for key in mine
    )
    _clock_in(found)
    return Rep(found.pk, _phone(organization, found), mine)


def _leaders(organization: Organization, reps: list[Rep]) -> tuple[list[Rep], list[list[UUID]]]:
    """Everybody has a leader, with requests to decide on."""
    leaders = [
        _employee(organization, f"经理{number}", 90_000 + number, "manager", "subordinates")
        for number in range(LEADERS)
    ]
    led = [[rep.id for rep in reps[number::LEADERS]] for number in range(LEADERS)]
    for leader, own in zip(leaders, led, strict=True):
        Employee.objects.filter(pk__in=own).update(leader=leader)
    rows = [list(Employee.objects.filter(pk__in=own).order_by("pk")) for own in led]
    phones = [Rep(leader.pk, _phone(organization, leader), []) for leader in leaders]
    return phones, asked.plant(leaders, rows)


def _phone(organization: Organization, found: Employee) -> str:
    token = new_token()
    Device.objects.create(
        account=found.account, organization=organization, employee_id=found.pk, kind="phone",
        token_digest=token_digest(token), confirmed_at=clock.now(), app_version="1.0.0", last_seen_at=clock.now(),
    )  # fmt: skip
    return token


def _clock_in(employee: Employee) -> None:
    """On duty: positions outside working time are refused."""
    now = clock.now()
    Punch.objects.create(
        employee=employee, kind=Punch.Kind.IN, at=now, device_time=now, received_at=now, verdict="manual",
        work_date=clock.local_date(now, employee.organization.time_zone),
    )  # fmt: skip


def _administrator(organization: Organization) -> str:
    """A signed-in browser's session key."""
    found = _employee(organization, "管理员", 99_999, "administrator", "organization")
    device = Device.objects.create(
        account=found.account, organization=organization, employee_id=found.pk, kind="console",
        token_digest=secrets.token_hex(32), confirmed_at=clock.now(), last_seen_at=clock.now(),
    )  # fmt: skip
    session = SessionStore()
    session.update(
        {
            "_auth_user_id": str(found.account_id),
            "_auth_user_backend": "django.contrib.auth.backends.ModelBackend",
            "_auth_user_hash": found.account.get_session_auth_hash(),
            "organization": str(organization.pk),
            "employee": str(found.pk),
            "device": str(device.pk),
        }
    )
    session.create()
    return str(session.session_key)


def dumps(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


__all__ = ["BASIC", "Rep", "Seed", "dumps", "plant", "uuid7"]
