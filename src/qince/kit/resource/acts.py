"""Acts upon rows: the ticked ones of a list, all that match, or the one of a detail page. Each row has its
own outcome.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.resource import seen
from qince.kit.resource.declaration import Resource, RowAct, named
from qince.kit.resource.forms import ActorForm, attempt, status_of
from qince.kit.resource.guard import row_or_404
from qince.kit.resource.lists import Listing
from qince.kit.resource.opened import Making, kept, locked, note_of, read, require_same

# One request does at most this many rows; more would outlast the browser's patience.
LIMIT = 2000
DONE = "confirmed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`code` says by what kind of refusal nothing was done to the row; empty when it was."""

    row: Any
    name: str
    problem: str = ""
    code: str = ""


def perform(actor: Actor, rows: Iterable[Any], do: Callable[[Any], Any]) -> Iterator[Outcome]:
    """Do it to each row; a refusal fails that row and leaves the others."""
    for row in rows:
        name = str(row)
        try:
            attempt(actor, None, lambda row=row: do(row))  # type: ignore[misc]
        except Refusal as refusal:
            yield Outcome(row, name, str(refusal.message), refusal.code)
        else:
            yield Outcome(row, name)


def bulk_page(request: HttpRequest, resource: Resource, name: str) -> HttpResponse:
    """POST only: ticked rows as `ids`, or `all=1` with the list's state."""
    if request.method != "POST":
        return HttpResponseRedirect(resource.url("list"))
    actor: Actor = request.actor  # type: ignore[attr-defined]
    act = _permitted(resource, actor, name)
    rows = _chosen(resource, actor, request.POST)
    form = _form(request, act, actor, None)
    if _asks_first(request, act, form):
        return _ask(request, resource, act, form, rows)
    do = _upon_seen(request, resource, act, form.cleaned_data if form else {})
    return _report(request, resource, act, list(perform(actor, rows, do)))


def _upon_seen(
    request: HttpRequest, resource: Resource, act: RowAct, values: dict[str, Any]
) -> Callable[[Any], Any]:
    """The act upon a row, if it is still what the list showed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    marks, now = seen.read(request.POST.getlist(seen.NAME)), clock.now()
    columns = Listing(resource, actor, QueryDict(request.POST.get("state", ""))).state.columns

    def do(row: Any) -> Any:
        found = seen.require_as_seen(resource, actor, row, marks.get(row.pk), columns)
        return act.act(actor, found, now=now, **values)

    return do


def row_page(request: HttpRequest, resource: Resource, key: UUID, name: str) -> HttpResponse:
    """One row from its detail page: asked first where there is something to ask, then done."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    act = _permitted(resource, actor, name)
    row = row_or_404(resource, actor, key)
    now = clock.now()
    form = _form(request, act, actor, row)
    if request.method != "POST" or (form and request.POST.get(DONE) and not form.is_valid()):
        return _ask(request, resource, act, form, [row], row)
    if form and not request.POST.get(DONE):
        return _ask(request, resource, act, form, [row], row)
    try:
        done, _result = attempt(actor, form, lambda: _do(request, resource, act, form, row, now))
    except Refusal as refusal:
        flash(request, str(refusal.message), level="error")
        return HttpResponseRedirect(resource.url("detail", key))
    if form and form.stale:
        row, form = form.stale.row, kept(request.POST, form.stale, _making(request, act, actor))
    if not done:
        return _ask(request, resource, act, form, [row], row)
    flash(request, _("%(act)s: done.") % {"act": act.label})
    still_there = resource.visible_to(actor).filter(pk=key).exists()
    return HttpResponseRedirect(resource.url("detail", key) if still_there else resource.url("list"))


def _do(
    request: HttpRequest, resource: Resource, act: RowAct, form: ActorForm | None, row: Any, now: datetime
) -> Any:
    """The act upon the row that its page showed, if it is still what it was then."""
    if form is None:
        return act.act(request.actor, row, now=now)  # type: ignore[attr-defined]
    row = locked(resource, form.actor, row)
    unfilled = _making(request, act, form.actor)(None, row)
    require_same(read(request.POST), row, unfilled, form, form.actor, counts=True)
    return act.act(form.actor, row, now=now, **form.cleaned_data)


