"""The phone's addresses for approvals. Mounted under /api/phone/v1."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from qince.core.people.colleagues import colleagues
from qince.core.people.models import Employee
from qince.engines.approvals import presenting, queries
from qince.engines.approvals.actions import applying, choosing, deciding
from qince.engines.approvals.actions.placing import note_place
from qince.engines.approvals.actions.reading import mark_read
from qince.engines.approvals.deputies import router as deputies
from qince.engines.approvals.models import CHOOSE, Instance, Task
from qince.engines.approvals.naming import step_name
from qince.engines.approvals.wire import PassageShown, told
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, body_of, read, respond
from qince.kit.errors import NotFound, Refusal
from qince.kit.resource.columns import as_text
from qince.kit.tenancy import tenant

router = Router(tags=["approvals"])
router.add_router("", deputies)
SHOWN = 30
List = Literal["to_decide", "decided", "mine", "copied"]


class RequestHead(msgspec.Struct):
    """One line of a list. `state` is that of the request, `my_state` that of one's own part in it."""

    id: UUID
    number: str
    kind: str
    title: str
    applicant: str
    step: str
    state: str
    state_words: str
    my_state: str
    at: datetime
    task: UUID | None = None  # one's own open part, where it can be agreed to


class Requests(msgspec.Struct):
    """`next`: ask again with `after` set to it, for earlier ones; `waiting`: how many wait for one's decision."""

    waiting: int
    requests: list[RequestHead]
    next: datetime | None


class Saying(msgspec.Struct):
    name: str
    text: str
    at: datetime


class Choosing(msgspec.Struct):
    """Where the applicant says who decides: at most how many, and among whom (id, name, position); none: anybody."""

    most: int
    among: list[list[str]]


class RequestShown(msgspec.Struct):
    """`task`: one's own open part, with what may be done (`may`) and where it may be returned to (`back_to`).

    `change`: where on the phone a request that came back is changed.
    """

    id: UUID
    number: str
    kind: str
    title: str
    applicant: str
    state: str
    state_words: str
    summary: list[list[str]]
    way: list[PassageShown]
    coming: list[PassageShown]
    remarks: list[Saying]
    task: UUID | None
    is_handling: bool
    choice: Choosing | None
    may: list[str]
    back_to: list[list[str]]
    own: list[str]
    change: str


class Colleagues(msgspec.Struct):
    """Each as id, name and position."""

    people: list[list[str]]


class Several(msgspec.Struct, forbid_unknown_fields=True):
    """One's own open parts, to be agreed to with the same words."""

    tasks: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=50)]
    comment: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class OneDone(msgspec.Struct):
    """Whether it was agreed to; if not, the code and the words of what stood in the way."""

    task: UUID
    is_done: bool
    code: str = ""
    message: str = ""


class SeveralDone(msgspec.Struct):
    results: list[OneDone]
    waiting: int


class Decision(Schema):
    """What goes with a decision: words, and for some the step, the person or the people."""

    comment: str = ""
    to: str = ""
    people: list[UUID] = []
    where: str = "before"
    position: dict[str, Any] | None = None  # where one is, if one adds it and the organization lets one


