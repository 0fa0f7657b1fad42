"""Lists of approvals: what waits for one, all requests, deputies, flows."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.people.queries import employees_visible_to
from qince.engines.approvals import forms, queries
from qince.engines.approvals.actions import applying, choosing, deciding, delegating, designing, watching
from qince.engines.approvals.models import CHOOSE, Delegation, Flow, Instance, Task
from qince.engines.approvals.naming import step_name
from qince.engines.approvals.registry import menu, name_of
from qince.engines.approvals.rules import DESIGN, EXPORT, USE
from qince.engines.approvals.words import INSTANCE_TONES, TASK_TONES
from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, filters

State, Status = Task.State, Instance.Status


def _by_kind(path: str = "subject") -> filters.Filter:
    """By kind of request; the menu is made when it is opened, when every feature has declared its own."""
    return filters.Filter(
        name="subject",
        label=_("Kind"),
        menu=lambda actor, typed: menu(),
        words=lambda actor, value: str(dict(menu()).get(value, "")),
        apply=lambda rows, actor, values: rows.filter(**{f"{path}__in": values}),
    )


# --- What waits for one ---


def _tasks(actor: Actor) -> Any:
    """Parts that are or were mine; those whose turn has not come are nobody's list."""
    return queries.tasks_of(actor).exclude(state=State.WAITING)


def _approve(actor: Actor, task: Task, *, now: datetime, comment: str = "") -> Any:
    return deciding.approve(actor, task_id=task.pk, comment=comment, now=now)


def _reject(actor: Actor, task: Task, *, now: datetime, comment: str) -> Any:
    return deciding.reject(actor, task_id=task.pk, comment=comment, now=now)


def _return(actor: Actor, task: Task, *, now: datetime, comment: str, to: str = "") -> Any:
    return deciding.send_back(actor, task_id=task.pk, to=to, comment=comment, now=now)


def _transfer(actor: Actor, task: Task, *, now: datetime, to: Any, comment: str = "") -> Any:
    return deciding.transfer(actor, task_id=task.pk, to=to.pk, comment=comment, now=now)


def _add(actor: Actor, task: Task, *, now: datetime, people: Any, where: Any, comment: str = "") -> Any:
    keys = [each.pk for each in people]
    return deciding.add_signers(actor, task_id=task.pk, people=keys, where=where, comment=comment, now=now)


def _choose(actor: Actor, task: Task, *, now: datetime, people: Any) -> Any:
    return choosing.choose(actor, task_id=task.pk, people=[each.pk for each in people], now=now)


def _pending(task: Task) -> bool:
    return bool(task.state == State.PENDING and task.step.kind != CHOOSE)


def _is_choice(task: Task) -> bool:
    return bool(task.state == State.PENDING and task.step.kind == CHOOSE)


def _is_decision(task: Task) -> bool:
    return _pending(task) and task.step.kind == "approve"


TASKS = Resource(
    namespace="approvals",
    name="tasks",
    model=Task,
    title=_("To decide"),
    singular=_("decision"),
    icon="checkbox",
    hint=_("Requests that wait for your decision are listed here."),
    rows=_tasks,
    permissions=Permissions(view=USE),
    columns=(
        Column("instance__number", _("Request number"), is_link=True),
        Column("subject", _("Kind"), value=lambda row: row.instance.subject_name, sort="instance__subject"),
        Column("instance__applicant__name", _("Applicant"), sort="instance__applicant__name_key"),
        Column("title", _("Asked for"), value=lambda row: row.instance.title or "", sort=""),
        Column("step", _("Step"), value=lambda row: str(step_name(row.step)), sort=""),
        Column("created_at", _("Reached you")),
        Column("state", _("State"), tones=TASK_TONES),
    ),
    order="-created_at",
    search=("instance__number", "instance__applicant__name"),
    filters=(
        filters.choice("state", _("State"), State.choices),
        _by_kind("instance__subject"),
        filters.reference("applicant", _("Applicant"), employees_visible_to, path="instance__applicant"),
        filters.dates("created_at", _("Reached you"), is_instant=True),
    ),
    acts=(
        RowAct("choose", _("Choose who decides"), _choose, USE, "user-check", forms.ChooseForm, in_bulk=False,
               offered=_is_choice),
        RowAct("approve", _("Approve"), _approve, USE, "circle-check", forms.CommentForm, offered=_pending),
        RowAct("reject", _("Reject"), _reject, USE, "circle-x", forms.ReasonForm, is_dangerous=True,
               offered=_is_decision),
        RowAct("return", _("Return"), _return, USE, "arrow-back-up", forms.ReturnForm, in_bulk=False,
               offered=_is_decision),
        RowAct("transfer", _("Pass on"), _transfer, USE, "arrow-right", forms.TransferForm, in_bulk=False,
               offered=_pending),
        RowAct("add", _("Ask others too"), _add, USE, "user-plus", forms.AddForm, in_bulk=False,
               offered=_is_decision),
    ),
)  # fmt: skip

# --- All requests ---


def _withdraw(actor: Actor, row: Instance, *, now: datetime, comment: str = "") -> Any:
    return applying.withdraw(actor, instance_id=row.pk, comment=comment, now=now)


def _urge(actor: Actor, row: Instance, *, now: datetime) -> Any:
    return applying.urge(actor, instance_id=row.pk, now=now)


