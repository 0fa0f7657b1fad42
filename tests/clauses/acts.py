"""Of each function a real act of the person concerned, at the door where people do it: was it done?"""

import json
from base64 import b64encode
from datetime import time, timedelta
from io import BytesIO
from types import SimpleNamespace
from uuid import UUID

from django.test import Client
from PIL import Image

from qince.core.letters import wishes
from qince.core.letters.actions import Addressee, send
from qince.core.letters.registry import FREE
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.core.rights.calendar import working_days_after
from qince.employee.calendar.actions.keys import make_key
from qince.employee.calendar.models import Event
from qince.employee.daily_reports.actions.designing import create_template
from qince.employee.daily_reports.models import Report
from qince.employee.daily_reports.owing.rules import Cycle, Rule
from qince.employee.daily_reports.setting_up import Named
from qince.employee.daily_reports.tests import scene as reports
from qince.employee.leave.models import LeaveRequest
from qince.engines.approvals.models import Instance, Remark, Task
from qince.engines.forms.models import Submission
from qince.engines.notifications.actions import switch_on
from qince.engines.notifications.tests.service import Browser
from qince.engines.sync.tests.factories import evidence, operation, punch, push
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from qince.sales.tracking.tests import factories as tracks
from qince.sales.visits.models import Photo, Visit
from qince.sales.visits.tests import factories as visits

API = "/api/phone/v1"


def pushed(scene, *operations):
    return all(each.state == "accepted" for each in push(scene.phone, *operations).values())


def store(scene):
    scene.number += 1
    return visits.store(scene.rep, code=f"W{scene.number}", name=f"店{scene.number}")


def arrive(scene, **where):
    return visits.check_in(store(scene), template=scene.template, **where)


def press_with_photo():
    told = evidence(manual="店里")
    picture = {"sha256": uuid7().hex * 2, "size": 1000, "taken_at": told["device_time"]}
    payload = {"punch_id": str(uuid7()), "kind": "in", "evidence": told, "photos": [picture]}
    return operation("attendance.punch", payload)


def faces():
    """Three pictures as a phone sends them; without a matcher a person compares."""
    drawn = []
    for shade in (90, 120, 150):
        out = BytesIO()
        Image.new("RGB", (96, 96), (shade, shade, shade)).save(out, "JPEG")
        drawn.append(b64encode(out.getvalue()).decode())
    return drawn


def called(scene, method, path, body=None):
    answer = getattr(Client(headers=scene.headers), method)(
        API + path, data=json.dumps(body) if body else None, content_type="application/json"
    )
    return answer.status_code < 300


def photograph(scene):
    """A photo with its position, at a visit begun without one."""
    arriving = arrive(scene, manual="店里")
    told = evidence()
    picture = {"sha256": uuid7().hex * 2, "size": 1000, "taken_at": told["device_time"], "evidence": told}
    payload = {
        "visit_id": arriving["payload"]["visit_id"],
        "step_id": "shelf",
        "evidence": told,
        "photos": [picture],
    }
    before = Photo.objects.count()
    taken = pushed(scene, arriving, operation("visits.record_step", payload, after=[arriving["id"]]))
    return taken and Photo.objects.count() == before + 1


def visit(scene):
    before = Visit.objects.count()
    return pushed(scene, arrive(scene, manual="店里")) and Visit.objects.count() == before + 1


def track(scene):
    at = tracks.NOON.replace(minute=(scene.number + 1) % 60)
    scene.number += 1
    return tracks.send(scene.phone, tracks.point(at), now=at).kept == 1


def letter(scene):
    """Written to the person; and whether its mail may be tracked."""
    boss = people.actor(people.employee(f"主管{uuid7().hex[-6:]}", roles=("administrator",)))
    text = {"title": "盘点", "body": "请盘点"}
    [made] = send(boss, to=[Addressee(employee_id=scene.rep.pk)], kind=FREE, values=text, now=clock.now())
    return made


def fetched(name):
    """Whether a sync brings rows of the collection."""

    def fetch(scene):
        answer = Client(headers=scene.headers).get(f"{API}/pull")
        return answer.status_code == 200 and bool(answer.json()["collections"][name]["upserts"])

    return fetch


def page(address):
    return lambda scene: scene.browser.get(address).status_code == 200


def fill(scene, **answers):
    before = Submission.objects.count()
    payload = {
        "submission_id": str(uuid7()), "form_id": str(scene.form.pk), "version": 1,
        "data": {"store": "A1", **answers}, "evidence": evidence(),
    }  # fmt: skip
    return pushed(scene, operation("forms.submit", payload)) and Submission.objects.count() == before + 1


def ask_for_leave(scene, kind, reason=""):
    """A working day no request has named before; answers with the request's id, or nothing where it was refused."""
    scene.number += 1
    on = working_days_after(clock.now().date(), 5 * scene.number).isoformat()
    payload = {
        "leave_id": str(uuid7()), "leave_type_id": str(kind.pk), "segments": [{"first": on, "last": on}],
        "reason": reason,
    }  # fmt: skip
    if not pushed(scene, operation("leave.request", payload)):
        return None
    return LeaveRequest.objects.get(pk=payload["leave_id"]).pk


