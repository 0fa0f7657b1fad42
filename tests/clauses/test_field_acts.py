"""Acts in the field against the agreement: what is taken, under which consent, and what remains without it."""

import pytest

from qince.core.people.forms import EmployeeForm
from qince.core.people.tests import factories as people
from qince.core.privacy.gate import AT_THE_ACT, BACKGROUND, LOCATION, ConsentRequired, Standing
from qince.core.privacy.permissions import DEVICE_SETTINGS
from qince.core.privacy.registry import Kind, Personal, declared
from qince.core.privacy.tests.factories import agree, allow, decide
from qince.employee.attendance.models import Punch, WorkPlace
from qince.engines.sync.models import Operation
from qince.engines.sync.pull import pull
from qince.engines.sync.tests.factories import HERE, punch, push
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.sales.visits.models import CheckEvent, Visit
from qince.sales.visits.tests import factories as visits

pytestmark = pytest.mark.django_db
FAR = {"lat": HERE["lat"] + 0.05, "lng": HERE["lng"]}


@pytest.fixture
def rep(inside):
    WorkPlace.objects.create(name="总部", radius_m=150, **HERE)
    found = people.employee(roles=("rep",))
    agree(found)
    return found


def phone(rep):
    return people.actor(rep, client="phone")


def only(answers):
    [answer] = answers.values()
    return answer


def with_location(rep):
    decide(rep, LOCATION, circumstances=AT_THE_ACT)


@pytest.mark.clause("C2.2.1-02")
def test_a_clock_in_without_position_counts_and_is_marked_manual(rep):
    decide(rep, LOCATION, "declined", "never")
    refused = only(push(phone(rep), punch()))
    assert (refused.state, refused.code) == ("rejected", "consent_required")
    assert not Punch.objects.exists()
    taken = only(push(phone(rep), punch(manual="集庆门大街公交站旁")))
    assert (taken.state, taken.result["verdict"]) == ("accepted", "manual")
    kept = Punch.objects.get()
    assert (kept.lat, kept.lng, kept.accuracy_m, kept.envelope["position"]) == (None, None, None, None)


@pytest.mark.clause("C2.2.4-01")
def test_inside_outside_and_without_position_are_three_marks(rep):
    with_location(rep)
    sent = [punch(), punch(**FAR), punch(manual="客户仓库")]
    assert [only(push(phone(rep), each)).result["verdict"] for each in sent] == [
        "inside",
        "outside",
        "manual",
    ]


@pytest.mark.clause("C2.2.4-15")
def test_an_approximate_position_counts_and_is_marked_so_wherever_the_act_is_shown(rep, in_english):
    """A phone that gives its position only to the kilometre: taken as it is, never taken for precise, never refused."""
    with_location(rep)
    taken = only(push(phone(rep), punch(accuracy_m=2000.0)))
    assert (taken.state, taken.result["verdict"]) == ("accepted", "uncertain")
    arriving, _leaving = visit(rep, visits.store(rep), accuracy_m=3000.0)
    assert arriving.state == "accepted"
    precise = only(push(phone(rep), punch(kind="out", accuracy_m=40.0)))
    assert precise.state == "accepted"
    flags = dict(Punch.objects.values_list("kind", "flags"))
    assert (flags["in"], flags["out"]) == (["approximate"], [])
    boss = people.browser(people.employee("周主任", roles=["administrator"]))
    english = {"accept-language": "en"}
    sheet = boss.get("/attendance/", headers=english).content.decode()
    page = boss.get(f"/visits/{Visit.objects.get().pk}/", headers=english).content.decode()
    assert sheet.count("Approximate position") == 1
    assert page.count("Approximate position") >= 2  # at checking in and at checking out


def test_only_as_precise_as_the_device_allows_is_no_reason_to_refuse(rep):
    """Off is another thing than approximate: then nothing is taken, and the place in words counts."""
    with_location(rep)
    allow(rep, "location", allowed=False, source=DEVICE_SETTINGS)
    refused = only(push(phone(rep), punch(accuracy_m=2000.0)))
    assert (refused.state, refused.code) == ("rejected", "permission_revoked")
    assert only(push(phone(rep), punch(manual="门口"))).result["verdict"] == "manual"


