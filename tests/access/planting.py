"""Organizations with one row of every tenant's model, each text field holding a mark that must not leave them.

Rows are made from the models themselves, so a new model is planted without a word here; one with rules of its own says
them in `VALUES`.
"""

import hashlib
import io
from dataclasses import dataclass, field
from datetime import time, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from PIL import Image

from qince.core.accounts.models import Device
from qince.core.files.actions import receive_chunk
from qince.core.people.tests import factories as people
from qince.core.privacy.gate import BACKGROUND, LOCATION
from qince.core.privacy.models import Consent
from qince.core.privacy.tests.factories import agree
from qince.engines.approvals.flow.schema import SIMPLE, as_stored
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.kit.tenancy import TenantModel, tenant
from qince.sales.tracking.privacy import TRACKING

ROLES = ("rep", "manager", "administrator", "auditor", "privacy_officer", "none")
STEPS = [{"id": "shelf", "kind": "photo", "title": "{mark} shelf", "required": True, "minimum": 1}]
_numbers = count(1)


def tenant_models() -> list[type[models.Model]]:
    """Every tenant's model, those referred to before those that refer."""
    left = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    order: list[type[models.Model]] = []
    while left:
        ready = [model for model in left if not (_needs(model) - {model}) & set(left)]
        assert ready, f"references in a circle: {left}"
        order += ready
        left = [model for model in left if model not in ready]
    return order


def _needs(model: type[models.Model]) -> set[type[models.Model]]:
    return {each.related_model for each in model._meta.fields if each.is_relation}  # type: ignore[misc]


@dataclass
class Planted:
    """What one person in an organization has: rows by model label, and the mark in their texts."""

    organization: Any
    employee: Any
    mark: str
    rows: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, UUID] = field(default_factory=dict)
    hashes: set[str] = field(default_factory=set)

    @property
    def ids(self) -> dict[str, UUID]:
        return {label: row.pk for label, row in self.rows.items()}

    def ids_for(self, route: Any) -> dict[str, Any]:
        """Ids by what a route's parameters are; an upload belongs to the resource it was made for."""
        return {**self.ids, "upload": self.uploads.get(route.resource.key if route.resource else "", uuid4())}


def plant(organization: Any, employee: Any, mark: str, device: Any = None) -> Planted:
    """One row of every tenant's model, belonging to `employee` where rows belong to somebody."""
    planted = Planted(organization, employee, mark)
    planted.rows["accounts.Device"] = device or _device(employee, mark)
    with tenant(organization):
        for model in tenant_models():
            planted.rows[model._meta.label] = _row(model, planted)
        planted.uploads = _uploads(employee, mark)
    return planted


def _row(model: type[models.Model], planted: Planted) -> Any:
    label = model._meta.label
    if label == "people.Employee":
        return planted.employee
    if label == "files.Blob":
        return _blob(planted)
    if label == "privacy.Consent":
        return Consent.objects.filter(employee=planted.employee).first()
    if _is_one_per_organization(model) and (there := model.objects.first()):  # type: ignore[attr-defined]
        return there
    values = {each.name: _value(each, planted) for each in model._meta.fields if _is_free(each)}
    values |= {name: make(planted) for name, make in VALUES.get(label, {}).items()}
    return model.objects.create(**values)  # type: ignore[attr-defined]


def _is_one_per_organization(model: type[models.Model]) -> bool:
    """Whether an organization has one such row at most: a second person planted in it shares the first one's."""
    return any(getattr(each, "fields", None) == ("organization",) for each in model._meta.constraints)


def _is_free(each: models.Field) -> bool:  # type: ignore[type-arg]
    return not each.primary_key and each.name != "organization"


def _value(each: Any, planted: Planted) -> Any:
    if each.is_relation:
        label = each.related_model._meta.label
        return None if each.related_model is each.model else planted.rows.get(label)
    if each.choices:
        return each.choices[0][0]
    if each.name.endswith(("sha256", "hash")) and each.max_length == 64:
        return _hash(planted)
    if isinstance(each, models.EmailField):
        return f"{planted.mark}{next(_numbers)}@x.example".lower()
    if isinstance(each, models.CharField | models.TextField):
        return f"{planted.mark}{next(_numbers)}"[: each.max_length]
    return _plain(each)