def report(scene):
    """This week's report, on a template of its own."""
    scene.number += 1
    now = clock.now()
    on = clock.local_date(now, scene.rep.organization.time_zone)
    weekly = reports.setup(Rule(cycle=Cycle.WEEKLY, due_at=time(18)), reporters=Named((scene.rep.pk,)))
    made = create_template(scene.office, now=now, name=f"周报{scene.number}", setup=weekly)
    payload = {
        "daily_report_id": str(uuid7()), "report_template_id": str(made.pk), "version": 1, "filled_ms": 0,
        "period_on": (on - timedelta(days=on.weekday())).isoformat(),
        "data": {"forms": 0, "done": "走访 8 家"}, "evidence": evidence(manual="店里"),
    }  # fmt: skip
    before = Report.objects.count()
    return pushed(scene, operation("daily_reports.send", payload)) and Report.objects.count() == before + 1


def apply(scene):
    """A request under way upon which its applicant remarks."""
    asked: UUID = scene.waiting
    before = Remark.objects.count()
    instance = Instance.objects.get(target_id=asked)
    said = called(scene, "post", f"/approvals/{instance.pk}/remark", {"comment": "请尽快"})
    return said and Remark.objects.count() == before + 1


def decide_here(scene):
    """A decision on a subordinate's leave, with where it is made."""
    scene.number += 1
    other = people.employee(f"下属{scene.number}", leader=scene.rep, roles=("rep",))
    agree(other)
    theirs = SimpleNamespace(phone=people.actor(other, client="phone"), number=0)
    task = Task.objects.get(instance__target_id=ask_for_leave(theirs, scene.leave))
    position = evidence()["position"]
    return called(scene, "post", f"/approvals/tasks/{task.pk}/approve", {"position": position})


def let_push(scene):
    browser = people.actor(scene.rep, client="phone", device_id=scene.device.pk)
    return bool(switch_on(browser, **Browser(scene.service).subscription, now=clock.now()).pk)


def enter_event(scene):
    """An event entered on the phone."""
    before = Event.objects.count()
    payload = {
        "event_id": str(uuid7()), "title": "周会", "zone": "Asia/Shanghai", "starts": "2026-05-11T09:00:00",
        "ends": "2026-05-11T10:00:00",
    }  # fmt: skip
    return pushed(scene, operation("calendar.create", payload)) and Event.objects.count() == before + 1


def subscribe(scene):
    """A calendar program that reads the agenda at its secret address."""
    if not hasattr(scene, "feed"):
        scene.feed = make_key(people.actor(scene.rep), kind="feed", name="iPhone", now=clock.now()).secret
    return Client().get(f"/calendar/feed/{scene.feed}.ics").status_code == 200


ACTS = {
    "daily_reports.report": report,
    "calendar.agenda": enter_event,
    "calendar.apps": subscribe,
    "attendance.record": lambda scene: pushed(scene, punch(manual="集庆门大街公交站旁")),
    "attendance.face": lambda scene: called(scene, "post", "/attendance/face", {"pictures": faces()}),
    "attendance.photo": lambda scene: pushed(scene, press_with_photo()),
    "attendance.punch": lambda scene: pushed(scene, punch()),
    "visits.visit": visit,
    "visits.check_in": lambda scene: pushed(scene, arrive(scene)),
    "visits.photo": photograph,
    "tracking.positions": track,
    "routes.plan": fetched("planned_visits"),
    "sync.offline": fetched("me"),
    "customers.contacts": page("/customers/"),
    "people.address_book": fetched("me"),
    "letters.tracking": lambda scene: wishes.may_track(letter(scene)),
    "letters.messages": lambda scene: bool(letter(scene)) and called(scene, "get", "/messages"),
    "profile.card": lambda scene: called(scene, "put", "/profile", {"values": {"nickname": "小王"}}),
    "rights.requests": lambda scene: called(
        scene, "post", "/rights/cases", {"id": str(uuid7()), "kind": "query"}
    ),
    "accounts.sign_in": lambda scene: called(scene, "get", "/devices"),
    "privacy.consents": lambda scene: called(scene, "get", "/asked-anew"),
    "signin.session": page("/account/"),
    "forms.fill": fill,
    "forms.sensitive": lambda scene: fill(scene, allergy="花生"),
    "forms.place": lambda scene: fill(scene, place={"lat": 32.05, "lng": 118.79, "accuracy_m": 12}),
    "leave.request": lambda scene: bool(ask_for_leave(scene, scene.leave)),
    "leave.papers": lambda scene: bool(ask_for_leave(scene, scene.sick, "发烧")),
    "approvals.request": apply,
    "approvals.place": decide_here,
    "notifications.push": let_push,
}


def works(act, scene):
    try:
        return act(scene)
    except Refusal as refusal:
        return refusal.code


def done(scene):
    return {code: works(act, scene) for code, act in ACTS.items()}
