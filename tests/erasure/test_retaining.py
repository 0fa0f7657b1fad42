"""How long data is kept: the daily run, by the declarations alone; holds, longer terms, floors, reports."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from qince.core.erasure import holding, retaining
from qince.core.erasure.models import Erasure, Report
from qince.core.erasure.privacy import LONGER
from qince.core.organizations.actions import edit_settings
from qince.core.people.actions import leave
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.models import Consent, ConsentEntry
from qince.core.privacy.registry import declared
from qince.core.privacy.retention import RETENTIONS, months_after
from qince.core.privacy.tests.factories import agree, decide
from qince.kit import clock
from qince.kit.errors import Forbidden, NotFound, Refusal
from qince.kit.tenancy import tenant
from qince.masterdata.customers.models import Customer
from qince.masterdata.customers.tests import factories as customers
from qince.sales.tracking.models import Fix
from qince.sales.visits.models import StepRecord, Visit
from tests.erasure.planting import MARKER, travelling

NOW = clock.now()
DAY = timedelta(days=1)


@pytest.fixture
def planted(planted):
    travelling()
    return planted


def run(planted, now=NOW, **more):
    return retaining.run(planted.organization.pk, now=now, **more)


def gone_since(planted, now):
    with tenant(planted.organization):
        boss = people.actor(planted.rows["colleague"])
        return leave(boss, planted.employee, now=now)


def is_named(planted):
    with tenant(planted.organization):
        return Employee.objects.get(pk=planted.employee.pk).name.startswith(MARKER)


def term_over(left):
    today = clock.local_date(NOW, left.organization.time_zone)
    return NOW + (RETENTIONS["employment+2y"].ends_on(left.left_on) - today)


@pytest.mark.clause("C5.4-10")
def test_whoever_left_is_erased_the_day_the_term_is_over_and_not_before(planted):
    left = gone_since(planted, NOW)
    over = term_over(left)
    run(planted, over - DAY)
    assert is_named(planted)
    report = run(planted, over)
    assert not is_named(planted)
    assert report.left == 0
    (line,) = [each for each in report.lines if each["action"] == "erase"]
    assert line["rows"] == 1
    with tenant(planted.organization):
        assert Erasure.objects.exclude(pk=planted.rows["erasure.Erasure"].pk).get().state == "done"
    assert [each for each in run(planted, over).lines if each["action"] == "erase"] == []


@pytest.mark.clause("C5.4-08")
def test_who_agreed_to_longer_stays_a_year_and_who_takes_it_back_goes_at_the_next_run(planted):
    with tenant(planted.organization):
        decide(planted.employee, LONGER)
    over = term_over(gone_since(planted, NOW))
    run(planted, over)
    assert is_named(planted)
    with tenant(planted.organization):
        Consent.objects.filter(purpose=LONGER).update(is_granted=False, act="withdrawn")
    run(planted, over)
    assert not is_named(planted)


def test_even_the_longer_term_ends(planted):
    with tenant(planted.organization):
        decide(planted.employee, LONGER)
    over = term_over(gone_since(planted, NOW))
    run(planted, over + timedelta(days=367))
    assert not is_named(planted)


def fix(planted, age):
    with tenant(planted.organization):
        return Fix.objects.create(employee=planted.employee, at=NOW - age, lat=1, lng=1, accuracy_m=1)


@pytest.mark.clause("C5.4-09")
def test_a_hold_keeps_one_record_and_nothing_else(planted):
    with tenant(planted.organization):
        Fix.objects.all().delete()
        boss = people.actor(planted.rows["colleague"])
    held, other = fix(planted, 40 * DAY), fix(planted, 41 * DAY)
    with tenant(planted.organization):
        hold = holding.place_hold(
            boss, model="tracking.fix", row_id=held.pk, reason="仲裁", reference="HT-2026-7", now=NOW
        )
        with pytest.raises(NotFound):
            holding.place_hold(
                boss, model="tracking.fix", row_id=planted.employee.pk, reason="x", reference="x", now=NOW
            )
        rep = people.actor(people.employee("路人", roles=["rep"]))
        with pytest.raises(Forbidden):
            holding.place_hold(rep, model="tracking.fix", row_id=held.pk, reason="x", reference="x", now=NOW)
    report = run(planted)
    with tenant(planted.organization):
        assert list(Fix.objects.values_list("pk", flat=True)) == [held.pk]
    (line,) = [each for each in report.lines if each["model"] == "tracking.Fix"]
    assert (line["rows"], line["held"], report.left) == (1, 1, 0)
    assert other.pk != held.pk
    with tenant(planted.organization):
        second = people.actor(people.employee("周专员", roles=["privacy_officer"]))
        holding.release_hold(second, hold, now=NOW)
    run(planted)
    with tenant(planted.organization):
        assert not Fix.objects.exists()


def test_a_trial_counts_and_changes_nothing(planted):
    fix(planted, 40 * DAY)
    report = run(planted, dry_run=True)
    (line,) = [each for each in report.lines if each["model"] == "tracking.Fix"]
    assert line["rows"] == 1
    with tenant(planted.organization):
        assert Fix.objects.filter(at__lt=NOW - 30 * DAY).exists()
    assert report.is_dry_run


def test_a_report_is_signed_and_an_altered_one_is_not_genuine(planted):
    report = run(planted)
    with tenant(planted.organization):
        kept = Report.objects.get(pk=report.pk)
        assert retaining.signed(kept) == kept.signature
        kept.rows += 1
        assert retaining.signed(kept) != kept.signature


def test_a_setting_under_six_months_is_refused(planted):
    with tenant(planted.organization):
        boss = people.actor(planted.rows["colleague"])
        with pytest.raises(Refusal, match="log_floor") as refused:
            edit_settings(boss, log_days=180)
        assert "log_days" in refused.value.fields
        assert edit_settings(boss, log_days=400).log_days == 400


@pytest.mark.parametrize(("days", "is_kept"), [(183, True), (190, False)])
def test_a_network_log_of_183_days_still_opens(planted, monkeypatch, days, is_kept):
    """Any model that says it is a network log: the floor holds whatever the model."""
    for name in ("visit", "step_id", "kind", "answer", "at"):
        key = f"visits.steprecord.{name}"
        log = replace(declared.personal()[key], retention="6m", aged_by="at")
        monkeypatch.setitem(declared.fields, key, log)
    with tenant(planted.organization):
        StepRecord.objects.update(at=NOW - days * DAY)
    run(planted)
    with tenant(planted.organization):
        assert StepRecord.objects.exists() is is_kept


def test_the_contact_of_a_closed_customer_goes_two_years_later_and_the_customer_stays(db, data_folder):
    home = people.organization()
    with tenant(home):
        store = customers.store()
        Customer.objects.filter(pk=store.pk).update(
            contact_name="老板", contact_phone="139", status="closed", updated_at=NOW
        )
    retaining.run(home.pk, now=NOW + 729 * DAY)
    with tenant(home):
        assert Customer.objects.get(pk=store.pk).contact_name == "老板"
    retaining.run(home.pk, now=NOW + 733 * DAY)
    with tenant(home):
        found = Customer.objects.get(pk=store.pk)
        assert (found.contact_name, found.contact_phone, found.name) == ("", "", store.name)


@pytest.mark.clause("C2.7-13")
def test_consents_go_three_years_after_the_account_ended_and_the_report_says_nothing_is_left(planted):
    left = gone_since(planted, NOW)
    run(planted, term_over(left))
    with tenant(planted.organization):
        mine = ConsentEntry.objects.filter(employee=planted.employee.pk)
        assert mine.exists()
    three_years = NOW + (months_after(NOW.date(), 36) - NOW.date()) + 2 * DAY
    assert run(planted, three_years).left > 0  # the database looks at the term itself: these are too young
    with connection.cursor() as cursor, tenant(planted.organization):
        cursor.execute("UPDATE privacy_consententry SET recorded_at = now() - interval '37 months'")
        cursor.execute("UPDATE privacy_consent SET at = now() - interval '37 months'")
        cursor.execute("UPDATE guardians_guardianconsent SET at = now() - interval '37 months'")
    report = run(planted, three_years)
    with tenant(planted.organization):
        assert not mine.exists()
    assert report.left == 0


def test_visits_of_those_who_stay_are_left_alone(planted):
    with tenant(planted.organization):
        before = list(Visit.objects.values())
    run(planted)
    with tenant(planted.organization):
        assert list(Visit.objects.values()) == before
        agree(planted.employee)
