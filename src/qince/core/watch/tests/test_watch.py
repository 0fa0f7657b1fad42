"""Looks at others' sensitive data, and alerts about unusual use: noted without any page's help, decided by people."""

from datetime import timedelta

import pytest

from qince.core.accounts import limits
from qince.core.accounts.limits import Asker, TooManyAttempts
from qince.core.accounts.models import Device
from qince.core.audit.models import Entry
from qince.core.letters.models import Letter
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.registers import registered
from qince.core.rights import registry as rights
from qince.core.signin import actions as signin
from qince.core.watch import alerts, deciding, jobs, reads, travel
from qince.core.watch.models import Alert, Reading
from qince.kit import clock
from qince.kit.errors import Conflict, Forbidden, Refusal
from qince.kit.geo import Point
from qince.kit.tenancy import tenant
from qince.masterdata.customers.tests import factories as customers
from qince.sales.visits.tests import records

NOW = clock.now()


@pytest.fixture
def scene(organization):
    with tenant(organization):
        manager = people.employee("李经理", roles=["administrator"])
        officer = people.employee("赵专员", roles=["privacy_officer"])
        rep = people.employee("王芳", leader=manager, roles=["rep"])
        visit = records.visit(rep, customers.store(rep))
    return organization, manager, officer, rep, visit


def browser(who):
    with tenant(who.organization_id):
        return people.browser(who)


# --- Looks ---------------------------------------------------------------------------------------


def test_whoever_opens_a_visit_of_another_is_noted_and_the_person_is_told(scene):
    organization, manager, _officer, rep, visit = scene
    assert browser(manager).get(f"/visits/{visit.pk}/").status_code == 200
    with tenant(organization):
        seen = Reading.objects.get()
        assert (seen.reader_id, seen.reader_name, seen.employee_id) == (manager.pk, "李经理", rep.pk)
        assert seen.page == "visits:visit_detail"
        told = rights.onlookers_of(rep.pk)
        assert [(line.who, line.what) for line in told] == [("李经理", "Visits: detail")]
        assert rights.onlookers_of(manager.pk) == []


def test_the_export_that_opens_positions_while_it_is_sent_is_noted_too(scene):
    organization, manager, _officer, rep, _visit = scene
    answer = browser(manager).get("/visits/export.csv")
    assert answer.status_code == 200
    b"".join(answer.streaming_content)
    with tenant(organization):
        pages = set(Reading.objects.filter(employee_id=rep.pk).values_list("page", flat=True))
    assert "visits:visit_export_csv" in pages


def test_ones_own_data_and_pages_without_any_are_not_noted(scene):
    organization, manager, _officer, rep, visit = scene
    assert browser(rep).get(f"/visits/{visit.pk}/").status_code == 200
    browser(manager).get("/account/")
    with tenant(organization):
        assert not Reading.objects.exists()


def test_the_same_look_within_the_hour_is_one_row(scene):
    organization, manager, _officer, _rep, visit = scene
    client = browser(manager)
    client.get(f"/visits/{visit.pk}/")
    client.get(f"/visits/{visit.pk}/")
    with tenant(organization):
        assert Reading.objects.filter(page="visits:visit_detail").count() == 1


def test_what_is_written_without_being_read_is_no_look(scene):
    """A check-in seals positions; nobody has looked at anything by that."""
    organization, manager, _officer, rep, _visit = scene

    class Request:
        actor, resolver_match = None, None

    looking = reads.Looking(Request())
    from qince.kit.vault.openings import watched_by

    with tenant(organization), watched_by(looking):
        looking.request.actor = people.actor(manager)
        records.visit(rep, customers.store(rep))
        looking.write()
        assert looking.opened == set()
        assert not Reading.objects.exists()


