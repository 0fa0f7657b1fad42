"""The copy a member gets: all they handed in, with where it comes from and what for, and the log of their use."""

import io
import json
import zipfile
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from qince.core.erasure import copies
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.core.watch.buffer import buffer
from qince.employee.calendar.tests.scene import create as create_event
from qince.employee.daily_reports.setting_up import Named
from qince.employee.daily_reports.tests import scene as reports
from qince.employee.leave.tests import scene as leave
from qince.employee.leave.tests.factories import leave_type
from qince.engines.approvals.actions import applying, deciding
from qince.engines.approvals.models import Task
from qince.engines.forms.tests import factories as forms
from qince.engines.sync.tests.factories import evidence, operation, punch, push
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from qince.sales.visits.tests import factories as visits
from tests.access.planting import phone_token

NOW = clock.now()
# What one writes where, each once: whoever opens the copy must find every one of them.
SAID = {
    "attendance.punch": "集庆门大街站旁第一句",
    "visits.visit": "补货三箱第二句",
    "forms.submission": "货架第三层第三句",
    "leave.leaverequest": "回乡探亲第四句",
    "daily_reports.report": "今天走了六家第五句",
    "approvals.remark": "附上说明第六句",
    "calendar.event": "客户碰头会第七句",
    "approvals.task": "同意这样做第八句",
}


@pytest.fixture
def team(organization, data_folder):
    with tenant(organization):
        boss = people.employee("陈经理", roles=["manager"])
        hired = {"leader": boss, "roles": ["rep"], "hired_on": date(2020, 5, 4)}
        fang, na = people.employee("王芳", **hired), people.employee("李娜", **hired)
        admin = people.employee("周主任", roles=["administrator"])
        for each in (boss, fang, na, admin):
            agree(each)
        actor = people.actor(admin)
        return SimpleNamespace(
            organization=organization, boss=boss, fang=fang, na=na, admin=actor,
            form=forms.form(actor), annual=leave_type(actor, now=leave.NOW, terms=leave.ANNUAL),
            template=reports.make(
                SimpleNamespace(admin=actor), "日报", reporters=Named((fang.pk, na.pk))
            ),
        )  # fmt: skip


def hand_in(team, who, said):
    """A day's worth of everything, through the doors a phone uses."""
    phone = people.actor(who, client="phone")
    store = visits.store(who)
    arriving = visits.check_in(store, manual="店里")
    leaving = visits.check_out(
        arriving["payload"]["visit_id"], after=[arriving["id"]], summary=said["visits.visit"], manual="店里"
    )
    form = {
        "submission_id": str(uuid7()), "form_id": str(team.form.pk), "version": 1,
        "data": {"store": said["forms.submission"]}, "evidence": evidence(manual="店里"),
    }  # fmt: skip
    sent = (
        punch(manual=said["attendance.punch"]),
        arriving,
        leaving,
        operation("forms.submit", form),
    )
    assert {answer.state for answer in push(phone, *sent).values()} == {"accepted"}
    request = leave.ask(team, who=who, reason=said["leave.leaverequest"])
    instance = leave.instance_of(request)
    applying.remark(phone, instance_id=instance.pk, text=said["approvals.remark"], now=leave.NOW)
    task = Task.objects.get(instance=instance, state=Task.State.PENDING)
    deciding.approve(people.actor(team.boss), task_id=task.pk, comment=said["approvals.task"], now=leave.NOW)
    reports.send(team, who, data={"done": said["daily_reports.report"]})
    create_event(who, title=said["calendar.event"])


def copy_of(organization, who):
    """Asked for, made by the job's own function, collected by the person: its JSON by section."""
    with tenant(organization):
        asked = copies.request_own_copy(people.actor(who), now=clock.now())
    made = copies.make(organization.pk, asked.pk, now=clock.now())
    with tenant(organization):
        actor = people.actor(who)
        token = copies.link_copy(actor, made, now=clock.now())
        with copies.collect_copy(actor, made, token=token, now=clock.now()) as clear:
            archive = zipfile.ZipFile(io.BytesIO(clear.read()))
    index = json.loads(archive.read("index.json"))["sections"]
    held = {each["data"]: [json.loads(archive.read(name)) for name in each["files"]] for each in index}
    return {each["data"]: each for each in index}, {
        key: [row for page in pages for row in page] for key, pages in held.items()
    }


@pytest.mark.clause("C2.2.1-01")
def test_the_authors_copy_holds_all_they_handed_in_with_provenance_and_purpose(team):
    others = {kind: f"{words}（李娜）" for kind, words in SAID.items()}
    with tenant(team.organization):
        hand_in(team, team.fang, SAID)
        hand_in(team, team.na, others)
    index, held = copy_of(team.organization, team.fang)
    for kind, words in SAID.items():
        found = [key for key, rows in held.items() if not index[key]["by_others"] and words in _text(rows)]
        assert [key.startswith(kind) for key in found] == [True], (kind, found)
        [where] = found
        [row] = [each for each in held[where] if words in _text(each)]
        told = {each["name"]: each for each in index[where]["fields"]}
        for name in row:
            assert told[name]["purposes"], (where, name)
            assert told[name]["source"], (where, name)
            assert told[name]["retention"], (where, name)
    everything = _text(held)
    assert not any(words in everything for words in others.values())


def _text(rows):
    return json.dumps(rows, ensure_ascii=False)


@pytest.mark.clause("C2.2.3-07")
def test_a_members_copy_holds_the_lines_of_their_own_use(team):
    """Lines as the server wrote them of real requests, from console and phone; of nobody else's."""
    buffer.waiting.clear()
    with tenant(team.organization):
        browser, other = people.browser(team.fang), people.browser(team.na)
        headers = {"Authorization": f"Bearer {phone_token(team.fang)}"}
    browser.get("/employees/", headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/131.0"})
    Client(headers=headers).get("/api/phone/v1/approvals", REMOTE_ADDR="192.0.2.7")
    for _each in range(3):
        other.get("/departments/", headers={"user-agent": "Mozilla/5.0 (Macintosh) Safari/605"})
    buffer.flush()
    index, held = copy_of(team.organization, team.fang)
    [key] = [each for each in held if each.startswith("watch.access")]
    own = held[key]
    assert [(row["method"], row["status"]) for row in own] == [("GET", 200), ("GET", 200)]
    assert "192.0.2.7" in _text(own)
    assert "Firefox" in _text(own)
    assert "Safari/605" not in _text(held)
    told = {each["name"]: each for each in index[key]["fields"]}
    assert {told[name]["retention"] for name in ("ip", "browser", "at")} == {"6m"}
    assert all(told[name]["purposes"] == ["security"] for name in own[0])