def _making(request: HttpRequest, act: RowAct, actor: Actor) -> Making:
    assert act.form is not None
    own = act.form
    return lambda data, row: own(data, request.FILES if data is not None else None, actor=actor, row=row)


def _permitted(resource: Resource, actor: Actor, name: str) -> RowAct:
    act: RowAct | None = named(resource.acts, name)
    if act is None:
        raise Http404
    if not actor.may(act.permission):
        raise PermissionDenied
    return act


def _chosen(resource: Resource, actor: Actor, posted: QueryDict) -> list[Any]:
    """The rows meant, in the actor's sight; others are passed over as if they did not exist."""
    if posted.get("all"):
        rows = Listing(resource, actor, QueryDict(posted.get("state", ""))).matching
    else:
        rows = resource.visible_to(actor).filter(pk__in=_keys(posted.getlist("ids")))
    found = list(rows.order_by("id")[: LIMIT + 1])
    if not found:
        raise Refusal("nothing_ticked", _("Tick at least one row first."))
    if len(found) > LIMIT:
        message = _("That is more than %(limit)d rows at once. Narrow the list and go step by step.")
        raise Refusal("too_many_rows", message % {"limit": LIMIT})
    return found


def _keys(texts: list[str]) -> list[UUID]:
    keys = []
    for text in texts:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return keys


def _form(request: HttpRequest, act: RowAct, actor: Actor, row: Any) -> ActorForm | None:
    if act.form is None:
        return None
    return _making(request, act, actor)(request.POST if request.POST.get(DONE) else None, row)


def _asks_first(request: HttpRequest, act: RowAct, form: ActorForm | None) -> bool:
    if not request.POST.get(DONE):
        return bool(form or act.question)
    return form is not None and not form.is_valid()


def _ask(
    request: HttpRequest,
    resource: Resource,
    act: RowAct,
    form: ActorForm | None,
    rows: list[Any],
    row: Any = None,
) -> HttpResponse:
    back = resource.url("detail", row.pk) if row is not None else _back(resource, request.POST)
    context = {
        "resource": resource,
        "act": act,
        "form": form,
        "rows": rows,
        "names": [str(found) for found in rows[:10]],
        "others": max(len(rows) - 10, 0),
        "row": row,
        "cancel": back,
        "state": request.POST.get("state", ""),
        "all": request.POST.get("all", ""),
        "seen": _kept_marks(request.POST, rows) if row is None else [],
    }
    if form is not None and row is not None:
        context["opened"] = note_of(_making(request, act, form.actor)(None, row), row, clock.now())
    return render(request, "resource/act.html", context, status=status_of(form))


def _kept_marks(posted: QueryDict, rows: list[Any]) -> list[str]:
    """The marks of these rows, as the list set them: asking first is no new look at the rows."""
    marks = seen.read(posted.getlist(seen.NAME))
    return [f"{each.pk}:{marks[each.pk]}" for each in rows if each.pk in marks]


def _report(request: HttpRequest, resource: Resource, act: RowAct, outcomes: list[Outcome]) -> HttpResponse:
    """Back to the list when all went well; else a page that says which rows did not, and why."""
    failed = [outcome for outcome in outcomes if outcome.problem]
    done = len(outcomes) - len(failed)
    back = _back(resource, request.POST)
    if not failed:
        text = ngettext("%(act)s: done for %(n)d row.", "%(act)s: done for %(n)d rows.", done)
        flash(request, text % {"act": act.label, "n": done})
        return HttpResponseRedirect(back)
    context = {
        "resource": resource,
        "act": act,
        "failed": failed,
        "done": done,
        "total": len(outcomes),
        "back": back,
    }
    return render(request, "resource/outcomes.html", context)


def _back(resource: Resource, posted: QueryDict) -> str:
    state = QueryDict(
        posted.get("state", "")
    ).urlencode()  # parsed and written again: never a foreign address
    return f"{resource.url('list')}?{state}" if state else resource.url("list")
