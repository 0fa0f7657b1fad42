"""Every operation of the phone's API, read from its OpenAPI, with requests that name given rows."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any, get_args, get_origin
from uuid import UUID, uuid4

import msgspec

from qince.core.privacy import notice
from qince.engines.sync.registry import OperationType
from qince.engines.sync.registry import operations as sync_operations
from qince.engines.sync.tests.factories import evidence, operation
from qince.kit import clock
from qince.kit.ids import uuid7
from tests.access.planting import picture

BASE = "/api/phone/v1/"


class UnknownOperation(LookupError):
    """An operation whose parameters or body this generator cannot fill: teach it here, or it stays untested."""


@dataclass(frozen=True)
class Names:
    """What a request may name: ids by model label, and the hash of a file."""

    ids: dict[str, Any]
    sha256: str
    content: bytes = b""


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    body: Any = None
    headers: dict[str, str] | None = None


@dataclass(frozen=True)
class ApiOperation:
    id: str
    method: str
    path: str
    details: dict[str, Any]

    @property
    def body_name(self) -> str:
        """The schema of the body; `binary` for bytes; empty for none."""
        content = self.details.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        return schema.get("$ref", "").rpartition("/")[2] if schema else ("binary" if content else "")

    def requests(self, names: Names) -> Iterator[Request]:
        """The operation with every body that names the given rows."""
        parameters = [each["name"] for each in self.details.get("parameters", []) if each["in"] == "path"]
        path = self.path.format(**{name: _parameter(self.path, name, names) for name in parameters})
        if self.body_name not in BODIES:
            raise UnknownOperation(f"{self.method} {self.path}: what is a {self.body_name}?")
        for body, headers in BODIES[self.body_name](names):
            yield Request(self.method, path, body, headers)


def api_operations() -> list[ApiOperation]:
    from config.api import phone

    schema = phone.get_openapi_schema(path_prefix=BASE)
    return [
        ApiOperation(details["operationId"], method.upper(), path, details)
        for path, methods in schema["paths"].items()
        for method, details in methods.items()
    ]


IDS_IN_PATHS = {
    "device_id": "accounts.Device",
    "letter_id": "letters.Letter",
    "employee_id": "people.Employee",
    "case_id": "rights.Case",
    "copy_id": "erasure.Copy",
    "decision_id": "visits.CheckEvent",
    "recipient_id": "partners.Recipient",
    "subscription_id": "notifications.Subscription",
    "delegation_id": "approvals.Delegation",
    "instance_id": "approvals.Instance",
    "task_id": "approvals.Task",
    "turns_id": "attendance.FaceChallenge",
}
WORDS_IN_PATHS = {"code": "visits-place", "verdict": "approve", "act": "remark"}


def _parameter(path: str, name: str, names: Names) -> str:
    if name in ("sha256", "text_hash"):
        return names.sha256
    if name in WORDS_IN_PATHS:
        return WORDS_IN_PATHS[name]
    if name in IDS_IN_PATHS:
        return str(names.ids[IDS_IN_PATHS[name]])
    raise UnknownOperation(f"{path}: what is {name}?")


# --- Bodies by schema ---


def _nothing(names: Names) -> Iterator[Any]:
    yield None, None


def _chunk(names: Names) -> Iterator[Any]:
    """The file's own bytes, and others under its hash."""
    for content in (names.content, b"others"):
        headers = {
            "Upload-Offset": "0",
            "Upload-Length": str(len(content)),
            "Content-Type": "application/octet-stream",
        }
        yield content, headers


def _json(*bodies: dict[str, Any]) -> Any:
    return lambda names: iter([(json.dumps(body), {"Content-Type": "application/json"}) for body in bodies])


def _consent(names: Names) -> Iterator[Any]:
    """Under an id that is new, and under a used one."""
    for key in (uuid7(), names.ids["privacy.ConsentEntry"]):
        when = clock.now().isoformat()
        yield from _json({"id": str(key), "purpose": "improvement", "act": "declined", "occurred_at": when})(
            names
        )


def _permission(names: Names) -> Iterator[Any]:
    """Under an id that is new, and under a used one."""
    for key in (uuid7(), names.ids["privacy.ConsentEntry"]):
        told = {"id": str(key), "permission": "camera", "is_allowed": False, "source": "device_settings"}
        yield from _json({**told, "occurred_at": clock.now().isoformat()})(names)


def _decision(names: Names) -> Iterator[Any]:
    person = str(names.ids["people.Employee"])
    yield from _json({"comment": "x"}, {"comment": "x", "to": person, "people": [person]})(names)


def _several(names: Names) -> Iterator[Any]:
    yield from _json({"tasks": [str(names.ids["approvals.Task"])], "comment": "x"})(names)