def _revoke(actor: Actor, row: Instance, *, now: datetime, comment: str) -> Any:
    return applying.revoke(actor, instance_id=row.pk, comment=comment, now=now)


def _remark(actor: Actor, row: Instance, *, now: datetime, comment: str) -> Any:
    return applying.remark(actor, instance_id=row.pk, text=comment, now=now)


def _retry(actor: Actor, row: Instance, *, now: datetime) -> Any:
    return watching.retry_effect(actor, instance_id=row.pk, now=now)


def _may_revoke(row: Instance) -> bool:
    is_first = row.status == Status.APPROVED and row.revokes_id is None
    return bool(is_first and row.declared and row.declared.on_revoked)


INSTANCES = Resource(
    namespace="approvals",
    name="requests",
    model=Instance,
    title=_("Requests"),
    singular=_("request"),
    icon="file-check",
    hint=_("Requests appear here as soon as somebody hands one in, such as leave or a missed clock-in."),
    rows=queries.instances_visible_to,
    permissions=Permissions(view=USE, export=EXPORT),
    columns=(
        Column("number", _("Request number"), is_link=True),
        Column("subject", _("Kind"), value=lambda row: row.subject_name, sort="subject"),
        Column("applicant__name", _("Applicant"), sort="applicant__name_key"),
        Column("title", _("Asked for"), value=lambda row: row.title or "", sort=""),
        Column("submitted_at", _("Handed in")),
        Column("ended_at", _("Ended"), is_shown=False),
        Column("status", _("State"), tones=INSTANCE_TONES),
        Column("effect_state", _("Effect"), tones={"failed": "red", "done": "green"}, is_shown=False),
    ),
    order="-submitted_at",
    search=("number", "applicant__name"),
    filters=(
        filters.choice("status", _("State"), Status.choices),
        _by_kind(),
        filters.reference("applicant", _("Applicant"), employees_visible_to),
        filters.dates("submitted_at", _("Handed in"), is_instant=True),
        filters.choice("effect_state", _("Effect"), Instance.EffectState.choices),
    ),
    group_by=("status", "subject"),
    acts=(
        RowAct("urge", _("Remind"), _urge, USE, "bell", in_bulk=False),
        RowAct("withdraw", _("Withdraw"), _withdraw, USE, "arrow-back-up", forms.CommentForm, is_dangerous=True,
               in_bulk=False),
        RowAct("revoke", _("Ask for undoing"), _revoke, USE, "arrow-back-up", forms.ReasonForm, in_bulk=False,
               offered=_may_revoke),
        RowAct("remark", _("Add a remark"), _remark, USE, "message", forms.ReasonForm, in_bulk=False),
        RowAct("retry", _("Carry out again"), _retry, DESIGN, "refresh", in_bulk=False,
               offered=lambda row: row.effect_state == Instance.EffectState.FAILED),
    ),
)  # fmt: skip

# --- Deputies ---


def _delegate(actor: Actor, *, now: datetime, to: Any, **period: Any) -> Delegation:
    return delegating.delegate(actor, to=to.pk, now=now, **period)


def _end(actor: Actor, row: Delegation, *, now: datetime) -> None:
    delegating.end_delegation(actor, delegation_id=row.pk, now=now)


def _kind_words(row: Delegation) -> str:
    names = [str(name_of(code)) for code in row.subjects]
    return "、".join(names) if names else str(_("Every kind"))


DELEGATIONS = Resource(
    namespace="approvals",
    name="deputies",
    model=Delegation,
    title=_("Deputies"),
    singular=_("deputy"),
    icon="users",
    hint=_("Away for some days? Name who decides in your place meanwhile."),
    rows=queries.own_delegations,
    permissions=Permissions(view=USE, add=USE),
    columns=(
        Column("delegate__name", _("Deputy"), is_link=True, sort="delegate__name_key"),
        Column("starts_at", _("From")),
        Column("ends_at", _("Until")),
        Column("kinds", _("Only for"), value=_kind_words, sort=""),
    ),
    order="-starts_at",
    create=FormPage(forms.DelegationForm, _delegate),
    acts=(
        RowAct(
            "end", _("End now"), _end, USE, "circle-x", question=_("From now on requests come to you again.")
        ),
    ),
)

# --- Flows ---

FLOWS = Resource(
    namespace="approvals",
    name="flows",
    model=Flow,
    title=_("Approval flows"),
    singular=_("flow"),
    icon="route",
    hint=_("Without a flow the direct leader decides. Draw one where more is needed."),
    rows=queries.flows_visible_to,
    permissions=Permissions(view=DESIGN, add=DESIGN, edit=DESIGN),
    columns=(
        Column("name", _("Name"), is_link=True),
        Column("subject", _("Kind"), value=lambda row: row.subject_name, sort="subject"),
        Column("sequence", _("Order"), is_numeric=True),
        Column("is_active", _("In use")),
        Column("is_changed", _("Draft not published")),
        Column("updated_at", _("Last changed")),
    ),
    order="subject",
    filters=(_by_kind(),),
    create=FormPage(forms.NewFlowForm, designing.create_flow),
    edit=FormPage(forms.FlowForm, designing.edit_flow, forms.flow_initial),
)
