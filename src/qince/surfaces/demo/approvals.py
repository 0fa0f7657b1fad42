"""The demo's approval flows: leave that goes higher when it is long, and a form for material with a way of its own."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from qince.core.access.queries import actor_for
from qince.core.people.models import Employee
from qince.employee.leave.rules import REQUEST
from qince.engines.approvals.actions import choosing, deciding, designing
from qince.engines.approvals.flow.schema import (
    Approve,
    Branch,
    Choice,
    Comparison,
    Condition,
    Flow,
    Handle,
    Leader,
    Node,
    People,
    Role,
    Timeout,
    as_stored,
)
from qince.engines.approvals.models import CHOOSE, Instance, Task
from qince.engines.approvals.registry import code_in
from qince.engines.forms import actions
from qince.engines.forms.actions.submitting import Origin
from qince.engines.forms.approving import PREFIX
from qince.engines.forms.models import Form, Submission
from qince.engines.forms.schema import Definition, read
from qince.kit import clock
from qince.kit.actor import Actor
from qince.surfaces.demo.company import Company

LONG_LEAVE = 3  # days
DEAR = 2000  # yuan
BUYERS = ("ZX005", "ZX006")


@dataclass(frozen=True, slots=True)
class Wish:
    """Who asks for what, so many days ago, and where it stands today."""

    number: str
    item: str
    kind: str
    quantity: int
    price: str
    days: int
    stands: str


WISHES = (
    Wish("ZX010", "冰柜门贴", "display", 40, "18.5", 12, "done"),
    Wish("ZX011", "试饮杯（千只装）", "tasting", 6, "75", 9, "done"),
    Wish("ZX012", "双门冷柜", "equipment", 2, "2600", 8, "done"),
    Wish("ZX013", "堆头地龙", "display", 10, "120", 7, "rejected"),
    Wish("ZX014", "品牌遮阳伞", "display", 15, "96", 5, "returned"),
    Wish("ZX010", "促销帐篷", "equipment", 1, "780", 3, "choosing"),
    Wish("ZX016", "单门展示柜", "equipment", 3, "1450", 2, "higher"),
    Wish("ZX015", "价签卡（百张装）", "display", 8, "12", 1, "leader"),
)
KINDS = (("display", "陈列物料"), ("tasting", "试饮物料"), ("equipment", "设备"))


def draw_leave(made: Company, *, now: datetime) -> None:
    """Leave goes to the leader; when it is long, the administrators confirm it too."""
    confirm = Approve(id="hr", name="人事确认", approvers=Role(role="administrator"))
    long = Comparison(fact="days", is_="gt", value=LONG_LEAVE)
    steps: list[Node] = [
        Approve(id="leader", name="直属上级", approvers=Leader(), timeout=Timeout(hours=24, then="remind")),
        _either("long", "时长", f"超过 {LONG_LEAVE} 天", long, confirm),
    ]
    _publish(made.admin, REQUEST, "请假审批", Flow(steps=steps), now)


def ask_for_material(made: Company, everybody: dict[str, Actor], *, now: datetime) -> int:
    """Publish the form and its flow, and let people ask; how many did."""
    form = actions.create_form(made.admin, now=now, definition=_questions(), code="material")
    actions.publish_form(made.admin, form, now=now, reason="首次发布")
    form = actions.set_form(made.admin, form, now=now, is_open_to_all=True, decided_by=Form.Decider.FLOW)
    _publish(made.admin, code_in(PREFIX, form.pk), "物料申请审批", _way(), now)
    return sum(_live(wish, form, everybody, now) for wish in WISHES)


def _questions() -> Definition:
    needed = {"required": "true()"}
    fields = [
        _question("item", "text", "物料名称", "What", **needed),
        _question("kind", "choice", "类别", "Kind", choices="kinds", **needed),
        _question("quantity", "integer", "数量", "Quantity", constraint=". > 0", **needed),
        _question("price", "number", "单价（元）", "Price (CNY)", **needed),
        _question("total", "formula", "金额（元）", "Total (CNY)", formula="${quantity} * ${price}"),
        _question("purpose", "text", "用途", "What for"),
    ]
    options = [{"value": code, "label": {"zh-Hans": words}} for code, words in KINDS]
    title = {"zh-Hans": "物料申请", "en": "Material"}
    return read(
        {"title": title, "languages": ["zh-Hans", "en"], "fields": fields, "lists": {"kinds": options}}
    )


def _question(key: str, kind: str, chinese: str, english: str, **more: str) -> dict[str, Any]:
    label = {"zh-Hans": chinese, "en": english}
    return {"id": key, "name": key, "kind": kind, "label": label, "privacy": {"is_personal": False}, **more}


def _way() -> Flow:
    """The leader; the one above where it is dear; a buyer of the applicant's choice; then it is handed out."""
    buyers = list(Employee.objects.filter(number__in=BUYERS).values_list("pk", flat=True))
    above = Approve(id="above", name="上级领导", approvers=Leader(level=2))
    return Flow(
        steps=[
            Approve(id="leader", name="直属上级", approvers=Leader()),
            _either("dear", "金额", f"超过 {DEAR} 元", Comparison(fact="total", is_="gt", value=DEAR), above),
            Approve(id="buyer", name="采购审核", approvers=Choice(among=buyers)),
            Handle(id="store", name="仓库发放", approvers=People(ids=buyers)),
        ]
    )


