"""A rep with stores, and the operations of a visit."""

from datetime import timedelta

from qince.core.people.tests import factories as people
from qince.core.privacy.gate import AT_THE_ACT, ENTRY, LOCATION, use_scope
from qince.core.privacy.models import Consent, ConsentEntry
from qince.engines.sync.tests.factories import HERE, evidence, operation
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.masterdata.customers.models import Assignment, Customer
from qince.sales.visits.models import VisitTemplate

STEPS = [
    {"id": "shelf", "kind": "photo", "title": "Shelf photo", "required": True, "minimum": 1},
    {
        "id": "list",
        "kind": "checklist",
        "title": "Checklist",
        "required": True,
        "items": [{"id": "price", "title": "Price tags"}, {"id": "stock", "title": "In stock"}],
    },
    {"id": "note", "kind": "note", "title": "Note", "required": False},
]


def consent(employee, purpose, circumstances=""):
    now = clock.now()
    entry = ConsentEntry.objects.create(
        employee=employee, purpose=purpose, act="granted", circumstances=circumstances, notice_version="1",
        notice_hash="0" * 64, method="button", client="phone", occurred_at=now,
    )  # fmt: skip
    return Consent.objects.create(
        employee=employee, purpose=purpose, is_granted=True, circumstances=circumstances, entry=entry, at=now
    )


def rep(name="王芳", *, location=True, **fields):
    found = people.employee(name, roles=["rep"], **fields)
    for each in (*ENTRY, use_scope("camera", "visit_photo")):
        consent(found, each)
    if location:
        consent(found, LOCATION, AT_THE_ACT)
    return found


def store(employee=None, *, code=None, **fields):
    fields = {"name": "苏果便利(中山路店)", "radius_m": 200, **HERE, **fields}
    found = Customer.objects.create(code=code or str(uuid7())[-12:], **fields)
    if employee:
        Assignment.objects.create(
            customer=found, employee=employee, starts_on=clock.now().date() - timedelta(days=30)
        )
    return found


def template(steps=STEPS):
    return VisitTemplate.objects.create(name="标准拜访", steps=steps)


def check_in(customer, *, visit_id=None, template=None, reason="", **where):
    payload = {
        "visit_id": str(visit_id or uuid7()),
        "customer_id": str(customer.pk),
        "planned_visit_id": None,
        "template_id": str(template.pk) if template else None,
        "reason": reason,
        "evidence": evidence(**where),
    }
    return operation("visits.check_in", payload)


def record_step(visit_id, step_id, answer=None, photos=(), after=(), **where):
    proof = evidence(**where)
    taken = [
        {"sha256": sha, "size": 1000, "taken_at": proof["device_time"], "evidence": proof} for sha in photos
    ]
    payload = {"visit_id": visit_id, "step_id": step_id, "answer": answer, "photos": taken, "evidence": proof}
    return operation("visits.record_step", payload, after=after)


def check_out(visit_id, *, after=(), summary="", unproductive_reason="", **where):
    payload = {
        "visit_id": visit_id,
        "summary": summary,
        "unproductive_reason": unproductive_reason,
        "evidence": evidence(**where),
    }
    return operation("visits.check_out", payload, after=after)
