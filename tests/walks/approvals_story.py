"""A company in which leave goes a drawn way: printed as JSON for the test that starts the server."""

from datetime import timedelta
from typing import Any

from django.conf import settings

from qince.core.people.actions.leaving import leave
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.employee.attendance.request_actions import ask_time
from qince.employee.leave.actions import requesting
from qince.employee.leave.models import LeaveRequest, LeaveType
from qince.employee.leave.reckoning.counting import Segment
from qince.employee.leave.reckoning.terms import Basis, Granting, Terms
from qince.employee.leave.tests.factories import leave_type
from qince.engines.approvals.actions import deciding, delegating, designing
from qince.engines.approvals.flow.schema import (
    Approve,
    Branch,
    Comparison,
    Condition,
    Flow,
    Leader,
    People,
    as_stored,
)
from qince.engines.approvals.models import FlowVersion, Instance, Task
from qince.engines.approvals.registry import code_in
from qince.engines.forms.approving import PREFIX
from qince.engines.forms.models import Form, Submission
from qince.engines.forms.tests import factories as forms
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from tests.walks.story import the_organization

TEAM = {"boss": "马经理", "director": "高总监", "deputy": "何助理", "hr1": "人事甲", "hr2": "人事乙"}


def seed() -> bool:
    """Ann under the boss; over three days the director signs too, who is away and has a deputy; then one of HR."""
    with tenant(the_organization()):
        admin = people.actor(_person("林主任", 60, ["administrator"]))
        team = {
            key: _person(name, 61 + number, ["manager"]) for number, (key, name) in enumerate(TEAM.items())
        }
        for name, number in (("安安", 70), ("贝贝", 74)):
            _person(name, number, ["rep"], leader=team["boss"])
        now = clock.now()
        terms = Terms(grant=Granting.NONE, basis=Basis.CALENDAR)
        leave_type(admin, "事假", now=now, terms=terms)
        made = designing.create_flow(admin, subject="leave.request", name="请假", now=now)
        designing.save_draft(admin, flow_id=made.pk, body=as_stored(_drawn(team)), now=now)
        designing.publish_flow(admin, flow_id=made.pk, now=now)
        period = {"starts_at": now, "ends_at": now + timedelta(days=9)}
        delegating.delegate(people.actor(team["director"]), to=team["deputy"].pk, now=now, **period)
    return purchase()


def purchase() -> bool:
    """A form of the organization's own: the boss decides; over 500 the treasurer signs too."""
    with tenant(the_organization()):
        admin = people.actor(Employee.objects.get(name="林主任"))
        treasurer = _person("钱会计", 75, ["manager"])
        questions = forms.definition(
            forms.field("item", "text", "What", required="true()"),
            forms.field("price", "number", "Price"),
            forms.field("qty", "integer", "Quantity"),
            forms.field("total", "formula", "Total", formula="${price} * ${qty}"),
            title="Purchase",
        )
        form = forms.form(admin, questions, decided_by=Form.Decider.FLOW)
        sign = Approve(id="sign", name="财务会签", approvers=People(ids=[treasurer.pk]))
        dear = Comparison(fact="total", is_="gt", value=500)
        over = Branch(id="over", name="Over", when=[[dear]], steps=[sign])
        branches = [over, Branch(id="else", name="Else")]
        steps: Any = [
            Approve(id="leader", name="直属上级", approvers=Leader()),
            Condition(id="dear", name="金额", branches=branches),
        ]
        now = clock.now()
        made = designing.create_flow(admin, subject=code_in(PREFIX, form.pk), name="采购", now=now)
        designing.save_draft(admin, flow_id=made.pk, body=as_stored(Flow(steps=steps)), now=now)
        designing.publish_flow(admin, flow_id=made.pk, now=now)
    return True


def let_go(name: str, successor: str) -> bool:
    """Somebody leaves; what waits for them goes to their successor."""
    with tenant(the_organization()):
        admin = people.actor(Employee.objects.get(name="林主任"))
        leaver, heir = (Employee.objects.get(name=each) for each in (name, successor))
        leave(admin, leaver, successor=heir, now=clock.now())
    return True


def bought() -> list[Any]:
    """Each purchase: state, total, and how many rounds its request went."""
    with tenant(the_organization()):
        rows = Submission.objects.filter(form__name="Purchase")
        rounds = dict(Instance.objects.values_list("target_id", "round"))
        return [[row.status, row.data["total"], rounds[row.pk]] for row in rows]


