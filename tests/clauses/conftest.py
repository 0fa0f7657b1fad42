"""Somebody who agreed to everything, at work: what withdrawing and the moments of consent are tried on."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.test import override_settings

from qince.core.accounts.models import Device
from qince.core.people.tests import factories as people
from qince.core.policy.actions import sign_assessment, write_assessment
from qince.core.privacy.gate import BACKGROUND, CAPACITY, LOCATION
from qince.core.privacy.registry import declared
from qince.core.privacy.tests.factories import agree, allow, decide
from qince.employee.attendance.faces.switching import switch
from qince.employee.attendance.models import WorkPlace
from qince.employee.attendance.privacy import FACE
from qince.employee.attendance.tests import factories as attendance
from qince.employee.leave.reckoning.terms import Terms
from qince.employee.leave.tests.factories import leave_type
from qince.engines.forms.tests import factories as forms
from qince.engines.sync.tests.factories import HERE
from qince.kit import clock
from qince.kit.tenancy import tenant
from qince.sales.routes.models import PlannedVisit
from qince.sales.tracking.tests import factories as tracks
from qince.sales.visits.tests import factories as visits
from tests.access.planting import phone_token
from tests.clauses.acts import ask_for_leave
from tests.standing import standing

# What can be taken back: everything that is asked, without one's own statement of age.
WITHDRAWABLE = sorted(set(declared.asked) - {CAPACITY})
EARLIER = datetime(2026, 1, 5, tzinfo=UTC)
QUESTIONS = forms.definition(
    forms.field("store", "text", "Store"),
    forms.field("allergy", "text", "Allergy", privacy=forms.SENSITIVE),
    forms.field("place", "location", "Place", privacy=forms.PLACE),
)


SERVICE = "127.0.0.1:9"  # nothing listens there; the operator allows it as a push service and a partner


def settled():
    """The settings the scene is set and played under."""
    from django.conf import settings

    partners = [*settings.PARTNER_LOCAL, SERVICE]
    return override_settings(OPERATOR_KEY="", FACES="off", PUSH_LOCAL=[SERVICE], PARTNER_LOCAL=partners)


@pytest.fixture(scope="module")
def standing_scene(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("scene")
    with settled(), standing(at_work, blocker=django_db_blocker, folder=folder) as found:
        yield found


@pytest.fixture
def scene(standing_scene, db, data_folder):
    """Somebody who agreed to everything, at work, with a phone, a browser and a request under way."""
    found = standing_scene.played(data_folder)
    with settled(), tenant(found.rep.organization_id):
        found.browser = people.browser(found.rep)
        yield found


def at_work():
    organization = people.organization()
    with tenant(organization):
        return _at_work(organization)


def _at_work(organization):
    WorkPlace.objects.create(name="总部", radius_m=150, **HERE)
    tracks.switch_on(organization)
    organization.settings |= {"location_approvals": "optional"}
    organization.save()
    rep = person()
    tracks.punch(rep, "in", tracks.NOON.replace(hour=8))
    planned = visits.store(rep, code="P1", name="计划店")
    today = clock.local_date(clock.now(), organization.time_zone)
    PlannedVisit.objects.create(employee=rep, customer=planned, on=today, sequence=1)
    office = forms.administrator()
    found = SimpleNamespace(
        rep=rep,
        office=office,
        phone=people.actor(rep, client="phone"),
        device=phone_of(rep),
        headers={"authorization": f"Bearer {phone_token(rep)}", "accept-language": "en"},
        template=visits.template(),
        form=forms.form(office, QUESTIONS),
        leave=leave_type(office, "事假", now=EARLIER, terms=Terms()),
        sick=leave_type(office, "病假", now=EARLIER, terms=Terms(is_health=True)),
        service=SimpleNamespace(url=f"http://{SERVICE}"),
        number=0,
    )
    attendance.group(rep, kind="free", week=["free"] * 7, photo="optional")
    allow(rep, "camera", "punch_photo")
    open_faces(office, rep)
    found.waiting = ask_for_leave(found, found.leave)
    return found


def open_faces(office, rep):
    """Weighed and signed for, then switched on; the camera allowed for it."""
    now = clock.now()
    texts = dict.fromkeys(("necessity", "effects", "measures"), "已评估")
    found = write_assessment(office, now=now, subject=FACE, risk="high", **texts)
    sign_assessment(people.actor(people.employee("陈静", roles=("privacy_officer",))), found, now=now)
    switch(office, is_on=True, now=now)
    rep.organization.refresh_from_db()
    allow(rep, "camera", "face")


def person():
    """A field worker with a leader, who agrees to whatever is asked."""
    boss = people.employee("周主管", roles=("manager",))
    rep = people.employee(leader=boss, roles=("rep",), email="wang@x.example")
    agree(rep)
    for purpose in WITHDRAWABLE:
        decide(rep, purpose, circumstances=BACKGROUND if purpose == LOCATION else "")
    return rep


def phone_of(employee):
    device = Device.objects.create(
        account=employee.account, organization=employee.organization, employee_id=employee.pk,
        kind=Device.Kind.PHONE, token_digest="0" * 64, confirmed_at=clock.now(),
    )  # fmt: skip
    allow(employee, "notifications", device_id=device.pk)
    return device
