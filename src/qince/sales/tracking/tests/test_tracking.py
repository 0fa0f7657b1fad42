"""Tracks: who must have agreed, which points count, and that sending twice changes nothing."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Device
from qince.core.audit.models import Entry
from qince.core.erasure.jobs import retain
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree, decide
from qince.employee.attendance.models import Punch
from qince.kit import clock, copying
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from qince.sales.tracking.actions import _NAMES
from qince.sales.tracking.models import RETENTION, Fix
from qince.sales.tracking.rules import working_spans
from qince.sales.tracking.tests.factories import NOON, ZONE, batch, point, punch, send, switch_on, take_in

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def rep(inside):
    """On duty since eight, tracked with the organization's and the own will."""
    switch_on(inside)
    found = people.employee("王芳", roles=["rep"])
    agree(found, "location:background", "tracking")
    punch(found, Punch.Kind.IN, NOON - 4 * HOUR)
    return found


def phone(employee):
    return people.actor(employee, client="phone")


def morning(count):
    return [point(NOON - number * MINUTE) for number in range(count)]


# Consent


def test_points_of_working_time_are_kept_as_sent(rep):
    answer = send(phone(rep), point(NOON - MINUTE, speed_mps=1.5), point(NOON))
    assert (answer.kept, answer.repeated, answer.refused) == (2, 0, {})
    first = Fix.objects.order_by("at").first()
    assert (first.employee_id, first.at, first.skew_s) == (rep.pk, NOON - MINUTE, 0)
    assert (first.lat, first.lng, first.accuracy_m, first.speed_mps) == (32.04, 118.77, 8.0, 1.5)


@pytest.mark.clause("C2.2.5-04")
@pytest.mark.clause("C2.2.4-14")
@pytest.mark.parametrize("switch", [None, "off", "optional"])
@pytest.mark.parametrize("choice", [None, "never", "at_the_act", "background"])
def test_only_the_switch_and_the_own_consent_together_let_points_in(inside, switch, choice):
    inside.settings = {"location_tracking": switch} if switch else {}
    inside.save()
    employee = people.employee(roles=["rep"])
    agree(employee)
    if choice == "never":
        decide(employee, "location", "declined", "never")
    elif choice:
        decide(employee, "location", circumstances=choice)
    decide(employee, "tracking")
    punch(employee, Punch.Kind.IN, NOON - HOUR)
    if (switch, choice) == ("optional", "background"):
        assert send(phone(employee), point(NOON)).kept == 1
        return
    with pytest.raises(Refusal) as refused:
        send(phone(employee), point(NOON))
    assert refused.value.code == ("consent_required" if switch == "optional" else "tracking_off")
    assert refused.value.status == 403
    assert not Fix.objects.exists()


@pytest.mark.clause("C2.2.5-04")
@pytest.mark.parametrize("tracked", [None, "declined", "withdrawn"])
def test_the_circumstances_of_the_position_do_not_agree_to_a_track(inside, tracked):
    """A decision of its own, with an entry of its own in the ledger: reading in the background opens no track."""
    switch_on(inside)
    employee = people.employee(roles=["rep"])
    agree(employee, "location:background")
    if tracked == "withdrawn":
        decide(employee, "tracking")
    if tracked:
        decide(employee, "tracking", tracked)
    punch(employee, Punch.Kind.IN, NOON - HOUR)
    with pytest.raises(Refusal, match="consent_required") as refused:
        send(phone(employee), point(NOON))
    assert refused.value.purpose == "tracking"
    assert not Fix.objects.exists()


@pytest.mark.parametrize(
    ("purpose", "act", "circumstances"),
    [("location", "withdrawn", ""), ("location", "narrowed", "at_the_act"), ("tracking", "withdrawn", "")],
)
def test_taking_consent_back_stops_the_track_at_once(rep, purpose, act, circumstances):
    assert send(phone(rep), point(NOON - MINUTE)).kept == 1
    decide(rep, purpose, act, circumstances)
    with pytest.raises(Refusal, match="consent_required"):
        send(phone(rep), point(NOON))
    assert Fix.objects.count() == 1


# Working time


@pytest.mark.clause("C2.2.4-02")
def test_points_outside_working_time_are_refused_and_counted(rep):
    punch(rep, Punch.Kind.OUT, NOON - HOUR)
    sent = [NOON - 4 * HOUR - MINUTE, NOON - 3 * HOUR, NOON - HOUR, NOON - HOUR + MINUTE, NOON]
    answer = send(phone(rep), *map(point, sent))
    assert (answer.kept, answer.refused) == (2, {"outside_working_time": 3})
    assert {fix.at for fix in Fix.objects.all()} == {NOON - 3 * HOUR, NOON - HOUR}