def _drawn(team: dict[str, Any]) -> Flow:
    sign = Approve(id="sign", name="总监会签", approvers=People(ids=[team["director"].pk]))
    over = Branch(
        id="over", name="3 天以上", when=[[Comparison(fact="days", is_="gt", value=3)]], steps=[sign]
    )
    return Flow(
        steps=[
            Approve(id="leader", name="直属上级", approvers=Leader()),
            Condition(id="long", name="天数", branches=[over, Branch(id="else", name="其他")]),
            Approve(id="hr", name="人事", approvers=People(ids=[team["hr1"].pk, team["hr2"].pk])),
        ]
    )


def _person(name: str, number: int, roles: list[str], leader: Any = None) -> Any:
    return people.employee(
        name, roles=roles, leader=leader, number=f"W{number}", mobile=f"+861990000{number:04d}"
    )


def session(name: str) -> dict[str, str]:
    """The cookie of somebody who is signed in at a desk."""
    with tenant(the_organization()):
        client = people.browser(Employee.objects.get(name=name))
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


def task_of(name: str) -> str:
    """What waits for somebody, by the address of its decision."""
    with tenant(the_organization()):
        task = Task.objects.get(assignee__name=name, state=Task.State.PENDING)
        return f"/approvals/tasks/{task.pk}/acts/"


def outcome() -> dict[str, Any]:
    """How the leave stands, and everybody's part in the last round."""
    with tenant(the_organization()):
        row = LeaveRequest.objects.get()
        tasks = Task.objects.filter(instance__target_id=row.pk, step__round=2)
        parts = sorted(tasks.values_list("assignee__name", "on_behalf_of__name", "state"))
        return {"state": row.state, "qty": str(row.qty), "parts": [list(each) for each in parts]}


def drawn_flow(name: str) -> Any:
    """The steps of a flow as it was published last."""
    with tenant(the_organization()):
        found = FlowVersion.objects.filter(flow__name=name).latest("number")
        return found.body["steps"]


def leave_days(count: str, name: str) -> list[str]:
    """So many requests of somebody for a day of leave each, some weeks ahead; their numbers."""
    with tenant(the_organization()):
        actor, now = people.actor(Employee.objects.get(name=name)), clock.now()
        kind = LeaveType.objects.get(name="事假")
        days = [now.date() + timedelta(days=30 + number) for number in range(int(count))]
        wishes = [requesting.Wish(kind.pk, [Segment(day, day)], "家事") for day in days]
        rows = [requesting.hand_in(actor, request_id=uuid7(), wish=each, now=now) for each in wishes]
        return [Instance.objects.get(target_id=row.pk).number for row in rows]


def overtime(count: str) -> list[str]:
    """So many requests for overtime; their numbers, the first one first."""
    with tenant(the_organization()):
        actor, now = people.actor(Employee.objects.get(name="贝贝")), clock.now()
        rows = []
        for number in range(int(count)):
            at = now + timedelta(days=number + 1)
            span = {"starts_at": at, "ends_at": at + timedelta(hours=2)}
            rows.append(ask_time(actor, now=now, kind="overtime", reason="盘点", **span))
        return [Instance.objects.get(target_id=row.pk).number for row in rows]


def decide(name: str, number: str) -> bool:
    """Somebody agrees to a request."""
    with tenant(the_organization()):
        task = Task.objects.get(assignee__name=name, instance__number=number, state=Task.State.PENDING)
        deciding.approve(people.actor(task.assignee), task_id=task.pk, now=clock.now())
    return True


def decided(*numbers: str) -> list[Any]:
    """Who decided on each, and how it stands."""
    with tenant(the_organization()):
        rows = Task.objects.filter(instance__number__in=numbers, acted_by__isnull=False)
        found = rows.order_by("instance__number").values_list("acted_by__name", "instance__status")
        return [list(each) for each in found]


def in_whose_place(*numbers: str) -> list[Any]:
    """By request: who decided, for whom, with which words."""
    with tenant(the_organization()):
        rows = Task.objects.filter(instance__number__in=numbers, on_behalf_of__isnull=False)
        found = rows.values_list("assignee__name", "on_behalf_of__name", "comment", "state")
        return [[part or "" for part in each] for each in found]