def _deputy(names: Names) -> Iterator[Any]:
    now = clock.now()
    span = {"starts_at": now.isoformat(), "ends_at": (now + timedelta(days=1)).isoformat()}
    yield from _json({"to": str(names.ids["people.Employee"]), **span})(names)


def _change(names: Names) -> Iterator[Any]:
    for key in (uuid7(), names.ids["privacy.ConsentEntry"]):
        yield from _json({"id": str(key), "agrees": False, "notice_hash": "0" * 64})(names)


def _anew(names: Names) -> Iterator[Any]:
    for key in (uuid7(), names.ids["privacy.ConsentEntry"]):
        asked = {"purpose": "improvement", "agrees": False, "notice_hash": "0" * 64}
        yield from _json({"id": str(key), **asked})(names)


def _push(names: Names) -> Iterator[Any]:
    for kind in sync_operations.values():
        for sent in sync_payloads(kind, names):
            yield from _json({"operations": [sent]})(names)


def _complete(names: Names) -> Iterator[Any]:
    organization = str(names.ids["organization"])
    device = {"id": str(names.ids["accounts.Device"]), "name": "x", "platform": "x"}
    yield from _json({"ticket": "x", "organization": organization, "device": device})(names)


def _positions(names: Names) -> Iterator[Any]:
    """A point of now; no row can be named."""
    now = clock.now().isoformat()
    steady = {"elapsed_ms": 1000}
    point = {"at": now, "lat": 32.04, "lng": 118.77, "accuracy_m": 8.5, **steady}
    boot = str(uuid4())
    told = {"device_time": now, "boot": boot, **steady}
    yield from _json({"boot": boot, "clock": told, "points": [point]})(names)


def _case(names: Names) -> Iterator[Any]:
    """Under a new id and a used one, about a decision on the named row and about none."""
    for key in (uuid7(), names.ids["rights.Case"]):
        about = {"decision": "visits-place", "decision_id": str(names.ids["visits.CheckEvent"])}
        yield from _json({"id": str(key), "kind": "query"})(names)
        yield from _json({"id": str(key), "kind": "explain", **about})(names)


def _leave(names: Names) -> Iterator[Any]:
    for key in (uuid7(), names.ids["leave.LeaveType"]):
        day = clock.now().date().isoformat()
        asked = {"leave_type_id": str(key), "segments": [{"first": day, "last": day}]}
        yield from _json(asked, {**asked, "department_id": str(names.ids["people.Department"])})(names)


def _attendance(names: Names) -> Iterator[Any]:
    for key in (uuid7(), names.ids["attendance.TimeRequest"]):
        first, last = clock.now(), clock.now() + timedelta(hours=2)
        span = {"starts_at": first.isoformat(), "ends_at": last.isoformat(), "request_id": str(key)}
        department = str(names.ids["people.Department"])
        yield from _json({"kind": "overtime", **span})(names)
        yield from _json({"kind": "overtime", **span, "department_id": department})(names)
        yield from _json({"kind": "correction", **span, "on": first.date().isoformat()})(names)


def _prefill(names: Names) -> Iterator[Any]:
    for key in (uuid7(), names.ids["daily_reports.Template"]):
        day = clock.now().date().isoformat()
        yield from _json({"report_template_id": str(key), "period_on": day})(names)


def _words(names: Names) -> Iterator[Any]:
    for key in (uuid7(), names.ids["rights.Case"]):
        yield from _json({"id": str(key), "details": "x"})(names)


def _diagnostics(names: Names) -> Iterator[Any]:
    """Handing them over is a consent: it names the notice that was shown, here the general one."""
    yield from _json({"model": "x", "notice_hash": notice.current(None, "en").hash})(names)


BODIES: dict[str, Any] = {
    "Decision": _decision,
    "Several": _several,
    "NewDeputy": _deputy,
    "NewSubscription": _json({"endpoint": "https://push.example/x", "p256dh": "AAAA", "auth": "AAAA"}),
    "Address": _json({"channel": "email"}, {"channel": "carrier pigeon"}),
    "Choice": _json({"group": "other", "channel": "sms", "when": "never"}),
    "Quiet": _json(
        {"is_on": False, "starts": "21:00:00", "ends": "08:00:00", "days": [1], "zone": "Asia/Shanghai"}
    ),
    "NewCase": _case,
    "ProfileChange": _json({"values": {"nickname": "x"}, "visibility": {"nickname": "everybody"}}),
    "NewMobile": _json({"mobile": "13900000000"}, {"mobile": "13900000000", "code": "000000"}),
    "NewComplaint": _words,
    "NewFeedback": _words,
    "NewLegacy": _json({"wish": "keep"}, {"wish": ""}),
    "NewDiagnostics": _diagnostics,
    "NewSurvey": _json({"score": 3}),
    "LinkShown": _json({"token": "x"}),
    "Pushed": _json({"pushed": "none"}),
    "": _nothing,
    "binary": _chunk,
    "CodeRequest": _json({"mobile": "+8613900000000"}),
    "VerifyRequest": _json({"mobile": "+8613900000000", "code": "000000"}),
    "ScanCode": _json({"code": "AAAAAAAAAA"}),
    "ScanAnswer": _json({"code": "AAAAAAAAAA", "confirms": False}),
    "CancelRequest": _json({"ticket": "x", "device_id": str(uuid4())}),
    "CompleteRequest": _complete,
    "ConsentAct": _consent,
    "PermissionState": _permission,
    "PromptAsked": _json({"purpose": "improvement", "notice_hash": "0" * 64}),
    "ChangeAnswer": _change,
    "AnewAnswer": _anew,
    "Push": _push,
    "Positions": _positions,
    "LeavePreview": _leave,
    "RequestAsked": _attendance,
    "SwapAsked": _json({"on": clock.now().date().isoformat()}),
    "FacePictures": _json({"pictures": []}),
    "PrefillAsked": _prefill,
}