def test_a_break_between_two_presses_is_nobodys_business(rep):
    punch(rep, Punch.Kind.OUT, NOON - 3 * HOUR)
    punch(rep, Punch.Kind.IN, NOON - HOUR)
    answer = send(phone(rep), point(NOON - 2 * HOUR), point(NOON - 30 * MINUTE))
    assert (answer.kept, answer.refused) == (1, {"outside_working_time": 1})


def test_without_a_clock_in_nothing_counts(inside, rep):
    other = people.employee("赵敏", roles=["rep"])
    agree(other, "location:background", "tracking")
    assert send(phone(other), point(NOON)).refused == {"outside_working_time": 1}


def test_a_forgotten_clock_out_ends_with_its_day(rep):
    midnight = NOON.replace(hour=0) + timedelta(days=1)
    now = midnight + HOUR
    answer = send(phone(rep), point(midnight - MINUTE), point(midnight + MINUTE), now=now)
    assert (answer.kept, answer.refused) == (1, {"outside_working_time": 1})


def test_an_out_without_an_in_opens_nothing():
    presses = [
        Punch(kind="out", at=NOON, work_date=NOON.date()),
        Punch(kind="in", at=NOON + HOUR, work_date=NOON.date()),
    ]
    (span,) = working_spans(presses, ZONE.key)
    assert span[0] == NOON + HOUR


def test_working_time_is_judged_by_the_servers_reading_of_a_wrong_clock(rep):
    """A phone two hours slow: its noon is two in the afternoon, after the clock-out at one."""
    punch(rep, Punch.Kind.OUT, NOON + HOUR)
    now, slow = NOON + 2 * HOUR, -2 * HOUR
    sent = [point(at, at=(at + slow).isoformat()) for at in (now, NOON)]
    answer = send(phone(rep), *sent, now=now, skew=slow)
    assert (answer.kept, answer.refused) == (1, {"outside_working_time": 1})
    assert (Fix.objects.get().at, Fix.objects.get().skew_s) == (NOON - 2 * HOUR, -7200)


def test_points_past_the_retention_are_refused(rep):
    long_ago = NOON - RETENTION - HOUR
    punch(rep, Punch.Kind.IN, long_ago - HOUR)
    assert send(phone(rep), point(long_ago), point(NOON)).refused == {"beyond_retention": 1}


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00"])
def test_points_out_of_all_reason_are_refused(rep, at):
    answer = send(phone(rep), point(NOON, at=at), point(NOON, elapsed_ms=2**53))
    assert (answer.kept, answer.refused) == (1, {"beyond_retention": 1})


def test_a_steady_clock_out_of_all_reason_is_refused(rep):
    sent = batch(point(NOON, elapsed_ms=0))
    sent["clock"]["elapsed_ms"] = 2**53
    assert take_in(phone(rep), sent).refused == {"beyond_retention": 1}


@pytest.mark.parametrize("year", [1, 9999])
def test_a_clock_wrong_by_lifetimes_is_refused_in_words(rep, year):
    sent = batch(point(NOON))
    sent["clock"]["device_time"] = f"{year:04d}-06-01T00:00:00+08:00"
    with pytest.raises(Refusal, match="clock_unusable"):
        take_in(phone(rep), sent)


def test_a_phone_that_believes_it_is_1970_is_corrected(rep):
    skew = datetime(1970, 1, 1, tzinfo=UTC) - NOON
    answer = send(phone(rep), point(NOON, at="1970-01-01T00:00:00+00:00"), skew=skew)
    assert (answer.kept, Fix.objects.get().skew_s) == (1, round(skew.total_seconds()))


# Sent twice


def test_a_batch_sent_again_changes_nothing(rep):
    sent = morning(100)
    assert send(phone(rep), *sent).kept == 100
    again = send(phone(rep), *sent, point(NOON + MINUTE), now=NOON + MINUTE)
    assert (again.kept, again.repeated) == (1, 100)
    assert Fix.objects.count() == 101


def test_a_point_twice_in_one_batch_is_kept_once(rep):
    answer = send(phone(rep), point(NOON), point(NOON, lat=33.0))
    assert (answer.kept, answer.repeated) == (1, 1)
    assert Fix.objects.get().lat == 32.04


