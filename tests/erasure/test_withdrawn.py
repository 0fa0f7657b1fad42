"""A consent taken back starts a clock: what rested on it alone goes by the term declared for it, and nothing else."""

import hashlib
from datetime import timedelta

import pytest

from qince.core.erasure import holding, retaining
from qince.core.erasure.models import Report
from qince.core.files.actions import receive_chunk
from qince.core.files.models import Blob
from qince.core.people.tests import factories as people
from qince.core.privacy.gate import LOCATION
from qince.core.privacy.registry import declared
from qince.core.privacy.retention import AT_ONCE, RETENTIONS, Trigger
from qince.core.privacy.tests.factories import decide
from qince.employee.attendance.models import Punch, PunchPhoto
from qince.employee.leave.models import Paper
from qince.engines.forms.models import Submission
from qince.kit import clock
from qince.kit.tenancy import tenant
from qince.sales.tracking.models import Fix
from qince.sales.tracking.privacy import TRACKING
from qince.sales.visits.models import CheckEvent, Visit
from tests.access.planting import picture

NOW = clock.now()
DAY = timedelta(days=1)


@pytest.fixture
def house(two_people):
    return two_people[0]


@pytest.fixture
def planted(two_people):
    return two_people[1]


def row(planted, model):
    with tenant(planted.organization):
        return model.objects.filter(pk=planted.rows[model._meta.label].pk).first()


def withdraw(planted, purpose, act="withdrawn"):
    with tenant(planted.organization):
        decide(planted.employee, purpose, act)


def run(house, days, **more):
    return retaining.run(house.pk, now=clock.now() + days * DAY, **more)


def lines(report, rule):
    return {each["model"]: each["rows"] for each in report.lines if each["rule"] == rule}


def test_the_position_goes_six_months_after_it_was_taken_back_and_the_act_stays(house, planted):
    mine, other = planted
    withdraw(mine, LOCATION)
    run(house, 150)
    assert row(mine, Punch).lat is not None  # what was lawful stays usable until its term (C6.3-06)
    report = run(house, 190)
    assert lines(report, "consent+6m")["attendance.Punch"] == 1
    for model in (Punch, CheckEvent):
        assert (row(mine, model).lat, row(mine, model).distance_m) == (None, None)
        assert row(mine, model).at == mine.rows[model._meta.label].at
        assert row(other, model).lat is not None
    assert row(mine, Visit).distance_m is None
    assert report.left == 0
    assert lines(run(house, 191), "consent+6m") == {}  # done once, and counted once


def test_a_track_goes_with_the_next_run_after_its_own_consent(house, planted):
    mine, other = planted
    with tenant(house):
        Fix.objects.update(at=clock.now())
    assert "tracking.Fix" not in lines(run(house, 0), "consent")
    withdraw(mine, TRACKING)
    run(house, 1)
    assert row(mine, Fix) is None
    assert row(other, Fix) is not None
    assert row(mine, Punch).lat is not None  # that is another consent's


def test_a_consent_given_again_stops_the_clock(house, planted):
    mine, _other = planted
    withdraw(mine, LOCATION)
    with tenant(house):
        decide(mine.employee, LOCATION, circumstances="at_the_act")
    run(house, 190)
    assert row(mine, Punch).lat is not None


def narrow(planted):
    with tenant(planted.organization):
        decide(planted.employee, LOCATION, "narrowed", "at_the_act")


@pytest.mark.clause("C6.3-06")
def test_narrowing_ends_what_only_the_wider_consent_allowed_and_nothing_else(house, planted):
    mine, other = planted
    with tenant(house):
        Fix.objects.update(at=NOW)
    narrow(mine)
    tried = run(house, 1, dry_run=True)
    assert lines(tried, "consent") == {"tracking.Fix": 1}
    assert row(mine, Fix) is not None
    run(house, 1)
    assert row(mine, Fix) is None
    assert row(other, Fix) is not None
    run(house, 190)
    assert row(mine, Punch).lat is not None  # what still is allowed would have allowed it


def test_agreeing_to_less_narrows_as_well(house, planted):
    mine, _other = planted
    with tenant(house):
        decide(mine.employee, LOCATION, circumstances="at_the_act")
    run(house, 1)
    assert row(mine, Fix) is None


def test_widening_again_before_the_end_stops_the_clock(house, planted):
    mine, other = planted
    with tenant(house):
        Fix.objects.update(at=NOW)
    for each in planted:
        narrow(each)
    with tenant(house):
        decide(mine.employee, LOCATION, circumstances="background")
        decide(other.employee, LOCATION, circumstances="at_the_act")
    run(house, 1)
    assert row(mine, Fix) is not None
    assert row(other, Fix) is None