@pytest.mark.clause("C5.3-03")
def test_opening_unusually_many_peoples_data_raises_an_alert(scene):
    organization, manager, officer, _rep, _visit = scene
    with tenant(organization):
        Organization.objects.filter(pk=organization.pk).update(settings={"people_opened_per_hour": 25})
        others = [people.employee(f"员工{number}") for number in range(30)]
        actor = people.actor(manager)
        reads.note(actor, {each.pk for each in others[:25]}, page="visits:visits_list", now=NOW)
        assert not Alert.objects.exists()
        reads.note(actor, {each.pk for each in others[25:]}, page="visits:visits_list", now=NOW)
        alert = Alert.objects.get()
        assert (alert.rule, alert.facts) == (deciding.UNUSUAL_READING, {"people": 30, "limit": 25})
        assert {manager.pk, officer.pk} <= told()
    assert "李经理" in browser(officer).get("/watch/alerts/").content.decode()


def told():
    return set(Letter.objects.filter(kind__startswith="watch.alert").values_list("employee_id", flat=True))


# --- Alerts --------------------------------------------------------------------------------------


@pytest.mark.clause("C2.2.0-02")
def test_a_mass_export_raises_an_alert_at_once_and_a_person_releases_it(scene):
    """Both are told within the export's own transaction, so well within the minute."""
    organization, manager, officer, _rep, _visit = scene
    with tenant(organization):
        Organization.objects.filter(pk=organization.pk).update(settings={"export_rows_per_hour": 5})
    client = browser(manager)
    client.get("/employees/export.csv")
    with tenant(organization):
        assert not Alert.objects.exists()
    client.get("/employees/export.csv")
    with tenant(organization):
        alert = Alert.objects.get()
        assert (alert.rule, alert.employee_id, alert.facts["rows"]) == (deciding.MASS_EXPORT, manager.pk, 6)
        assert told() == {manager.pk, officer.pk}
    desk = browser(officer)
    assert (
        desk.post(f"/watch/alerts/{alert.pk}/acts/release/", {"reason": "", "confirmed": "1"}).status_code
        == 422
    )
    desk.post(f"/watch/alerts/{alert.pk}/acts/release/", {"reason": "年度盘点", "confirmed": "1"})
    with tenant(organization):
        alert.refresh_from_db()
        assert (alert.state, alert.decided_by_id, alert.reason) == ("released", officer.pk, "年度盘点")


def raise_one(organization, employee, rule=deciding.MASS_EXPORT, key="1"):
    return alerts.raise_for(organization.pk, employee.pk, rule, key=key, facts={"rows": 9}, now=NOW)


def test_the_account_is_locked_until_released_where_that_was_chosen(scene):
    organization, _manager, officer, rep, _visit = scene
    with tenant(organization):
        Organization.objects.filter(pk=organization.pk).update(settings={"alerts_lock": True})
        client = people.browser(rep)
        assert client.get("/visits/").status_code == 200
        alert = raise_one(organization, rep)
        assert alert.is_locked
    assert client.get("/visits/").status_code == 302
    with tenant(organization):
        alerts.release_alert(people.actor(officer), alert, reason="ok", now=NOW)
        assert Employee.objects.get(pk=rep.pk).status == "active"


def test_a_confirmed_alert_leaves_the_account_locked(scene):
    organization, _manager, officer, rep, _visit = scene
    with tenant(organization):
        Organization.objects.filter(pk=organization.pk).update(settings={"alerts_lock": True})
        alert = raise_one(organization, rep)
        alerts.confirm_alert(people.actor(officer), alert, reason="stolen phone", now=NOW)
        assert Employee.objects.get(pk=rep.pk).status == "suspended"
        with pytest.raises(Conflict):
            alerts.release_alert(people.actor(officer), alert, reason="late", now=NOW)


def test_wrong_passwords_lock_nobody_out(scene):
    organization, _manager, _officer, rep, _visit = scene
    with tenant(organization):
        Organization.objects.filter(pk=organization.pk).update(settings={"alerts_lock": True})
        assert not raise_one(organization, rep, deciding.FAILED_SIGN_INS).is_locked


def test_nobody_decides_about_the_own_account_while_somebody_else_can(scene):
    organization, manager, officer, rep, _visit = scene
    with tenant(organization):
        alert = raise_one(organization, manager)
        with pytest.raises(Refusal, match="own_alert"):
            alerts.release_alert(people.actor(manager), alert, reason="me", now=NOW)
        with pytest.raises(Forbidden):
            alerts.release_alert(people.actor(rep), alert, reason="me", now=NOW)
        assert alerts.release_alert(people.actor(officer), alert, reason="asked", now=NOW).state == "released"