@pytest.mark.clause("C2.2.3-03")
def test_a_refused_clock_in_stays_in_the_log_with_its_reason(rep):
    push(phone(rep), punch())
    logged = Operation.objects.get()
    assert (logged.employee_id, logged.type) == (rep.pk, "attendance.punch")
    assert (logged.state, logged.code) == ("rejected", "consent_required")


def visit(rep, store, **where):
    """Check in and out again, elsewhere for `where`; the answers."""
    arriving = visits.check_in(store, reason="店已搬迁", **where)
    leaving = visits.check_out(
        arriving["payload"]["visit_id"], after=[arriving["id"]], summary="已沟通", **where
    )
    return list(push(phone(rep), arriving, leaving).values())


@pytest.mark.clause("C2.2.4-04")
def test_a_visit_keeps_two_points_and_no_third(rep):
    with_location(rep)
    assert {answer.state for answer in visit(rep, visits.store(rep))} == {"accepted"}
    points = CheckEvent.objects.order_by("at").values_list("kind", "lat")
    assert list(points) == [("in", HERE["lat"]), ("out", HERE["lat"])]


@pytest.mark.clause("C2.2.1-03")
def test_a_visit_out_of_range_is_marked_and_not_lost(rep):
    with_location(rep)
    visit(rep, visits.store(rep), **FAR)
    kept = Visit.objects.get()
    assert (kept.verdict, kept.state) == ("outside", "completed")
    assert all(event.distance_m > 5000 for event in CheckEvent.objects.all())


@pytest.mark.clause("C0-12")
def test_after_agreeing_everything_additional_still_asks(rep):
    standing = Standing(rep.pk)
    for purpose, circumstances in ((LOCATION, AT_THE_ACT), (LOCATION, BACKGROUND), ("improvement", "")):
        with pytest.raises(ConsentRequired) as refused:
            standing.require(purpose, circumstances)
        assert (refused.value.code, refused.value.status) == ("consent_required", 403)


@pytest.mark.clause("C2.0-03", "C2.0-09", "C2.1.1-09")
def test_a_day_works_with_every_additional_thing_empty_or_declined(inside):
    """No number, position, e-mail or date; no location, no improvement: clocking in, visiting and fetching go on."""
    bare = people.employee("张三", roles=("rep",), number="", position="", email="", hired_on=None)
    agree(bare)
    decide(bare, LOCATION, "declined", "never")
    decide(bare, "improvement", "declined")
    assert only(push(phone(bare), punch(manual="家门口"))).state == "accepted"
    assert {answer.state for answer in visit(bare, visits.store(bare), manual="店里")} == {"accepted"}
    assert Visit.objects.get().verdict == "manual"
    fetched = pull(people.actor(bare, client="phone", device_id=uuid7()), "", now=clock.now())
    [me] = fetched["collections"]["me"]["upserts"]
    assert (me["name"], me["number"], me["position"]) == ("张三", "", "")


@pytest.mark.clause("C2.0-02")
def test_the_form_requires_exactly_what_is_declared_basic(rep):
    fields = EmployeeForm.base_fields
    kinds = {name: declared.fields.get(f"people.employee.{name}") for name in fields}
    basic = {name for name, kind in kinds.items() if isinstance(kind, Personal) and kind.kind is Kind.BASIC}
    assert basic == {name for name, field in fields.items() if field.required} == {"name", "mobile"}


@pytest.mark.clause("C2.2.1-06")
def test_what_the_organization_has_switched_off_is_not_taken_even_with_consent(rep, inside):
    with_location(rep)
    inside.settings = {"location_attendance": "off", "location_visits": "off"}
    inside.save()
    store = visits.store(rep)
    for sent in (punch(), visits.check_in(store)):
        refused = only(push(phone(rep), sent))
        assert (refused.state, refused.code) == ("rejected", "location_off")
    assert (Punch.objects.count(), CheckEvent.objects.count()) == (0, 0)
    assert only(push(phone(rep), punch(manual="总部门口"))).result["verdict"] == "manual"