def _plain(each: Any) -> Any:
    if each.has_default() and not isinstance(each, models.UUIDField):
        return each.get_default()
    for kind, value in PLAIN.items():
        if isinstance(each, kind):
            return value()
    raise TypeError(f"{each}: say in planting.py how such a field is filled")


PLAIN: dict[Any, Any] = {
    models.DateTimeField: lambda: clock.now() - timedelta(minutes=5),
    models.TimeField: lambda: clock.now().time(),
    models.DateField: lambda: clock.now().date(),
    models.BooleanField: lambda: True,
    models.FloatField: lambda: 32.04,
    models.DecimalField: lambda: 1,
    models.IntegerField: lambda: next(_numbers) % 5 + 1,
    models.UUIDField: uuid4,
    models.BinaryField: lambda: b"\0" * 32,
    models.JSONField: dict,
}


def _hash(planted: Planted) -> str:
    found = hashlib.sha256(f"{planted.mark}{next(_numbers)}".encode()).hexdigest()
    planted.hashes.add(found)
    return found


# Fields whose meaning a type cannot tell.
VALUES: dict[str, dict[str, Any]] = {
    "people.Department": {"path": lambda p: f"{uuid7()}/"},
    "people.Membership": {"ends_on": lambda p: None},
    "people.ReportingLine": {
        "ends_on": lambda p: clock.now().date()
    },  # a past one: the present may stand already
    "access.Role": {"key": lambda p: "", "permissions": lambda p: ["people.view"]},
    "access.SavedView": {
        "resource": lambda p: "people:employees",
        "query": lambda p: "",
        "is_shared": lambda p: True,
    },
    "privacy.ConsentEntry": {"purpose": lambda p: "improvement", "circumstances": lambda p: ""},
    "audit.Entry": {
        "target_kind": lambda p: "people.employee",
        "target_id": lambda p: p.employee.pk,
        "actor_id": lambda p: p.employee.pk,
        "action": lambda p: "organizations.edit",  # an instruction, and so in both lists
        "changes": lambda p: {"position": [p.mark, p.mark]},
        "digest": lambda p: b"\0" * 32,
        "sequence": lambda p: None,
        "link": lambda p: None,
    },
    "letters.Letter": {"values": lambda p: {"title": p.mark, "body": p.mark}, "read_at": lambda p: None},
    "approvals.Flow": {"draft": lambda p: as_stored(SIMPLE)},
    "approvals.FlowVersion": {"body": lambda p: as_stored(SIMPLE)},
    "approvals.Step": {"node": lambda p: "leader", "kind": lambda p: "approve"},
    "approvals.Task": {"state": lambda p: "pending"},
    "approvals.Delegation": {
        "delegate": lambda p: people.employee(f"{p.mark}deputy"),
        "ends_at": lambda p: clock.now() + timedelta(days=1),
    },
    "erasure.Erasure": {
        "subject_id": lambda p: None,
        "account_id": lambda p: None,
        "state": lambda p: "done",
    },
    "erasure.Copy": {
        "state": lambda p: "gone",
        "name": lambda p: "",
        "mobile": lambda p: "",
        "email": lambda p: "",
    },
    "erasure.Hold": {"model": lambda p: "visits.visit", "released_at": lambda p: None},
    "guardians.Minor": {
        "stage": lambda p: "consented",
        "erase_from": lambda p: None,
        "erase_by": lambda p: None,
    },
    "guardians.Guardian": {"ended_at": lambda p: None, "proof": lambda p: None},
    "guardians.AgeReview": {"closed_at": lambda p: None},
    "certification.Certification": {"state": lambda p: "rejected"},  # of the others there is one at a time
    "watch.StaffAccess": {  # of somebody else: whoever acts under a ticket only reads
        "employee": lambda p: person(f"{p.mark}guest"),
        "instruction": lambda p: None,
        "ends_at": lambda p: clock.now() + timedelta(hours=1),
        "closed_at": lambda p: None,
    },
    "processing.Archive": {
        "state": lambda p: "ready",
        "language": lambda p: "en",
        "expires_at": lambda p: clock.now() + timedelta(days=1),
    },
    "lifecycle.Term": {"edition": lambda p: "paid", "ends_on": lambda p: clock.now().date()},
    "lifecycle.Handover": {"state": lambda p: "accepted"},
    "lifecycle.Cancellation": {"state": lambda p: "withdrawn"},
    "partners.Recipient": {"region": lambda p: "CN", "secret": lambda p: None, "version": lambda p: 1},
    "partners.ConsentText": {"version": lambda p: 1},
    "notifications.QuietHours": {"zone": lambda p: "Asia/Shanghai", "is_on": lambda p: False},
    "notifications.Preference": {"group": lambda p: "other"},
    "files.Upload": {"size": lambda p: 1000, "received": lambda p: 0},
    "sync.Operation": {"id": lambda p: uuid7(), "body": lambda p: None},
    "customers.Customer": {
        "lng": lambda p: 118.77,
        "given_lng": lambda p: 118.77,
        "contact_phone": lambda p: "",
    },
    "customers.Assignment": {"ends_on": lambda p: None},
    "customers.SupplyLink": {"ends_on": lambda p: None},
    "routes.Route": {"ends_on": lambda p: None},
    "profile.Profile": {"picture": lambda p: None, "visibility": lambda p: {}},
    "rights.Case": {  # overdue, so that one may complain
        "authorization": lambda p: "waiting",
        "due_on": lambda p: clock.now().date() - timedelta(days=2),
    },
    "audit.Head": {"on": lambda p: clock.now().date() - timedelta(days=next(_numbers))},
    "rights.CalendarDay": {"on": lambda p: clock.now().date() + timedelta(days=next(_numbers))},
    "rights.CaseFile": {"sealed": lambda p: _sealed(p), "erased_at": lambda p: None},
    "forms.Form": {
        "code": lambda p: f"form{next(_numbers)}",
        "draft": lambda p: _definition_of(p),
        "number": lambda p: 1,
        "state": lambda p: "published",
    },
    "forms.FormVersion": {"definition": lambda p: _definition_of(p), "number": lambda p: 1},
    "forms.Assignment": {"ends_on": lambda p: None, "due_day": lambda p: 0, "is_active": lambda p: True},
    "forms.AssignmentTarget": {"department": lambda p: None},
    "forms.Submission": {
        "facts": lambda p: {"store": p.mark},
        "answers": lambda p: {"clerk": p.mark},
        "sealed": lambda p: {"allergy": p.mark},
        "version": lambda p: 1,
    },
    "forms.AppToken": {"revoked_at": lambda p: None},
    "products.Product": {"picture": lambda p: None},  # shown to all: the photo of a visit must not be
    "attendance.WorkPlace": {"lng": lambda p: 118.77, "bssids": lambda p: [], "beacons": lambda p: []},
    "attendance.Punch": {
        "lng": lambda p: 118.77,
        "risks": lambda p: [],
        "zone": lambda p: "Asia/Shanghai",
    },
    "attendance.ShiftVersion": {
        "starts_on": lambda p: clock.now().date() - timedelta(days=400),
        "definition": lambda p: {"slots": [{"on": 540, "off": 1080}]},
    },
    "attendance.GroupVersion": {
        "effective_from": lambda p: clock.now().date() - timedelta(days=400),
        "definition": lambda p: {"week": [str(p.rows["attendance.Shift"].pk)] * 5 + [None, None]},
    },
    "attendance.Member": {"department": lambda p: None, "ends_on": lambda p: None},
    "attendance.RosterEntry": {"on": lambda p: clock.now().date()},
    "attendance.PunchPhoto": {"measured": lambda p: None, "finding": lambda p: ""},
    "attendance.FaceChallenge": {"acts": lambda p: ["left", "right"]},
    "attendance.FaceTemplate": {"features": lambda p: None, "pictures": lambda p: []},
    "attendance.Correction": {"result": lambda p: "", "zone": lambda p: "Asia/Shanghai"},
    "attendance.DayResult": {"points": lambda p: [], "status": lambda p: "normal"},
    "attendance.MonthReport": {"month": lambda p: clock.now().date().replace(day=1)},
    "attendance.Swap": {
        "partner": lambda p: people.employee(f"{p.mark}partner"),
        "partner_shift": lambda p: None,
        "zone": lambda p: "Asia/Shanghai",
    },
    "attendance.TimeRequest": {
        "ends_at": lambda p: clock.now() + timedelta(hours=1),
        "zone": lambda p: "Asia/Shanghai",
    },
    "leave.LeaveType": {"template": lambda p: ""},
    "leave.TypeVersion": {
        "effective_from": lambda p: clock.now().date() - timedelta(days=400),
        "definition": lambda p: {"grant": "fixed", "amount": "20"},
    },
    "leave.LedgerEntry": {
        "kind": lambda p: "grant",
        "lot": lambda p: "adjust:planted",
        "valid_to": lambda p: clock.now().date() + timedelta(days=30),
        "day": lambda p: None,
    },
    "leave.LeaveRequest": {"segments": lambda p: [], "state": lambda p: "rejected"},
    "leave.Cancellation": {"kept": lambda p: [], "state": lambda p: "rejected"},
    "leave.Paper": {"media_type": lambda p: "image/png"},
    "daily_reports.TemplateVersion": {
        "effective_from": lambda p: clock.now().date() - timedelta(days=400),
        "number": lambda p: 1,
        "definition": lambda p: _report_fields(p),
        "rule": lambda p: {"basis": "every"},
        "is_for_everybody": lambda p: True,
    },
    "daily_reports.Report": {
        "period_on": lambda p: clock.now().date(),
        "ends_on": lambda p: clock.now().date(),
        "edition": lambda p: 2,
        "answers": lambda p: {"done": p.mark},
        "marks": lambda p: {"done": "hand"},
    },
    "daily_reports.Edition": {"number": lambda p: 1, "answers": lambda p: {"done": p.mark}},
    "daily_reports.Obligation": {
        "period_on": lambda p: clock.now().date(),
        "ends_on": lambda p: clock.now().date(),
        "late_until": lambda p: clock.now() + timedelta(hours=5),
        "reason": lambda p: "",
        "facts": lambda p: {},
    },
    "daily_reports.Receipt": {"read_edition": lambda p: 0},
    "daily_reports.Comment": {"taken_back_at": lambda p: None},
    "calendar.Event": {
        "zone": lambda p: "Asia/Shanghai",
        "rrule": lambda p: "FREQ=DAILY",
        "exdates": lambda p: [],
        "all_day": lambda p: False,
        "starts_on": lambda p: clock.now().date(),
        "ends_on": lambda p: clock.now().date(),
        "starts_time": lambda p: time(9),
        "ends_time": lambda p: time(10),
        "original_on": lambda p: None,
        "original_time": lambda p: None,
        "spans_from": lambda p: clock.now().date(),
        "spans_to": lambda p: None,
    },
    "calendar.AgendaShare": {"viewer": lambda p: people.employee(f"{p.mark}viewer")},
    "calendar.CalendarKey": {"revoked_at": lambda p: None},
    "visits.VisitTemplate": {"steps": lambda p: _steps(p)},
    "visits.Visit": {"steps": lambda p: _steps(p), "unproductive_reason": lambda p: ""},
    "visits.CheckEvent": {"lng": lambda p: 118.77},
    "visits.StepRecord": {"step_id": lambda p: "shelf", "kind": lambda p: "photo", "answer": lambda p: None},
    "visits.Photo": {
        "lng": lambda p: 118.77,
        "step_id": lambda p: "shelf",
        "sha256": lambda p: p.rows["files.Blob"].sha256,
    },
}


