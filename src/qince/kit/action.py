"""The doorway for writes.

`@action("visits.check_in")` opens the tenant's transaction, checks the permission, runs the function, delivers the
events it published and records what was done. Nothing else: rules live in the function, before its first write.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db.models import Model

from qince.kit import events
from qince.kit.actor import Actor
from qince.kit.errors import Forbidden, FunctionClosed
from qince.kit.tenancy import tenant

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Note:
    """One object that an act touched: its kind, id, name at that time, and the fields that changed."""

    kind: str
    id: UUID | None
    name: str
    changes: dict[str, Any]


@dataclass(slots=True)
class Act:
    """What the doorway hands to the recorder once the function has returned."""

    name: str
    actor: Actor
    notes: list[Note] = field(default_factory=list)


_act: ContextVar[Act | None] = ContextVar("act", default=None)
_recorders: list[Callable[[Act], None]] = []
registry: dict[str, Callable[..., Any]] = {}


def record_with(recorder: Callable[[Act], None]) -> Callable[[Act], None]:
    """Let `recorder` write every finished act; `core.audit` is the one that does."""
    _recorders.append(recorder)
    return recorder


def note(target: Model, /, **changes: Any) -> None:
    """Add `target` and what changed about it to the record: `name=("old", "new")`, or `key=value` for a fact."""
    act = _act.get()
    if act is None:
        raise RuntimeError("note() was called outside an action")
    act.notes.append(Note(target._meta.label_lower, target.pk, str(target)[:200], changes))


def note_set(model: type[Model], name: str, /, **facts: Any) -> None:
    """Add to the record that rows of `model` were touched as a set, such as an export or an import; `facts` say how."""
    act = _act.get()
    if act is None:
        raise RuntimeError("note_set() was called outside an action")
    act.notes.append(Note(model._meta.label_lower, None, name[:200], facts))


def several(texts: Iterable[str]) -> list[list[str]]:
    """A fact of several texts, for `note`: each stays a text of its own, which erasing one person's name reaches, and
    two of them are no change from one to the other.
    """
    return [list(texts)]


def action(
    name: str, *, permission: str | None = ""
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function an act. `permission` defaults to `name`; None is for acts upon oneself."""
    required = name if permission == "" else permission

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @wraps(function)
        def act(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            if required is not None and not actor.may(required):
                raise FunctionClosed() if required in actor.closed else Forbidden()
            with tenant(actor.organization_id):
                return _perform(Act(name, actor), function, actor, *args, **kwargs)

        registry[name] = act
        act.permission = required  # type: ignore[attr-defined]
        return act

    return decorate


def _perform(act: Act, function: Callable[..., R], /, *args: Any, **kwargs: Any) -> R:
    """Run inside the transaction. An act within an act keeps its own record and delivers its own events."""
    pending: list[object] = []
    act_token, pending_token = _act.set(act), events._pending.set(pending)
    try:
        result = function(*args, **kwargs)
        events.deliver(pending)
        for recorder in _recorders:
            recorder(act)
        return result
    finally:
        _act.reset(act_token)
        events._pending.reset(pending_token)