def _either(key: str, name: str, case: str, test: Comparison, step: Approve) -> Condition:
    branches = [
        Branch(id=f"{key}_yes", name=case, when=[[test]], steps=[step]),
        Branch(id=f"{key}_no", name="其他"),
    ]
    return Condition(id=key, name=name, branches=branches)


def _publish(actor: Actor, subject: str, name: str, drawn: Flow, now: datetime) -> None:
    made = designing.create_flow(actor, subject=subject, name=name, now=now)
    problems = designing.save_draft(actor, flow_id=made.pk, body=as_stored(drawn), now=now)
    assert not problems, problems
    designing.publish_flow(actor, flow_id=made.pk, now=now)


def _live(wish: Wish, form: Form, everybody: dict[str, Actor], now: datetime) -> bool:
    actor = everybody.get(wish.number)
    if actor is None:
        return False
    at = now - timedelta(days=wish.days)
    data = {"item": wish.item, "kind": wish.kind, "quantity": wish.quantity, "price": wish.price}
    with clock.at(at):
        origin = Origin(source=Submission.Source.PHONE)
        made = actions.submit(replace(actor, client="phone"), form=form, data=data, now=at, origin=origin)
    _walk(made, wish.stands, at, now)
    return True


def _walk(made: Submission, stands: str, at: datetime, now: datetime) -> None:
    """One act after the other, some hours apart, until it stands where it should."""
    for _step in range(9):
        at = min(at + timedelta(hours=3), now)
        instance = Instance.objects.filter(target_id=made.pk).latest("submitted_at")
        task = (
            Task.objects.filter(instance=instance, state="pending").select_related("step", "assignee").first()
        )
        if task is None or _is_there(task, stands):
            return
        with clock.at(at):
            _act(task, stands, at)


def _is_there(task: Task, stands: str) -> bool:
    return {"leader": "leader", "higher": "above", "choosing": "buyer"}.get(stands) == task.step.node


def _act(task: Task, stands: str, at: datetime) -> None:
    actor = actor_for(task.assignee, client="console", locale="zh-hans")
    if stands == "rejected":
        deciding.reject(actor, task_id=task.pk, comment="本月陈列预算已用完", now=at)
    elif stands == "returned":
        deciding.send_back(actor, task_id=task.pk, comment="请注明投放门店", now=at)
    elif task.step.kind == CHOOSE:
        buyer = Employee.objects.filter(number=BUYERS[0]).get()
        choosing.choose(actor, task_id=task.pk, people=[buyer.pk], now=at)
    else:
        deciding.approve(actor, task_id=task.pk, comment="同意" if task.step.node == "leader" else "", now=at)
