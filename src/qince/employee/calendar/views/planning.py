"""Entering, changing and removing events; answering, being reminded."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qince.employee.calendar import queries
from qince.employee.calendar.actions import guesting, planning
from qince.employee.calendar.actions.drafts import series_of_draft
from qince.employee.calendar.actions.planning import Reach
from qince.employee.calendar.conflicts import Conflict, conflicts
from qince.employee.calendar.forms import EventForm, initial_new, initial_of
from qince.employee.calendar.models import Event, Reminder
from qince.employee.calendar.rules import USE
from qince.employee.calendar.views.agenda import moment_of, occurrence
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.ids import uuid7
from qince.kit.pages import page
from qince.kit.resource.forms import attempt


@page(USE)
def new(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    at = moment_of(request.GET.get("at", "")) or _next_hour()
    form = EventForm(
        request.POST or None, actor=actor, initial=initial_new(at.date(), at.time(), queries.home_zone())
    )
    found: list[Conflict] = []
    if request.method == "POST" and form.is_valid():
        found = _conflicts(actor, form)
        if not found or request.POST.get("despite"):
            done, made = attempt(
                actor,
                form,
                lambda: planning.create_event(actor, event_id=uuid7(), draft=form.draft(), now=clock.now()),
            )
            if done:
                flash(request, _("Event entered."))
                return HttpResponseRedirect(_week(made.starts))
    return _form(request, form, None, found)


@page(USE)
def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = queries.own_event(actor, key)
    at = moment_of(request.GET.get("at", "")) if row.rrule else None
    shown, starts = occurrence(row, at)
    minutes = Reminder.objects.filter(event=row, employee=actor.employee_id).first()
    form = EventForm(
        request.POST or None,
        actor=actor,
        row=row,
        initial=initial_of(row, shown, starts, minutes.minutes_before if minutes else None),
    )
    found: list[Conflict] = []
    if request.method == "POST" and form.is_valid():
        found = _conflicts(actor, form, row)
        if not found or request.POST.get("despite"):
            reach = _reach(request, row)
            done, changed = attempt(
                actor,
                form,
                lambda: planning.change_event(
                    actor, event_id=row.pk, draft=form.draft(), reach=reach, original=at,
                    version=_number(request.POST.get("version", "")), now=clock.now(),
                ),
            )  # fmt: skip
            if done:
                flash(request, _("Event changed."))
                return HttpResponseRedirect(_week(changed.starts if reach is not Reach.ALL else starts))
    return _form(request, form, row, found)


def _form(request: HttpRequest, form: EventForm, row: Event | None, found: list[Conflict]) -> HttpResponse:
    reach = request.POST.get("reach", Reach.THIS.value)
    context = {"form": form, "row": row, "conflicts": found, "reach": reach, "reaches": reaches()}
    return render(request, "calendar/form.html", context, status=422 if form.errors else 200)


def reaches() -> list[tuple[str, str]]:
    return [
        (Reach.THIS.value, _("Only this one")),
        (Reach.FOLLOWING.value, _("This and all that follow")),
        (Reach.ALL.value, _("All of them")),
    ]


def _reach(request: HttpRequest, row: Event) -> Reach:
    asked = request.POST.get("reach", "")
    return Reach(asked) if row.rrule and asked in set(Reach) else (Reach.THIS if row.rrule else Reach.ALL)


def _conflicts(actor: Actor, form: EventForm, row: Event | None = None) -> list[Conflict]:
    """Told once, above the form; pressing again enters it all the same."""
    draft = form.draft()
    try:
        series = series_of_draft(draft)
    except Refusal:
        return []  # the act itself says what is wrong, at its field
    return conflicts(
        actor, series, draft.guest_ids or (), zone=queries.home_zone(), now=clock.now(),
        but=row.pk if row else None,
    )  # fmt: skip


@require_POST
@page(USE)
def remove(request: HttpRequest, key: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = queries.own_event(actor, key)
    at = moment_of(request.POST.get("at", "")) if row.rrule else None
    _shown, starts = occurrence(row, at)
    planning.remove_event(actor, event_id=row.pk, reach=_reach(request, row), original=at, now=clock.now())
    flash(request, _("Event removed."))
    return HttpResponseRedirect(_week(starts))


@require_POST
@page(USE)
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    guesting.answer(
        request.actor, event_id=key, status=request.POST.get("status", ""), now=clock.now()  # type: ignore[attr-defined]
    )  # fmt: skip
    flash(request, _("Your answer has been sent."))
    return HttpResponseRedirect(_back(request, key))


@require_POST
@page(USE)
def remind(request: HttpRequest, key: UUID) -> HttpResponse:
    minutes = _number(request.POST.get("minutes_before", ""))
    guesting.remind_me(request.actor, event_id=key, minutes_before=minutes, now=clock.now())  # type: ignore[attr-defined]
    flash(request, _("Reminder set.") if minutes is not None else _("No reminder any more."))
    return HttpResponseRedirect(_back(request, key))


def _back(request: HttpRequest, key: UUID) -> str:
    if request.POST.get("back") == "agenda":
        return reverse("calendar:agenda")
    at = moment_of(request.POST.get("at", ""))
    return reverse("calendar:event", args=[key]) + (
        f"?{urlencode({'at': at.isoformat(timespec='minutes')})}" if at else ""
    )


def _week(starts: datetime) -> str:
    return f"{reverse('calendar:agenda')}?{urlencode({'view': 'week', 'on': starts.date().isoformat()})}"


def _next_hour() -> datetime:
    now: Any = timezone.localtime(clock.now())
    found: datetime = now.replace(minute=0, second=0, microsecond=0, tzinfo=None)
    return found.replace(hour=min(now.hour + 1, 22))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