@router.get("/approvals", openapi_extra=answers(Requests, 400, 401))
def list_requests(
    request: HttpRequest, which: List = "to_decide", after: datetime | None = None
) -> HttpResponse:
    """What waits for one, what one decided, one's own requests, and those one was told of; latest first."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        heads = _mine(actor, after) if which == "mine" else _parts(actor, which, after)
        return respond(
            {
                "waiting": queries.open_count(actor),
                "requests": heads[:SHOWN],
                "next": heads[SHOWN - 1]["at"] if len(heads) > SHOWN else None,
            }
        )


def _mine(actor: Actor, after: datetime | None) -> list[dict[str, Any]]:
    rows = queries.own_instances(actor).order_by("-submitted_at")
    rows = rows.filter(submitted_at__lt=after) if after else rows
    return [_head(each, None, each.submitted_at) for each in rows[: SHOWN + 1]]


def _parts(actor: Actor, which: str, after: datetime | None) -> list[dict[str, Any]]:
    states = {"to_decide": [Task.State.PENDING], "copied": [Task.State.COPIED]}
    decided = [Task.State.APPROVED, Task.State.REJECTED, Task.State.RETURNED, Task.State.TRANSFERRED]
    rows = queries.tasks_of(actor).filter(state__in=states.get(which, decided)).order_by("-created_at")
    rows = rows.filter(created_at__lt=after) if after else rows
    return [_head(each.instance, each, each.created_at) for each in rows[: SHOWN + 1]]


def _head(instance: Instance, task: Task | None, at: datetime) -> dict[str, Any]:
    return {
        "id": instance.pk,
        "number": instance.number,
        "kind": instance.subject_name,
        "title": instance.title or "",
        "applicant": str(instance.applicant),
        "step": str(step_name(task.step)) if task else "",
        "state": instance.status,
        "state_words": str(instance.get_status_display()),
        "my_state": task.state if task else "",
        "at": at,
        "task": task.pk if task and task.state == Task.State.PENDING and task.step.kind != CHOOSE else None,
    }


@router.get("/approvals/colleagues", openapi_extra=answers(Colleagues, 400, 401))
def find_colleagues(request: HttpRequest, q: str = "") -> HttpResponse:
    """People who work here and whose name contains `q`, to pass a decision on to or to ask too."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    typed = q.strip()[:60]
    with tenant(actor.organization_id):
        rows = colleagues(actor).filter(name__icontains=typed)
        found = rows.order_by("name_key")[:20] if typed else []
        return respond({"people": [_colleague(row) for row in found]})