def test_saying_no_again_does_not_begin_the_clock_anew(house, planted):
    mine, _other = planted
    withdraw(mine, LOCATION)
    with clock.at(NOW + 100 * DAY), tenant(house):
        decide(mine.employee, LOCATION, "declined")
    run(house, 190)
    assert row(mine, Punch).lat is None


@pytest.mark.clause("C5.4-09")
def test_a_hold_keeps_the_record_and_the_dry_run_only_counts(house, planted):
    mine, _other = planted
    withdraw(mine, LOCATION)
    with tenant(house):
        officer = people.actor(people.employee("周专员", roles=["privacy_officer"]))
        held = {"model": "attendance.punch", "row_id": mine.rows["attendance.Punch"].pk}
        holding.place_hold(officer, **held, reason="仲裁", reference="HT-3", now=NOW)
    tried = run(house, 190, dry_run=True)
    (line,) = [
        each for each in tried.lines if (each["model"], each["rule"]) == ("attendance.Punch", "consent+6m")
    ]
    assert (line["rows"], line["held"]) == (0, 1)
    assert row(mine, CheckEvent).lat is not None
    run(house, 190)
    assert row(mine, Punch).lat is not None
    assert row(mine, CheckEvent).lat is None


def test_photos_go_with_their_files_and_a_file_that_is_still_shown_stays(house, planted):
    mine, other = planted
    with tenant(house):
        blobs = [own_file(each) for each in (mine, other)]
        for each, blob in zip((mine, other), blobs, strict=True):
            PunchPhoto.objects.filter(pk=each.rows["attendance.PunchPhoto"].pk).update(
                blob=blob, kind="photo"
            )
    for each in planted:
        withdraw(each, "attendance_photo")
    with tenant(house):  # the other's picture also stands in a visit
        other.rows["visits.Photo"].blob_id = blobs[1]
        other.rows["visits.Photo"].save()
    run(house, 190)
    assert row(mine, PunchPhoto) is None
    with tenant(house):
        assert not Blob.objects.filter(pk=blobs[0]).exists()
        assert Blob.objects.filter(pk=blobs[1]).exists()


def own_file(planted):
    content = picture(f"{planted.mark} at the door")
    receive_chunk(
        people.actor(planted.employee, client="phone"), sha256=hashlib.sha256(content).hexdigest(), offset=0,
        size=len(content), chunk=content, is_evidence=True,
    )  # fmt: skip
    return Blob.objects.get(sha256=hashlib.sha256(content).hexdigest()).pk


@pytest.mark.parametrize(
    ("purpose", "days", "is_left"),
    [
        ("leave_papers", 190, lambda mine: row(mine, Paper) is not None),
        ("form_sensitive", 31, lambda mine: bool(row(mine, Submission).sealed)),
    ],
)
def test_health_and_sensitive_answers_end_by_their_own_term(house, planted, purpose, days, is_left):
    mine, other = planted
    withdraw(mine, purpose)
    run(house, days - 10)
    assert is_left(mine)
    run(house, days)
    assert not is_left(mine)
    assert is_left(other)


def test_the_report_of_the_console_names_the_rule(house, planted):
    mine, _other = planted
    withdraw(mine, LOCATION)
    with tenant(house):
        browser = people.browser(people.employee("周专员", roles=["privacy_officer"]))
    page = browser.get("/retention/").text
    assert "Until six months after you withdraw your consent" in page
    run(house, 190)
    with tenant(house):
        report = Report.objects.latest("ran_at")
    assert (
        "until six months after you withdraw your consent"
        in browser.get(f"/retention/reports/{report.pk}/").text
    )


def test_every_consent_that_stands_alone_has_an_end_that_the_run_reaches():
    """Each rule of this kind is worked off by a group of the run; the others say that a handler does it at once."""
    reached = {
        f"{group.part.model._meta.label_lower}.{name}"
        for group in retaining.groups()
        if group.rule.trigger is Trigger.PURPOSE_ENDED
        for name in group.names
    }
    by_rule = {key for key, each in declared.personal().items() if each.withdrawn in RETENTIONS}
    assert by_rule - reached == set()
    at_once = {each.purposes for each in declared.personal().values() if each.withdrawn == AT_ONCE}
    assert at_once == {("attendance_face",), ("push",), ("diagnostics",)}
