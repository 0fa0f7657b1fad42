"""What has ended is found by the daily sweep: nobody has to ask."""

from datetime import timedelta

import pytest

from qince.core.accounts.models import Device
from qince.core.erasure import working
from qince.core.erasure.models import Erasure
from qince.core.lifecycle import ceasing, leaving, queries, sweeping, terms
from qince.core.lifecycle.models import Cancellation
from qince.core.lifecycle.sweeping import Ground
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db
NOW = clock.now()
DAY = timedelta(days=1)


def made(name):
    """An organization with an administrator and a rep, used today."""
    found = people.organization(name)
    with tenant(found):
        admin = people.employee("管理员", roles=("administrator",))
        people.employee("王芳", roles=("rep",))
    seen(admin, NOW)
    return found, admin


def seen(employee, at):
    Device.objects.filter(organization=employee.organization_id).delete()
    Device.objects.create(
        account_id=employee.account_id, organization_id=employee.organization_id, employee_id=employee.pk,
        kind="console", token_digest=str(employee.pk), confirmed_at=at, last_seen_at=at,
    )  # fmt: skip


def operator(organization):
    return system_actor(organization.pk, "李")


def expired_for(organization, days):
    with tenant(organization):
        ended = queries.today(organization, NOW) - days * DAY
    terms.note_term(
        operator(organization),
        edition="paid",
        starts_on=ended - 365 * DAY,
        ends_on=ended,
        noted_by="李",
        now=NOW,
    )
    terms.watch_term(operator(organization), now=NOW)


def cancelled(organization, admin):
    with tenant(organization):
        actor = people.actor(admin)
    leaving.request_cancellation(actor, reason="停业", now=NOW - 40 * DAY)
    leaving.confirm_cancellation(operator(organization), confirmed_by="李", now=NOW - 40 * DAY)


def swept(now=NOW):
    return {(each.organization_id, each.ground, each.people) for each in sweeping.sweep(now=now)}


def under_way(organization):
    with tenant(organization):
        return list(Cancellation.objects.values_list("channel", "state"))


@pytest.mark.clause("C6.2-05")
def test_expired_cancelled_unused_and_ceased_are_all_found_without_a_request(settings, data_folder):
    settings.FREE_IDLE_DAYS = 90
    working_one, _admin = made("在用公司")
    expired, _admin = made("到期公司")
    fresh, _admin = made("刚到期公司")
    leaver, leavers_admin = made("注销公司")
    unused, unused_admin = made("闲置公司")
    expired_for(expired, 31)
    expired_for(fresh, 5)
    cancelled(leaver, leavers_admin)
    seen(unused_admin, NOW - 91 * DAY)

    assert swept() == {(expired.pk, Ground.EXPIRED, 2), (leaver.pk, Ground.CANCELLED, 2)}
    assert under_way(expired) == [("expiry", "requested")]
    assert under_way(fresh) == under_way(working_one) == under_way(unused) == []  # warned first
    with tenant(leaver):
        for erasure in Erasure.objects.all():
            working.carry_out(leaver.pk, erasure.pk, now=NOW)
        assert not Employee.objects.exclude(status="left").exists()
        assert not Employee.objects.filter(name="王芳").exists()
    assert Organization.objects.get(pk=leaver.pk).state == "closed"

    later = NOW + 31 * DAY
    seen(_admin_of(working_one), later)
    assert (unused.pk, Ground.UNUSED, 2) in swept(later)
    assert under_way(unused) == [("free", "requested")]
    assert under_way(working_one) == []

    ceasing.announce(ceases_on=clock.local_date(later, "Asia/Shanghai") + 30 * DAY, text="停止运营", announced_by="李",
                     now=later)  # fmt: skip
    end = later + 31 * DAY
    ceasing.cease_if_due(now=end)
    assert {each for each in swept(end + 29 * DAY) if each[1] == Ground.CEASED} == set()
    found = {each for each in swept(end + 31 * DAY) if each[1] == Ground.CEASED}
    assert (working_one.pk, Ground.CEASED, 2) in found
    assert under_way(working_one) == [("ceased", "requested")]


def _admin_of(organization):
    with tenant(organization):
        return Employee.objects.get(name="管理员")


def test_what_was_found_waits_for_its_human_and_is_not_found_twice():
    organization, _admin = made("到期公司")
    expired_for(organization, 31)
    assert len(swept()) == 1
    assert swept() == set()
    with tenant(organization):
        assert Employee.objects.exclude(status="left").count() == 2


def test_people_left_behind_in_a_closed_organization_are_erased():
    organization, _admin = made("已注销公司")
    Organization.objects.filter(pk=organization.pk).update(state="closed")
    assert swept() == {(organization.pk, Ground.CANCELLED, 2)}
    with tenant(organization):
        assert Erasure.objects.count() == 2
    assert swept() == set()