@router.get("/approvals/{instance_id}", openapi_extra=answers(RequestShown, 400, 401, 404))
def get_request(request: HttpRequest, instance_id: UUID) -> HttpResponse:
    """One request: what is asked, the way so far, what is still to come, and what one may do."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        return _shown(actor, instance_id)


def _shown(actor: Actor, instance_id: UUID) -> HttpResponse:
    now = clock.now()
    found = queries.get_instance(actor, instance_id)
    mark_read(actor, instance_id=found.pk, now=now)
    task = presenting.my_task(actor, found)
    allowed = presenting.allowed(actor, task, now) if task else set()
    if task and task.step.kind != "approve":
        allowed -= {"reject", "return", "add"}
    return respond(
        {
            **_head(found, None, found.submitted_at),
            "task": task.pk if task else None,
            "summary": [[str(label), as_text(value)] for label, value in presenting.summary(found)],
            "way": told(presenting.passages(actor, found)),
            "coming": told(presenting.still_to_come(actor, found, now)),
            "remarks": [{"name": str(each.employee), "text": each.text or "", "at": each.at}
                        for each in presenting.remarks(found)],
            "is_handling": bool(task and task.step.kind == "handle"),
            "choice": _choice(task) if task and "choose" in allowed else None,
            "may": sorted(allowed),
            "back_to": _back_to(actor, task, now) if task and "return" in allowed else [],
            "own": presenting.own_acts(actor, found),
            "change": presenting.phone_page(actor, found),
        }
    )  # fmt: skip


def _choice(task: Task) -> dict[str, Any]:
    most, among = presenting.offered(task)
    rows = Employee.objects.present().filter(pk__in=among).order_by("name_key")
    return {"most": most, "among": [_colleague(row) for row in rows] if among else []}


def _colleague(row: Employee) -> list[str]:
    return [str(row.pk), str(row), row.position]


def _back_to(actor: Actor, task: Task, now: datetime) -> list[list[str]]:
    return [[node, str(name)] for node, name in presenting.ways_back(actor, task, now)]


def _person(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


Decide = Callable[[Actor, UUID, Decision, datetime], Any]
DECISIONS: dict[str, Decide] = {
    "approve": lambda actor, key, said, now: deciding.approve(
        actor, task_id=key, comment=said.comment, now=now
    ),
    "reject": lambda actor, key, said, now: deciding.reject(
        actor, task_id=key, comment=said.comment, now=now
    ),
    "return": lambda actor, key, said, now: deciding.send_back(
        actor, task_id=key, to=said.to, comment=said.comment, now=now
    ),
    "transfer": lambda actor, key, said, now: deciding.transfer(
        actor, task_id=key, to=_person(said.to), comment=said.comment, now=now
    ),
    "add": lambda actor, key, said, now: deciding.add_signers(
        actor, task_id=key, people=said.people, where=said.where, comment=said.comment, now=now  # type: ignore[arg-type]
    ),
    "choose": lambda actor, key, said, now: choosing.choose(
        actor, task_id=key, people=said.people, now=now
    ),
}  # fmt: skip
OWN: dict[str, Decide] = {
    "withdraw": lambda actor, key, said, now: applying.withdraw(
        actor, instance_id=key, comment=said.comment, now=now
    ),
    "revoke": lambda actor, key, said, now: applying.revoke(
        actor, instance_id=key, comment=said.comment, now=now
    ),
    "urge": lambda actor, key, said, now: applying.urge(actor, instance_id=key, now=now),
    "remark": lambda actor, key, said, now: applying.remark(
        actor, instance_id=key, text=said.comment, now=now
    ),
}
Verdict = Literal["approve", "reject", "return", "transfer", "add", "choose"]
OwnAct = Literal["withdraw", "revoke", "urge", "remark"]


@router.post(
    "/approvals/several/approve", openapi_extra={**body_of(Several), **answers(SeveralDone, 400, 401)}
)
def approve_several(request: HttpRequest) -> HttpResponse:
    """Agree to several at once. Each is decided on its own: what is refused says why and leaves the others."""
    sent = read(request, Several, limit=16 * 1024)
    actor: Actor = request.auth  # type: ignore[attr-defined]
    now = clock.now()
    results = [_approved(actor, task_id, sent.comment, now) for task_id in dict.fromkeys(sent.tasks)]
    with tenant(actor.organization_id):
        return respond(SeveralDone(results, queries.open_count(actor)))


def _approved(actor: Actor, task_id: UUID, comment: str, now: datetime) -> OneDone:
    try:
        with tenant(actor.organization_id):
            deciding.approve(actor, task_id=task_id, comment=comment, now=now)
    except Refusal as refusal:
        return OneDone(task_id, False, refusal.code, str(refusal.message))
    return OneDone(task_id, True)


@router.post(
    "/approvals/tasks/{task_id}/{verdict}", openapi_extra=answers(RequestShown, 400, 401, 403, 404, 409, 422)
)
def decide(request: HttpRequest, task_id: UUID, verdict: Verdict, said: Decision) -> HttpResponse:
    """Decide on one's own open part; answers with the request as it stands then.

    A repeat, or a decision after somebody else's, is a 409 `already_decided`; nothing is decided twice. A `position`
    that may not be taken is refused with the decision, which can be sent again without it.
    """
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        task: Task | None = Task.objects.filter(pk=task_id, assignee=actor.employee_id).first()
        if task is None:
            raise NotFound
        now = clock.now()
        DECISIONS[verdict](actor, task_id, said, now)
        if said.position is not None:
            note_place(actor, task_id=task_id, position=said.position, now=now)
        return _shown(actor, task.instance_id)  # type: ignore[arg-type]


@router.post("/approvals/{instance_id}/{act}", openapi_extra=answers(RequestShown, 400, 401, 404, 409, 422))
def act_on_own(request: HttpRequest, instance_id: UUID, act: OwnAct, said: Decision) -> HttpResponse:
    """Withdraw one's own request, ask for its undoing, remind those who decide; or remark upon any one sees."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        OWN[act](actor, instance_id, said, clock.now())
        return _shown(actor, instance_id)
