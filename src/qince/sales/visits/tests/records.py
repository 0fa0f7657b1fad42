"""Visits as rows, for tests of what the console shows. How a phone makes them is tested where it does."""

import hashlib
from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from qince.core.files.models import Blob
from qince.sales.routes.models import PlannedVisit
from qince.sales.visits.models import CheckEvent, Photo, Visit
from qince.sales.visits.tests.factories import HERE, STEPS


def evidence(at, *, verdict="inside", distance_m=18.0, **fields):
    return {
        "at": at,
        "device_time": at,
        "received_at": at + timedelta(seconds=3),
        "accuracy_m": 12.0,
        "distance_m": distance_m,
        "radius_m": 200,
        "verdict": verdict,
        "operation_hash": "ab" * 32,
        "envelope": {"app_version": "1.0.0"},
        **HERE,
        **fields,
    }


def planned(employee, customer, on):
    return PlannedVisit.objects.create(employee=employee, customer=customer, on=on)


def visit(employee, customer, *, on=None, plan=None, at=None, minutes=15, **fields):
    """A completed visit with both check events, an hour ago if today is that old; `minutes=None` leaves it open."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    at = at or max(timezone.now() - timedelta(hours=1), midnight)
    out = None if minutes is None else at + timedelta(minutes=minutes)
    fields = {"verdict": "inside", "distance_m": 18.0, "steps": STEPS, "flags": [], **fields}
    made = Visit.objects.create(
        employee=employee,
        customer=customer,
        planned_visit=plan,
        on=on or timezone.localdate(at),
        checked_in_at=at,
        checked_out_at=out,
        state="open" if out is None else "completed",
        **fields,
    )
    proof = {"verdict": made.verdict, "distance_m": made.distance_m}
    CheckEvent.objects.create(visit=made, kind="in", **evidence(at, **proof))
    if out:
        CheckEvent.objects.create(visit=made, kind="out", **evidence(out))
    return made


def picture(seed=0):
    """A small JPEG; another `seed`, another content."""
    out = BytesIO()
    Image.new("RGB", (640, 480), (seed * 37 % 255, 90, 160)).save(out, "JPEG")
    return out.getvalue()


def blob(employee, content=None):
    content = content or picture()
    sha256 = hashlib.sha256(content).hexdigest()
    name = default_storage.save(f"test/{sha256}", ContentFile(content))
    thumbnail = default_storage.save(f"test/{sha256}.thumbnail", ContentFile(content))
    return Blob.objects.create(
        sha256=sha256, size=len(content), media_type="image/jpeg", width=640, height=480, is_evidence=True,
        storage_name=name, thumbnail_name=thumbnail, uploaded_by=employee,
    )  # fmt: skip


def photo(visit, content=None, *, has_arrived=True, at=None, step="shelf"):
    content = content or picture()
    at = at or visit.checked_in_at
    found = blob(visit.employee, content) if has_arrived else None
    return Photo.objects.create(
        visit=visit, step_id=step, sha256=hashlib.sha256(content).hexdigest(), size=len(content), taken_at=at,
        blob=found, **evidence(at),
    )  # fmt: skip