def test_the_same_occasion_raises_one_alert(scene):
    organization, manager, _officer, _rep, _visit = scene
    with tenant(organization):
        assert raise_one(organization, manager) is not None
        assert raise_one(organization, manager) is None
        assert raise_one(organization, manager, key="2") is not None


def test_a_new_device_beside_another_raises_an_alert_and_the_first_does_not(scene):
    organization, _manager, _officer, rep, _visit = scene
    with tenant(organization):
        actor = people.actor(rep)
        first = signin.sign_in(actor, session_key="a", name="Chrome", known=None, now=NOW)
        assert not Alert.objects.exists()
        signin.sign_in(actor, session_key="b", name="Chrome", known=first.pk, now=NOW)
        assert not Alert.objects.exists()
        second = signin.sign_in(actor, session_key="c", name="Edge", known=None, now=NOW)
        assert Alert.objects.get().key == str(second.pk)
    assert Device.objects.filter(employee_id=rep.pk).count() == 2


def test_ten_wrong_tries_raise_an_alert_by_a_job(scene, monkeypatch):
    organization, _manager, _officer, rep, _visit = scene
    deferred = []

    class Task:
        def configure(self, **_options):
            return self

        def defer(self, **arguments):
            deferred.append(arguments)

    monkeypatch.setattr("qince.core.watch.handlers.look_at_failures", Task())
    for mobile in (rep.mobile, "+8613900000000"):
        for _number in range(10):
            with pytest.raises(KeyError), limits.one_try(mobile, Asker("192.0.2.1"), now=NOW):
                raise KeyError
        with pytest.raises(TooManyAttempts), limits.one_try(mobile, Asker("192.0.2.1"), now=NOW):
            raise KeyError
    assert deferred == [{"account_id": str(rep.account_id)}]
    jobs.look_at_failures(**deferred[0])
    with tenant(organization):
        assert Alert.objects.get().rule == deciding.FAILED_SIGN_INS


SHANGHAI, BEIJING = Point(31.23, 121.47), Point(39.9, 116.4)


@pytest.mark.parametrize(
    ("minutes", "point", "accuracy", "is_impossible"),
    [
        (30, BEIJING, 12.0, True),
        (240, BEIJING, 12.0, False),  # a train
        (
            0,
            Point(31.4, 121.6),
            12.0,
            False,
        ),  # a neighbouring town at once: positions are that vague at times
        (30, BEIJING, 600_000.0, False),  # so vague that it may be the same place
    ],
)
def test_two_acts_too_far_apart_raise_an_alert(scene, minutes, point, accuracy, is_impossible):
    """Real check-ins, through the sources their feature offers."""
    organization, _manager, _officer, rep, _visit = scene
    with tenant(organization):
        from qince.sales.visits.models import CheckEvent

        CheckEvent.objects.all().delete()
        for at, where, vague in (
            (NOW - timedelta(minutes=minutes + 1), SHANGHAI, 12.0),
            (NOW - timedelta(minutes=1), point, accuracy),
        ):
            made = records.visit(rep, customers.store(rep), at=at, minutes=None)
            row = CheckEvent.objects.select_related("visit").get(visit=made, kind="in")
            row.lat, row.lng, row.accuracy_m = where.lat, where.lng, vague
            row.received_at = NOW
            row.save()
        assert travel.look(organization.pk, now=NOW) == is_impossible
        assert travel.look(organization.pk, now=NOW) == 0
        for alert in Alert.objects.all():
            assert set(alert.facts) == {"kmh"}


@pytest.mark.clause("C6.5-01")
def test_a_decision_that_stands_in_no_register_is_not_made(scene):
    organization, manager, _officer, _rep, _visit = scene
    assert set(deciding.RULES) | {"visits-place"} <= set(registered.decisions)
    assert all(
        str(each.logic) and str(each.consequence) and each.version for each in registered.decisions.values()
    )
    with tenant(organization), pytest.raises(alerts.Unregistered):
        raise_one(organization, manager, "watch-unwritten-rule")
    with tenant(organization):
        assert not Alert.objects.exists()
        assert not Entry.objects.filter(action="watch.raise_alert").exists()
