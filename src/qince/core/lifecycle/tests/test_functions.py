"""Closing a family takes menu, pages, phone, jobs and notice entries away, and nothing that was recorded."""

from datetime import timedelta

import pytest

from qince.core.audit.models import Entry
from qince.core.organizations import actions
from qince.core.organizations.models import Organization
from qince.core.people.models import Membership
from qince.core.people.tests import factories as people
from qince.core.privacy import notice
from qince.engines.sync.pull import pull
from qince.engines.sync.tests.factories import push
from qince.kit import clock
from qince.kit.errors import Forbidden, Refusal
from qince.kit.ids import uuid7
from qince.sales.visits import jobs
from qince.sales.visits.models import Visit
from qince.sales.visits.tests import factories as visits
from qince.sales.visits.tests import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(inside):
    return people.employee("管理员", roles=("administrator",))


def close(admin, family="sales", departments=()):
    actions.close_family(people.actor(admin), family=family, departments=departments, now=clock.now())


def reread(employee):
    return type(employee).objects.select_related("organization").get(pk=employee.pk)


def phone(employee):
    return people.actor(reread(employee), client="phone", device_id=uuid7())


def told(organization):
    """What the organization's notice lists of its functions."""
    found = Organization.objects.get(pk=organization.pk)
    return {each.code for each in notice.open_functions(found)}


@pytest.mark.clause("C0-03", "C6.3-02")
def test_closing_sales_takes_its_menu_pages_phone_and_notice_entries_away(admin, inside):
    rep = visits.rep()
    store = visits.store(rep)
    browser = people.browser(admin)
    assert browser.get("/visits/").status_code == 200
    assert "/visits/" in browser.get("/").content.decode()
    assert {"visits.check_in", "attendance.punch"} <= told(inside)
    assert pull(phone(rep), "", now=clock.now())["collections"]["customers"]["upserts"]

    close(admin)

    assert browser.get("/visits/").status_code == 403
    assert 'href="/visits/"' not in browser.get("/").content.decode()
    assert "attendance.punch" in told(inside)
    assert not {code for code in told(inside) if code.startswith(("visits.", "routes.", "tracking."))}
    answer = push(phone(rep), visits.check_in(store))
    [refused] = answer.values()
    assert (refused.state, refused.code) == ("rejected", "function_closed")
    assert not Visit.objects.exists()
    assert not pull(phone(rep), "", now=clock.now())["collections"]["visit_templates"]["upserts"]
    assert browser.get("/employees/").status_code == 200


def test_what_was_recorded_can_still_be_exported_and_comes_back_when_opened(admin):
    rep = visits.rep()
    kept = records.visit(rep, visits.store(rep))
    close(admin)
    assert people.browser(reread(admin)).get("/visits/export.csv").status_code == 200
    actions.open_family(people.actor(admin), family="sales")
    assert people.browser(reread(admin)).get(f"/visits/{kept.pk}/").status_code == 200
    acts = Entry.objects.filter(action__in=("organizations.close_family", "organizations.open_family"))
    assert acts.count() == 2


@pytest.mark.clause("C6.3-02")
def test_it_can_be_closed_for_a_staff_group_and_those_below_it_alone(admin):
    sales = people.department("销售部")
    east = people.department("华东组", sales)
    inside_group, outside_group = people.employee("甲", roles=("rep",)), people.employee("乙", roles=("rep",))
    Membership.objects.create(employee=inside_group, department=east, starts_on=clock.now().date())
    close(admin, departments=(str(sales.pk),))
    assert "visits.carry_out" in people.actor(reread(inside_group)).closed
    assert people.actor(reread(outside_group)).may("visits.carry_out")


@pytest.mark.clause("C2.0-04")
def test_a_job_of_a_closed_function_processes_no_row(admin):
    rep = visits.rep()
    yesterday = clock.now() - timedelta(days=2)
    left_open = records.visit(rep, visits.store(rep), on=yesterday.date(), at=yesterday)
    Visit.objects.filter(pk=left_open.pk).update(state=Visit.State.OPEN, checked_out_at=None)
    close(admin)
    jobs.close_all(0)
    assert Visit.objects.get(pk=left_open.pk).state == Visit.State.OPEN
    actions.open_family(people.actor(admin), family="sales")
    jobs.close_all(0)
    assert Visit.objects.get(pk=left_open.pk).state == Visit.State.AUTO_CLOSED


def test_only_who_may_change_the_organization_closes_functions(admin):
    with pytest.raises(Forbidden):
        actions.close_family(
            people.actor(people.employee(roles=("manager",))), family="sales", now=clock.now()
        )
    with pytest.raises(Refusal, match="unknown_family"):
        close(admin, family="core")


def test_the_page_says_who_would_notice_and_closes(admin):
    visits.rep()
    browser = people.browser(admin)
    page = browser.get("/organization/functions/").content.decode()
    assert "Sales management" in page
    assert "Location tracking" in page
    assert browser.post("/organization/functions/sales/closing/", {"departments": []}).status_code == 302
    assert "Closed" in browser.get("/organization/functions/").content.decode()
    assert browser.post("/organization/functions/sales/opening/").status_code == 302