def test_without_copy_the_same_comes_out(rep, settings):
    """Citus takes the way by VALUES; the statement itself runs on any PostgreSQL."""
    settings.CITUS = True
    assert send(phone(rep), *morning(5)).kept == 5
    assert send(phone(rep), *morning(6)).repeated == 5


# Cost, trail, isolation


def test_two_hundred_points_cost_as_many_statements_as_one(rep):
    actor = phone(rep)
    send(actor, point(NOON + MINUTE), now=NOON + MINUTE)
    costs = []
    for count in (1, 200):
        with CaptureQueriesContext(connection) as captured:
            send(actor, *morning(count))
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 10


def test_the_trail_tells_how_many_and_never_where(rep):
    send(phone(rep), point(NOON), point(NOON - 10 * HOUR))
    entry = Entry.objects.get(action="tracking.ingest")
    assert entry.changes == {"kept": 1, "repeated": 0, "refused": {"outside_working_time": 1}}


def test_points_of_two_people_stay_apart(rep):
    send(phone(rep), point(NOON))
    colleague = people.employee("赵敏", roles=["rep"])
    agree(colleague, "location:background", "tracking")
    punch(colleague, Punch.Kind.IN, NOON - HOUR)
    assert send(phone(colleague), point(NOON)).kept == 1
    assert Fix.objects.filter(employee=rep).count() == Fix.objects.filter(employee=colleague).count() == 1


@pytest.fixture
def two():
    """The same scene in two organizations: a rep on duty who agreed."""
    found = []
    for name in ("甲", "乙"):
        organization = people.organization(name)
        switch_on(organization)
        with tenant(organization):
            employee = people.employee(roles=["rep"])
            agree(employee, "location:background", "tracking")
            punch(employee, Punch.Kind.IN, NOON - HOUR)
            found.append(phone(employee))
    return found


def test_points_of_two_organizations_stay_apart(two):
    """Both through the one temporary table of this connection: nothing of the first is left for the second."""
    for actor in two:
        with tenant(actor.organization_id):
            assert send(actor, *morning(3)).kept == 3
    for actor in two:
        with tenant(actor.organization_id):
            assert set(Fix.objects.values_list("employee_id", flat=True)) == {actor.employee_id}
            assert Fix.objects.count() == 3


def test_a_row_for_another_organization_is_refused_by_the_database(two):
    mine, theirs = two
    foreign = (uuid7(), theirs.organization_id, theirs.employee_id, NOON, 0, None, *[None] * 4)
    with tenant(mine.organization_id), pytest.raises(ProgrammingError), transaction.atomic():
        copying.insert_new(Fix, _NAMES, [foreign])


def test_the_job_removes_what_is_past_its_term(organization):
    switch_on(organization)
    now = clock.now()
    with tenant(organization):
        employee = people.employee(roles=["rep"])
        for age in (RETENTION + timedelta(days=1), RETENTION - timedelta(days=1)):
            Fix.objects.create(employee=employee, at=now - age, lat=1, lng=1, accuracy_m=1)
    retain(timestamp=0)
    with tenant(organization):
        assert Fix.objects.get().at == now - RETENTION + timedelta(days=1)


# The address


@pytest.fixture
def token(rep):
    Device.objects.create(
        account=rep.account,
        organization=rep.organization,
        employee_id=rep.pk,
        kind="phone",
        token_digest=token_digest("qd_track"),
        confirmed_at=clock.now(),
    )
    return "qd_track"


def post(client, body, token):
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en", "Qince-Protocol": "1"}
    return client.post(
        "/api/phone/v1/positions", json.dumps(body), content_type="application/json", headers=headers
    )


def test_a_phone_sends_and_is_told_what_was_kept(client, token, rep):
    now = clock.now()
    punch(rep, Punch.Kind.IN, now - MINUTE)
    answer = post(client, batch(point(now), point(now - timedelta(days=2)), now=now), token)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["kept"], told["repeated"], told["refused"]) == (1, 0, {"outside_working_time": 1})


def test_without_consent_the_phone_is_told_so_by_code(client, token, rep):
    decide(rep, "location", "withdrawn")
    answer = post(client, batch(point(NOON)), token)
    assert (answer.status_code, answer.json()["code"]) == (403, "consent_required")


@pytest.mark.parametrize(
    "points", [[], [point(NOON)] * 201, [point(NOON, lat=91)], [point(NOON, accuracy_m=-1)]]
)
def test_a_batch_that_does_not_fit_is_refused(client, token, points):
    assert post(client, batch(*points), token).status_code == 400


def test_a_stranger_is_not_let_in(client, rep):
    assert post(client, batch(point(NOON)), "qd_wrong").status_code == 401
