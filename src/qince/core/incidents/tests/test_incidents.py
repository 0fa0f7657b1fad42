"""An incident from discovery to closure: what may not be left out, who is told how, what is owed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from qince.core.accounts.models import OutboxMessage
from qince.core.incidents import actions, parts, queries, telling, watching
from qince.core.incidents.finding import holdings
from qince.core.incidents.models import Affected, Announcement, Incident
from qince.core.letters.delivering import carry_all
from qince.core.letters.models import Delivery, Letter
from qince.core.letters.tests.catcher import catching, html_of, text_of
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Conflict, Forbidden, Refusal

NOW = clock.now()
TEXTS = {name: f"{name}的内容" for name in parts.WRITTEN}
OPERATOR = {"name": "南京某某科技有限公司", "address": "南京", "email": "dpo@x.example", "phone": "025-1"}


@pytest.fixture(autouse=True)
def operator(settings):
    settings.OPERATOR = dict(OPERATOR)


@pytest.fixture
def officer(inside):
    return people.actor(people.employee("隐私官", roles=["privacy_officer"], email="officer@x.example"))


def opened(officer, *, written=True, **more):
    incident = actions.open_incident(
        officer, now=NOW, **{"title": "通讯录泄露", "discovered_at": NOW - timedelta(hours=1), **more}
    )
    return actions.write_parts(officer, incident, now=NOW, **TEXTS) if written else incident


def with_people(officer, incident, n=2, **more):
    return [
        actions.add_affected(
            officer, incident, now=NOW, name=f"受影响{k}", mobile=f"+86139000000{k:02d}", email=f"p{k}@x.example",
            **more,
        )
        for k in range(n)
    ]  # fmt: skip


GUARDIAN = {
    "guardian_name": "家长",
    "guardian_mobile": "+8613900000099",
    "guardian_email": "parent@x.example",
}


def refused(act, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        act(*args, now=NOW, **kwargs)
    return caught.value


def clock_of(incident):
    return Incident.objects.get(pk=incident.pk)


# Parts


@pytest.mark.clause("C5.6-01", "C5.6-02")
@pytest.mark.parametrize("name", list(parts.WRITTEN))
def test_each_part_left_empty_in_turn_refuses_the_sending(officer, name):
    incident = opened(officer)
    with_people(officer, incident)
    actions.write_parts(officer, incident, now=NOW, **{name: "  "})
    refusal = refused(telling.tell, officer, incident)
    assert (refusal.code, list(refusal.fields)) == ("parts_missing", [name])
    assert str(parts.WRITTEN[name][0]) in str(refusal.message)
    assert Letter.objects.count() == 0
    actions.write_parts(officer, incident, now=NOW, **{name: "补上"})
    assert telling.tell(officer, incident, now=NOW) == 2


@pytest.mark.clause("C5.6-03")
def test_without_the_operators_contact_nothing_is_sent_and_with_it_every_message_holds_it(
    officer, organization, settings
):
    incident = opened(officer)
    with_people(officer, incident, n=1)
    for lacking in ({"name": ""}, {"phone": "", "email": ""}):
        settings.OPERATOR = {**OPERATOR, **lacking}
        assert list(refused(telling.tell, officer, incident).fields) == ["contacts"]
    settings.OPERATOR = OPERATOR
    telling.tell(officer, incident, now=NOW)
    made = telling.announce(officer, incident, now=NOW, reason="无法逐一联系")
    letter = Letter.objects.get()
    with catching() as catcher:
        carry_all(organization.pk, [letter.pk], now=NOW)
    [mail] = catcher.mails
    page = Client().get(f"/announcements/{made.code}/").content.decode()
    for text in (text_of(mail), html_of(mail), letter.rendered.body, page):
        assert all(value in text for value in OPERATOR.values())


@pytest.mark.clause("C5.6-01")
def test_the_clock_runs_from_discovery_by_the_hours_the_operator_set(officer, settings):
    settings.INCIDENT_HOURS = 24
    incident = opened(officer, discovered_at=NOW - timedelta(hours=5))
    assert incident.due_at == NOW + timedelta(hours=19)
    settings.INCIDENT_HOURS = 1
    assert clock_of(incident).due_at == NOW + timedelta(hours=19)
    assert (
        refused(actions.open_incident, officer, title="x", discovered_at=NOW + timedelta(1)).code
        == "in_the_future"
    )


# People and channels


@pytest.mark.clause("C5.6-04")
def test_every_affected_person_has_a_state_for_each_of_the_channels(officer, organization):
    incident = opened(officer)
    employee = people.employee("王芳", email="wang@x.example")
    actions.add_affected(officer, incident, now=NOW, employee=employee)
    [outsider] = with_people(officer, incident, n=1)
    unreachable = actions.add_affected(officer, incident, now=NOW, name="只有姓名")
    telling.tell(officer, incident, now=NOW)
    with catching() as catcher:
        carry_all(organization.pk, list(Letter.objects.values_list("pk", flat=True)), now=NOW)
    assert sorted(mail["to"] for mail in catcher.mails) == ["p0@x.example", "wang@x.example"]
    states = {
        ways[0].pk: {way.channel: way.state for way in ways[1] if way.channel != "push"}
        for ways in ((each, queries.ways_of([each])[each.pk]) for each in Affected.objects.all())
    }
    assert all(set(each) >= {"app", "email", "sms", "letter", "phone"} for each in states.values())
    assert states[outsider.pk] == {
        "app": "skipped", "email": "sent", "sms": "sent", "letter": "pending", "phone": "pending",
    }  # fmt: skip
    assert states[unreachable.pk]["email"] == "skipped"
    assert telling.tick(officer, outsider, now=NOW, channel="phone") == 1
    assert {
        way.channel: way.state for way in queries.ways_of([Affected.objects.get(pk=outsider.pk)])[outsider.pk]
    }["phone"] == "handed_over"
    assert refused(telling.tick, officer, outsider, channel="phone").code == "nothing_waits"
    assert refused(telling.tick, officer, outsider, channel="email").code == "not_by_hand"


def test_telling_again_reaches_only_those_added_since(officer):
    incident = opened(officer)
    with_people(officer, incident, n=1)
    assert telling.tell(officer, incident, now=NOW) == 1
    assert telling.tell(officer, incident, now=NOW) == 0
    actions.add_affected(officer, incident, now=NOW, name="后来者")
    assert telling.tell(officer, incident, now=NOW) == 1


def test_the_text_message_tells_nothing_of_the_incident(officer, organization):
    incident = opened(officer)
    with_people(officer, incident, n=1)
    telling.tell(officer, incident, now=NOW, channels=["sms"])
    carry_all(organization.pk, [Letter.objects.get().pk], now=NOW)
    text = OutboxMessage.objects.get().text
    assert not any(each in text for each in (*TEXTS.values(), incident.title, "受影响0"))


def test_people_are_found_by_the_data_concerned_and_the_period(officer):
    """The walk follows each declaration's path: here from a letter's delivery to its reader."""
    incident = opened(officer)
    reader, other = people.employee("读者"), people.employee("别人")
    from qince.core.letters.actions import Addressee, send

    for employee, when in ((reader, NOW), (other, NOW - timedelta(days=40))):
        send(
            officer, to=[Addressee(employee_id=employee.pk)], kind="letters.free",
            values={"title": "t", "body": "b"}, now=when,
        )  # fmt: skip
    key = next(key for key in holdings() if key.startswith("letters.delivery."))
    assert holdings()[key].path == "letter__employee"
    since = NOW - timedelta(days=1)
    assert actions.find_affected(officer, incident, now=NOW, keys=[key], start=since) == 1
    assert [each.employee for each in incident.affected.all()] == [reader]
    assert actions.find_affected(officer, incident, now=NOW, keys=[key]) == 1
    assert actions.find_affected(officer, incident, now=NOW, keys=[key]) == 0
    assert (
        refused(actions.find_affected, officer, incident, keys=["people.employee.shoe_size"]).code
        == "unknown_data"
    )


def test_every_listed_kind_of_data_can_be_searched(officer):
    incident = opened(officer)
    people.employee("王芳")
    assert {"people.employee", "visits.checkevent", "customers.customer", "accounts.account"} <= {
        key.rpartition(".")[0] for key in holdings()
    }
    for key in holdings():
        actions.find_affected(officer, incident, now=NOW, keys=[key], start=NOW - timedelta(1), end=NOW)
    assert incident.affected.filter(employee__name="王芳").count() == 1


def test_a_search_can_be_limited_to_departments(officer):
    incident, east = opened(officer), people.department("华东")
    inside, _outside = people.employee("内", department=east), people.employee("外")
    key = next(key for key in holdings() if key.startswith("people.employee."))
    found = actions.find_affected(officer, incident, now=NOW, keys=[key], departments=[east])
    assert (found, [each.employee for each in incident.affected.all()]) == (1, [inside])


# Public announcement


@pytest.mark.clause("C5.6-05", "C5.7-05")
@pytest.mark.parametrize("kind", ["general", "child"])
def test_a_public_announcement_needs_a_reason_and_shows_as_page_and_banner(officer, organization, kind):
    incident = opened(officer, kind=kind)
    assert refused(telling.announce, officer, incident, reason=" ").code == "reason_required"
    assert Announcement.objects.count() == 0
    made = telling.announce(officer, incident, now=NOW, reason="联系方式缺失")
    browser = people.browser(people.employee("任何人"))
    address = f"/announcements/{made.code}/"
    page = Client().get(address)
    assert (page.status_code, "联系方式缺失" in page.content.decode()) == (200, True)
    assert all(text in page.content.decode() for text in TEXTS.values())
    for shown in (Client().get("/sign-in/"), browser.get("/")):
        assert address in shown.content.decode()
    assert telling.withdraw_announcements(officer, incident, now=NOW) == 1
    assert Client().get(address).status_code == 404
    assert address not in Client().get("/sign-in/").content.decode()


def test_an_announcement_with_an_empty_part_is_refused(officer):
    incident = opened(officer, written=False)
    assert refused(telling.announce, officer, incident, reason="难以联系").code == "parts_missing"


# The regulator and the clock


def alarms(kind):
    return list(Letter.objects.filter(kind=kind).select_related("employee"))


@pytest.mark.clause("C5.6-06")
def test_an_open_incident_without_report_alerts_until_the_receipt_is_noted(officer, organization):
    incident = opened(officer, discovered_at=NOW)
    with_people(officer, incident)
    telling.tell(officer, incident, now=NOW)
    system = system_actor(organization.pk, "incidents.watch")

    def watched(hours):
        with translation.override("en"):
            return watching.watch(system, now=NOW + timedelta(hours=hours))

    assert [watched(1), watched(53)] == [0, 0]
    assert [watched(55), watched(56)] == [1, 0]  # three quarters of 72 hours, once
    assert [watched(73), watched(74), watched(98)] == [1, 0, 1]  # over, and again each day
    assert [each.employee.name for each in alarms("incidents.alarm")] == ["隐私官"]
    assert len(alarms("incidents.overdue")) == 2
    assert alarms("incidents.alarm")[0].values["missing"].startswith("not reported")
    assert (
        refused(actions.report, officer, incident, reported_on=NOW.date(), receipt="").code
        == "receipt_required"
    )
    actions.report(officer, incident, now=NOW, reported_on=NOW.date(), receipt="苏网信2026-1")
    assert watched(130) == 0


def test_the_alarm_goes_to_the_administrators_where_there_is_no_officer(inside):
    boss = people.actor(people.employee("管理员", roles=["administrator"]))
    opened(boss, discovered_at=NOW - timedelta(hours=100))
    assert watching.watch(system_actor(inside.pk, "incidents.watch"), now=NOW) == 1
    assert [each.employee.name for each in alarms("incidents.overdue")] == ["管理员"]


def test_drills_and_settled_incidents_alarm_nobody(officer, organization):
    opened(officer, is_drill=True, discovered_at=NOW - timedelta(hours=100))
    assert watching.watch(system_actor(organization.pk, "incidents.watch"), now=NOW) == 0


# Closing


@pytest.mark.clause("C5.5-02")
def test_the_report_lists_everybody_concerned_with_the_state_of_the_remedy(officer):
    incident = opened(officer)
    first, second = with_people(officer, incident)
    actions.decide_remedy(officer, first, now=NOW, remedy="done", remedy_note="已更换手机号")
    assert refused(actions.decide_remedy, officer, second, remedy="none").code == "reason_required"
    browser = people.browser(people.employee("隐私官二", roles=["privacy_officer"]))
    page = browser.get(f"/incidents/{incident.pk}/report/").content.decode()
    rows = {
        name: page.split(f'<td class="is-word">{name}</td>')[1].split("</tr>")[0]
        for name in ("受影响0", "受影响1")
    }
    assert "Made good: 已更换手机号" in rows["受影响0"]
    assert "Not decided" in rows["受影响1"]
    assert all(text in page for text in (*TEXTS.values(), OPERATOR["name"]))
    assert refused(actions.close, officer, incident).details["owed"] == ["told", "report", "remedies"]


def test_a_general_incident_may_go_unreported_for_a_reason_and_then_closes(officer):
    incident = opened(officer)
    with_people(officer, incident)
    telling.tell(officer, incident, now=NOW)
    for each in incident.affected.all():
        actions.decide_remedy(officer, each, now=NOW, remedy="offered")
    assert refused(actions.close, officer, incident).details["owed"] == ["report"]
    assert refused(actions.skip_report, officer, incident, reason=" ").code == "reason_required"
    actions.skip_report(officer, incident, now=NOW, reason="已采取措施避免危害")
    assert not actions.close(officer, incident, now=NOW).is_open
    with pytest.raises(Conflict):
        actions.write_parts(officer, incident, now=NOW, cause="x")


# Children


@pytest.mark.clause("C5.7-01")
def test_a_child_incident_opens_its_own_plan_with_owners_and_clocks(officer):
    assert not opened(officer).steps.exists()
    incident = opened(officer, kind="child")
    steps = list(incident.steps.order_by("sequence"))
    assert [each.code for each in steps] == ["contain", "assess", "guardians", "tell", "report", "remedy"]
    assert all(each.owner_id == officer.employee_id for each in steps)
    assert all(incident.discovered_at < each.due_at <= incident.due_at for each in steps)
    assert steps[0].is_over(NOW + timedelta(hours=8))
    colleague = people.employee("同事")
    actions.assign_step(officer, steps[0], now=NOW, owner=colleague, due_at=NOW)
    actions.complete_step(officer, steps[0], now=NOW)
    assert (incident.steps.get(code="contain").owner, incident.steps.get(code="contain").done_at) == (
        colleague,
        NOW,
    )
    with pytest.raises(Conflict):
        actions.complete_step(officer, steps[0], now=NOW)


@pytest.mark.clause("C5.7-03", "C5.7-04")
def test_a_child_and_the_guardian_each_get_a_letter_with_a_state_for_each_channel(officer, organization):
    incident = opened(officer, kind="child")
    [child] = with_people(officer, incident, n=1)
    assert refused(telling.tell, officer, incident).code == "guardian_missing"
    assert refused(actions.set_guardian, officer, child, guardian_name="家长").code == "guardian_incomplete"
    actions.set_guardian(officer, child, now=NOW, **GUARDIAN)
    assert telling.tell(officer, incident, now=NOW, channels=["app", "email", "sms"]) == 2
    child = Affected.objects.get(pk=child.pk)
    assert [child.letter.to_name, child.guardian_letter.to_name] == ["受影响0", "家长"]
    assert "受影响0" in child.guardian_letter.rendered.title
    for letter in (child.letter, child.guardian_letter):
        assert all(text in letter.rendered.body for text in TEXTS.values())
    with catching() as catcher:
        carry_all(organization.pk, [child.letter_id, child.guardian_letter_id], now=NOW)
    assert sorted(mail["to"] for mail in catcher.mails) == ["p0@x.example", "parent@x.example"]
    ways = queries.ways_of([Affected.objects.get(pk=child.pk)])[child.pk]
    assert sorted((way.whose, way.channel, way.state) for way in ways) == [
        ("guardian", "app", "skipped"), ("guardian", "email", "sent"), ("guardian", "sms", "sent"),
        ("person", "app", "skipped"), ("person", "email", "sent"), ("person", "sms", "sent"),
    ]  # fmt: skip


@pytest.mark.clause("C5.7-06", "C5.7-07")
def test_a_child_incident_closes_only_reported_and_with_a_remedy_for_child_and_guardian(officer):
    incident = opened(officer, kind="child")
    [child] = with_people(officer, incident, n=1, **GUARDIAN)
    telling.tell(officer, incident, now=NOW)
    for step in incident.steps.all():
        actions.complete_step(officer, step, now=NOW)
    assert refused(actions.skip_report, officer, incident, reason="不需要").code == "report_not_skippable"
    assert refused(actions.close, officer, incident).details["owed"] == ["report", "remedies"]
    actions.decide_remedy(officer, child, now=NOW, remedy="offered", guardian_remedy="offered")
    assert refused(actions.close, officer, incident).details["owed"] == ["report"]
    actions.report(officer, incident, now=NOW, reported_on=NOW.date(), receipt="R1")
    actions.decide_remedy(officer, child, now=NOW, remedy="offered", guardian_remedy="open")
    assert refused(actions.close, officer, incident).details["owed"] == ["remedies"]
    actions.decide_remedy(officer, child, now=NOW, remedy="open", guardian_remedy="offered")
    assert refused(actions.close, officer, incident).details["owed"] == ["remedies"]
    actions.decide_remedy(officer, child, now=NOW, remedy="done", guardian_remedy="offered")
    assert not actions.close(officer, incident, now=NOW).is_open


# Drills


@pytest.mark.clause("C5.7-02")
@pytest.mark.parametrize("kind", ["general", "child"])
def test_a_drill_sends_no_real_message_and_marks_each_channel_simulated(officer, organization, kind):
    incident = opened(officer, kind=kind, is_drill=True)
    employee = people.employee("王芳", email="wang@x.example")
    actions.add_affected(officer, incident, now=NOW, employee=employee, **GUARDIAN)
    assert telling.tell(officer, incident, now=NOW) == 0
    assert telling.announce(officer, incident, now=NOW, reason="演练") is None
    assert (Letter.objects.count(), Delivery.objects.count(), OutboxMessage.objects.count()) == (0, 0, 0)
    assert Announcement.objects.count() == 0
    [affected] = incident.affected.select_related("incident")
    assert {way.state for way in queries.ways_of([affected])[affected.pk]} == {"simulated"}
    for step in incident.steps.all():
        actions.complete_step(officer, step, now=NOW)
    assert not actions.close(officer, incident, now=NOW).is_open


@pytest.mark.clause("C5.7-02")
def test_a_missing_drill_is_reminded_of_once_a_month(officer, organization):
    system = system_actor(organization.pk, "incidents.remind_of_drill")

    def reminded(days):
        return watching.remind_of_drill(system, now=NOW + timedelta(days=days))

    assert reminded(300) is False
    assert [reminded(370), reminded(380), reminded(401)] == [True, False, True]
    opened(officer, is_drill=True)
    Incident.objects.update(discovered_at=NOW + timedelta(days=420))
    assert reminded(440) is False


def test_handling_needs_the_permission(officer):
    rep = people.actor(people.employee("王芳", roles=["rep"]))
    incident = opened(officer)
    for act in (actions.close, telling.tell):
        with pytest.raises(Forbidden):
            act(rep, incident, now=NOW)
    assert not queries.incidents_visible_to(rep).exists()