def _sealed(planted: Planted) -> bytes:
    from qince.core.rights.papers import LABEL
    from qince.kit.vault import api as vault

    content = f"{planted.mark}{next(_numbers)}".encode()
    return vault.seal(planted.organization.pk, planted.rows["rights.Case"].pk, LABEL, content)


def _definition_of(planted: Planted) -> dict[str, Any]:
    from qince.engines.forms.schema import write
    from qince.engines.forms.tests.factories import audit

    return write(audit(title=f"{planted.mark} audit"))


def _report_fields(planted: Planted) -> dict[str, Any]:
    from qince.employee.daily_reports.tests.scene import FIELDS

    return {**FIELDS, "title": {"zh-Hans": f"{planted.mark} report"}}


def _steps(planted: Planted) -> list[dict[str, Any]]:
    return [{**step, "title": step["title"].format(mark=planted.mark)} for step in STEPS]


def picture(text: str) -> bytes:
    """A small JPEG whose bytes differ with `text`."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), tuple(hashlib.sha256(text.encode()).digest()[:3])).save(
        out, "JPEG", comment=text.encode()
    )
    return out.getvalue()


def _blob(planted: Planted) -> Any:
    """A picture, sent as phones send it."""
    content = picture(f"{planted.mark}{next(_numbers)}")
    sha256 = hashlib.sha256(content).hexdigest()
    planted.hashes.add(sha256)
    actor = people.actor(planted.employee, client="phone")
    return receive_chunk(actor, sha256=sha256, offset=0, size=len(content), chunk=content, is_evidence=True)


def _uploads(employee: Any, mark: str) -> dict[str, UUID]:
    """A table kept between dry run and import, for every resource that imports."""
    from qince.kit.resource import uploads
    from tests.access.routes import console_routes

    found = {}
    for resource in {
        route.resource.key: route.resource for route in console_routes() if route.resource
    }.values():
        if resource.imports is None:
            continue
        heading = ",".join(str(each.label) for each in resource.imports.fields)
        file = SimpleUploadedFile(f"{mark}.csv", f"{heading}\n{mark}\n".encode())
        found[resource.key] = UUID(uploads.keep(people.actor(employee), resource.key, file).id)
    found[""] = _calendar_file(employee, mark)
    return found


def _calendar_file(employee: Any, mark: str) -> UUID:
    """Events that somebody is about to take over."""
    from qince.employee.calendar.views.importing import KEPT_AS
    from qince.kit.resource import uploads

    event = f"BEGIN:VEVENT\r\nUID:{mark}\r\nDTSTART:20260310T010000Z\r\nSUMMARY:{mark}\r\nEND:VEVENT"
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}\r\nEND:VCALENDAR\r\n"
    actor = people.actor(employee)
    kept = uploads.keep(actor, KEPT_AS, SimpleUploadedFile(f"{mark}.ics", text.encode()))
    kept.texts = ["busy"]
    kept.save(actor.organization_id)
    return UUID(kept.id)


def _device(employee: Any, mark: str, **fields: Any) -> Any:
    values = {
        "account_id": employee.account_id,
        "organization_id": employee.organization_id,
        "employee_id": employee.pk,
        "kind": Device.Kind.PHONE,
        "name": f"{mark} phone",
        "token_digest": hashlib.sha256(f"{mark}{uuid4()}".encode()).hexdigest(),
        "app_device_id": uuid4(),
        "confirmed_at": clock.now(),
        "last_seen_at": clock.now(),
        **fields,
    }
    return Device.objects.create(**values)


def phone_token(employee: Any) -> str:
    """A token of a confirmed phone of `employee`."""
    from qince.core.accounts.devices import new_token
    from qince.core.accounts.keys import token_digest

    token = new_token()
    _device(employee, "own", token_digest=token_digest(token))
    return token


def crew(organization: Any, mark: str = "") -> dict[str, Any]:
    """One employee per role, all agreed to the notice; `none` holds no role. The rep reports to the manager."""
    with tenant(organization):
        found: dict[str, Any] = {}
        for role in ("administrator", "manager", "auditor", "privacy_officer", "none", "rep"):
            leader = found["manager"] if role == "rep" else None
            found[role] = person(
                f"{mark}{role}", roles=() if role == "none" else (role,), leader=leader, mark=mark
            )
        return found


def person(name: str, *, roles: Any = (), leader: Any = None, mark: str = "") -> Any:
    """An employee who agreed to the notice and to be located; call inside the tenant."""
    texts = {"position": f"{mark}position", "email": f"{mark or 'own'}{next(_numbers)}@x.example".lower()}
    found = people.employee(name, roles=roles, leader=leader, **texts)
    agree(found, f"{LOCATION}:{BACKGROUND}", TRACKING)
    return found