# --- Operations inside a push ---

# Ids that the phone makes itself; here they are taken from the named rows, so as to collide with them.
REFERENCES = {
    "visit_id": "visits.Visit",
    "customer_id": "customers.Customer",
    "planned_visit_id": "routes.PlannedVisit",
    "template_id": "visits.VisitTemplate",
    "work_place_id": "attendance.WorkPlace",
    "punch_id": "attendance.Punch",
    "form_id": "forms.Form",
    "assignment_id": "forms.Assignment",
    "submission_id": "forms.Submission",
    "leave_id": "leave.LeaveRequest",
    "event_id": "calendar.Event",
    "leave_type_id": "leave.LeaveType",
    "call_off_id": "leave.Cancellation",
    "correction_id": "attendance.Correction",
    "request_id": "attendance.TimeRequest",
    "swap_id": "attendance.Swap",
    "partner_id": "people.Employee",
    "report_id": "attendance.MonthReport",
    "daily_report_id": "daily_reports.Report",
    "report_template_id": "daily_reports.Template",
    "comment_id": "daily_reports.Comment",
    "department_id": "people.Department",
}
WORDS = {
    "kind": "in",
    "step_id": "shelf",
    "photos": [],
    "code": "",
    "face": None,
    "segments": [{"first": "2026-05-11", "last": "2026-05-11"}],
    "kept": [],
    "answer": {"text": "x"},
    "agrees": True,
    "evidence": None,
    "data": {},
    "period_on": clock.now().date().isoformat(),
    "end": "off",
    "slot": 0,
    "version": 1,
    "on": clock.now().date().isoformat(),
    "at": clock.now().isoformat(),
    "starts_at": clock.now().isoformat(),
    "ends_at": (clock.now() + timedelta(hours=1)).isoformat(),
    "reason": "x",
    "objection": "",
    "around": None,
    "is_field": False,
    "edition": 1,
    "text": "x",
    "title": "x",
    "zone": "Asia/Shanghai",
    "starts": "2026-05-11T09:00:00",
    "ends": "2026-05-11T10:00:00",
    "status": "accepted",
}


def sync_payloads(kind: OperationType, names: Names) -> Iterator[dict[str, Any]]:
    """Operations of one type: every combination of rows named and left out, under a new id and under a used one."""
    fields = {field.name: field for field in msgspec.structs.fields(kind.payload)}
    references = [name for name, field in fields.items() if _is_id(field.type)]
    for unknown in set(references) - set(REFERENCES):
        raise UnknownOperation(f"{kind.name}: whose id is {unknown}?")
    for named in product((True, False), repeat=len(references)):
        payload = {name: _word(name, field) for name, field in fields.items() if name not in references}
        for name, is_named in zip(references, named, strict=True):
            optional = not fields[name].required
            payload[name] = (
                str(names.ids[REFERENCES[name]]) if is_named else None if optional else str(uuid7())
            )
        for key in (uuid7(), names.ids["sync.Operation"]):
            yield operation(kind.name, payload, id=key)
        yield operation(kind.name, payload, after=[names.ids["sync.Operation"]])


def _is_id(kind: Any) -> bool:
    return kind is UUID or (get_origin(kind) is not list and UUID in get_args(kind))


def _word(name: str, field: Any) -> Any:
    if name == "evidence":
        return evidence()
    if name in WORDS:
        return WORDS[name]
    if not field.required:
        return field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    raise UnknownOperation(f"what may {name} be?")


def absent(names: Names) -> Names:
    """The same kinds of names, of rows that never were and of a file that nobody has sent."""
    content = picture(str(uuid4()))
    return Names(dict.fromkeys(names.ids, uuid7()), hashlib.sha256(content).hexdigest(), content)
