"""A term ends: warned before, reading and exporting after, cancellable from day thirty, revived by renewing."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from qince.core.audit.models import Entry
from qince.core.erasure import working
from qince.core.erasure.models import Erasure
from qince.core.letters.models import Letter
from qince.core.lifecycle import ceasing, ending, leaving, queries, terms
from qince.core.lifecycle.models import Cancellation
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.engines.sync.tests.factories import punch, push
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Conflict, Forbidden, Refusal
from qince.sales.visits.models import Visit
from qince.sales.visits.tests import factories as visits
from qince.sales.visits.tests import records

pytestmark = pytest.mark.django_db
NOW = clock.now()
DAY = timedelta(days=1)


@pytest.fixture
def admin(inside):
    return people.employee("管理员", roles=("administrator",))


@pytest.fixture
def operator(inside):
    return system_actor(inside.pk, "运营 李")


def today(inside):
    return queries.today(inside, NOW)


def paid_until(operator, last_day):
    terms.note_term(
        operator, edition="paid", starts_on=last_day - 365 * DAY, ends_on=last_day, noted_by="李", now=NOW
    )


def state(inside):
    return Organization.objects.get(pk=inside.pk).state


def kinds():
    return list(Letter.objects.order_by("created_at", "id").values_list("kind", flat=True))


def expired(operator, inside, days):
    """The paid term ended so many days ago."""
    paid_until(operator, today(inside) - days * DAY)
    terms.watch_term(operator, now=NOW)
    return state(inside)


def test_a_paid_term_is_warned_of_once_for_each_step(admin, operator, inside):
    paid_until(operator, today(inside) + 7 * DAY)
    terms.watch_term(operator, now=NOW)
    terms.watch_term(operator, now=NOW)
    assert kinds() == ["lifecycle.ends_soon"]
    terms.watch_term(operator, now=NOW + 6 * DAY)
    assert kinds() == ["lifecycle.ends_soon"] * 2
    assert state(inside) == "active"


def test_an_expired_organization_reads_and_exports_and_writes_nothing(admin, operator, inside):
    rep = visits.rep()
    assert expired(operator, inside, 1) == "expired"
    browser = people.browser(admin)
    assert browser.get("/employees/").status_code == 200
    assert browser.get("/employees/export.csv").status_code == 200
    assert browser.get("/employees/new/").status_code == 403
    with pytest.raises(Refusal, match="organization_reading_only"):
        push(people.actor(rep, client="phone"), punch(manual="仓库"))


@pytest.mark.clause("C6.4-02")
def test_on_day_29_cancelling_is_refused_and_on_day_30_allowed_by_a_human(admin, operator, inside):
    assert expired(operator, inside, 29) == "expired"
    with pytest.raises(Refusal, match="too_early"):
        leaving.propose_expiry(operator, now=NOW)
    leaving.propose_expiry(operator, now=NOW + DAY)
    with pytest.raises(Refusal, match="confirmation_needs_person"):
        leaving.confirm_cancellation(operator, confirmed_by=" ", now=NOW + DAY)
    found = leaving.confirm_cancellation(operator, confirmed_by="李", now=NOW + DAY)
    assert (found.state, found.export_until) == ("confirmed", today(inside) + 31 * DAY)


@pytest.mark.clause("C6.4-02")
def test_renewing_revives_everything_as_it_was(admin, operator, inside):
    expired(operator, inside, 40)
    paid_until(operator, today(inside) + 300 * DAY)
    assert state(inside) == "active"
    assert people.browser(admin).get("/employees/new/").status_code == 200


def test_a_paid_term_needs_its_last_day(operator, inside):
    with pytest.raises(Refusal, match="term_needs_end"):
        terms.note_term(
            operator, edition="paid", starts_on=today(inside), ends_on=None, noted_by="李", now=NOW
        )


@pytest.mark.clause("C6.4-03")
def test_a_free_organization_is_warned_before_it_is_taken_back(admin, operator, inside, settings):
    settings.FREE_IDLE_DAYS, settings.FREE_WARNING_DAYS = 90, 30
    people.browser(admin)  # a device seen now
    with pytest.raises(Refusal, match="still_used"):
        leaving.propose_taking_back(operator, now=NOW)
    later = NOW + 100 * DAY
    assert leaving.propose_taking_back(operator, now=later) is None
    assert kinds() == ["lifecycle.free_ends"]
    assert leaving.propose_taking_back(operator, now=later + 29 * DAY) is None
    assert kinds() == ["lifecycle.free_ends"]
    assert leaving.propose_taking_back(operator, now=later + 31 * DAY).channel == "free"


@pytest.mark.clause("C6.4-04")
def test_a_request_by_telephone_needs_a_verified_caller(admin, operator, inside):
    with pytest.raises(Refusal, match="caller_not_verified"):
        leaving.enter_hotline_request(operator, caller="王总", verification="", reason="停业", now=NOW)
    assert queries.leaving() is None
    found = leaving.enter_hotline_request(
        operator, caller="王总", verification="回拨登记号码", reason="停业", now=NOW
    )
    assert (found.state, found.verification) == ("requested", "回拨登记号码")


def test_an_administrator_asks_everybody_is_told_and_may_stay_after_all(admin, operator, inside):
    people.employee("员工")
    browser = people.browser(admin)
    assert browser.post("/organization/cancellation/", {"reason": "停业"}).status_code == 422
    sent = {"reason": "停业", "understood": "on"}
    assert browser.post("/organization/cancellation/", sent).status_code == 302
    leaving.confirm_cancellation(operator, confirmed_by="李", now=NOW)
    assert state(inside) == "expired"
    assert kinds().count("lifecycle.leaving") == 2
    with pytest.raises(Conflict):
        leaving.confirm_cancellation(operator, confirmed_by="李", now=NOW)
    with pytest.raises(Forbidden):
        leaving.withdraw_cancellation(people.actor(people.employee(roles=("rep",))), now=NOW)


@pytest.mark.clause("C6.4-01", "C6.4-06")
def test_after_the_time_to_export_all_accounts_end_and_business_totals_stay(
    admin, operator, inside, data_folder
):
    rep = visits.rep("马可辨")
    kept = records.visit(rep, visits.store(rep))
    browser = people.browser(admin)
    leaving.request_cancellation(people.actor(admin), reason="停业", now=NOW)
    leaving.confirm_cancellation(operator, confirmed_by="李", now=NOW)
    assert ending.carry_out(operator, now=NOW + 30 * DAY) is False
    assert browser.get("/employees/export.csv").status_code == 200

    assert ending.carry_out(operator, now=NOW + 31 * DAY) is True
    for erasure in Erasure.objects.all():
        working.carry_out(inside.pk, erasure.pk, now=NOW + 31 * DAY)

    assert state(inside) == "closed"
    assert browser.get("/").status_code == 302
    assert not Employee.objects.exclude(status="left").exists()
    assert not Employee.objects.filter(name__contains="马可辨").exists()
    assert Visit.objects.get(pk=kept.pk).duration_s == kept.duration_s
    done = Cancellation.objects.get()
    assert (done.state, done.proof["people"]) == ("done", 2)
    assert Entry.objects.filter(action="lifecycle.finish").exists()


@pytest.mark.clause("C2.7-12")
def test_an_end_less_than_thirty_days_ahead_is_refused_and_later_told_everywhere(admin, inside, client):
    local = clock.local_date(NOW, "Asia/Shanghai")
    with pytest.raises(Refusal, match="too_soon"):
        ceasing.announce(ceases_on=local + 29 * DAY, text="停止运营", announced_by="李", now=NOW)
    assert client.get("/service-end/").status_code == 404
    ceasing.announce(ceases_on=local + 30 * DAY, text="停止运营，请导出数据。", announced_by="李", now=NOW)
    assert "请导出数据" in client.get("/service-end/").content.decode()
    for page in (client.get("/sign-in/"), people.browser(admin).get("/")):
        assert "/service-end/" in page.content.decode()
    assert kinds() == ["lifecycle.ceasing"]


@pytest.mark.clause("C2.7-11")
def test_once_ceased_writes_are_refused_and_exports_work(admin, inside):
    local = clock.local_date(NOW, "Asia/Shanghai")
    ceasing.announce(ceases_on=local + 30 * DAY, text="停止运营", announced_by="李", now=NOW)
    assert ceasing.cease_if_due(now=NOW + 29 * DAY) == 0
    assert ceasing.cease_if_due(now=NOW + 30 * DAY) == 1
    assert ceasing.cease_if_due(now=NOW + 30 * DAY) == 0
    rep = visits.rep()
    with pytest.raises(Refusal, match="organization_reading_only"):
        push(people.actor(rep, client="phone"), punch(manual="仓库"))
    browser = people.browser(admin)
    assert browser.get("/employees/new/").status_code == 403
    assert browser.get("/employees/export.csv").status_code == 200


def test_the_operators_command_asks_who_decides(admin, inside, capsys):
    with pytest.raises(CommandError, match="--by"):
        call_command("organization", "term", "--organization", str(inside.pk))
    call_command(
        "organization", "term", "--organization", str(inside.pk), "--by", "李", "--paid-until", "2031-01-31"
    )
    call_command("organization", "list")
    assert "2031-01-31" in capsys.readouterr().out
