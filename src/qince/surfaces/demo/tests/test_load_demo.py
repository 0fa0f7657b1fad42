"""The demo is made by the ordinary code, obeys the ordinary rules, and is made once."""

import io

import pytest
from django.core.management import call_command

from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.employee.attendance.models import Punch
from qince.engines.sync.models import Operation
from qince.kit.tenancy import tenant
from qince.masterdata.customers.models import Assignment, Customer
from qince.masterdata.products.models import Product
from qince.sales.routes.models import PlannedVisit
from qince.sales.visits.models import Photo, Visit
from qince.surfaces.demo.company import NAME, PASSWORD


@pytest.fixture
def blobs(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "blobs"},
        }
    }


def load(days=1):
    out = io.StringIO()
    call_command("load_demo", days=days, stdout=out)
    return out.getvalue()


def counts():
    with tenant(Organization.objects.get(name=NAME)):
        return {
            model.__name__: model.objects.count()
            for model in (
                Employee,
                Customer,
                Product,
                Assignment,
                PlannedVisit,
                Visit,
                Photo,
                Punch,
                Operation,
            )
        }


def test_the_demo_holds_the_example_files_and_a_lived_in_day(db, blobs, settings):
    assert "password" in load()
    found = counts()
    assert (found["Employee"], found["Customer"], found["Product"]) == (60, 1200, 150)
    assert found["Visit"] > 100
    assert found["Photo"] >= found["Visit"] * 0.8
    with tenant(Organization.objects.get(name=NAME)):
        assert not Photo.objects.filter(blob__isnull=True).exists()
        assert set(Operation.objects.values_list("state", flat=True)) == {"accepted"}
        planned = set(PlannedVisit.objects.values_list("status", flat=True))
        assert {"planned", "done", "missed"} <= planned
        verdicts = set(Visit.objects.values_list("verdict", flat=True))
        assert {"inside", "manual"} <= verdicts
    assert "already" in load()
    out = io.StringIO()
    settings.DEVELOPER_OUTBOX = True
    call_command("next_steps", address="http://127.0.0.1:8000", stdout=out)
    assert PASSWORD in out.getvalue()
    assert counts() == found
