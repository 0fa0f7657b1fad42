"""One person's ledger, a request, the team's calendar, papers."""

import calendar
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from qince.core.people.filtering import by_department
from qince.employee.attendance.due import due_days
from qince.employee.leave import books, console_acts, previewing, queries, words
from qince.employee.leave.actions import papers, typing
from qince.employee.leave.explaining import explained
from qince.employee.leave.forms import RequestForm
from qince.employee.leave.models import LeaveDay
from qince.employee.leave.rules import APPLY, EDIT_TYPES, PAPERS, VIEW
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.clock import day_in
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.pages import page
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404

UNSAID = gettext_lazy("Say from when to when: then it shows how much it counts and who decides.")
MOST_PEOPLE = 300
FARTHEST = timedelta(days=366 * 5)


def ledger(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    """What somebody has on a day, and from which lines that comes."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    account = row_or_404(resource, actor, key)
    today = books.today_of(clock.now())
    on = min(day_in(request.GET.get("on", "")) or today, today + FARTHEST)
    version = books.versions_on(today, [account.type_id])[account.type_id]
    found = explained(account, version, today=today, on=on)
    context = {
        "resource": resource,
        "detail": Detail(resource, actor, account),
        "row": account,
        "on": on,
        "today": today,
        "found": found,
        "balance": words.amount_of(version.terms, found.balance),
        "shortcuts": _shortcuts(today),
    }
    return render(request, "leave/ledger.html", context)


def _shortcuts(today: date) -> list[tuple[str, date]]:
    return [
        (_("Today"), today),
        (_("End of the year"), date(today.year, 12, 31)),
        (_("31 March next year"), date(today.year + 1, 3, 31)),
        (_("End of next year"), date(today.year + 1, 12, 31)),
    ]


def request_page(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    """A request with its days, what each counts and why."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = row_or_404(resource, actor, key)
    is_own, handles = row.employee_id == actor.employee_id, actor.scope(PAPERS).covers(row.employee_id)
    detail = Detail(resource, actor, row)
    context = {
        "resource": resource,
        "detail": detail,
        "row": row,
        # Only one's own request is one's to change.
        "acts": [each for each in detail.acts if is_own or each[0].permission == PAPERS],
        "days": LeaveDay.objects.filter(request=row).order_by("on", "part"),
        "quantity": words.amount_of(row.version.terms, row.qty),
        "is_own": is_own,
        "handles": handles,
        "papers": row.papers.order_by("added_at") if is_own or handles else [],
        "changes": row.cancellations.order_by("submitted_at"),
    }
    return render(request, "leave/request.html", context)


@require_POST
@page(APPLY)
def ahead(request: HttpRequest) -> HttpResponse:
    """What the form as it stands would count, what would be left, and who would decide; a part of the page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = RequestForm(request.POST, actor=actor)
    now = clock.now()
    if not form.is_valid():
        return render(request, "leave/_ahead.html", {"problem": UNSAID})
    wish = console_acts.wish_of(**form.cleaned_data)
    try:
        found = previewing.preview(actor, wish=wish, now=now)
        coming = previewing.way(actor, wish, found, now=now)
    except Refusal as refusal:
        return render(request, "leave/_ahead.html", {"problem": refusal.message})
    context = {
        "quantity": words.amount_of(found.terms, found.qty),
        "left": words.amount_of(found.terms, found.after) if found.after is not None else "",
        "missing": words.missing_text(found.missing) if found.missing else "",
        "coming": coming,
    }
    return render(request, "leave/_ahead.html", context)


@require_safe
@page(VIEW)
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """The paper itself; opening it is on record."""
    found = papers.open_paper(request.actor, paper_id=key, now=clock.now())  # type: ignore[attr-defined]
    headers = {
        "Content-Disposition": "attachment" if found.media_type == "application/pdf" else "inline",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(found.content), content_type=found.media_type, headers=headers)


@require_POST
@page(PAPERS)
def reason(request: HttpRequest, key: UUID) -> HttpResponse:
    """A reason about health, read on purpose: shown once, and on record."""
    text = papers.open_reason(request.actor, request_id=key, now=clock.now())  # type: ignore[attr-defined]
    return render(
        request, "leave/reason.html", {"reason": text, "back": reverse("leave:request_detail", args=[key])}
    )


@page(EDIT_TYPES)
def templates(request: HttpRequest) -> HttpResponse:
    """Create the types of the law that are missing."""
    if request.method == "POST":
        made = typing.add_templates(request.actor, now=clock.now())  # type: ignore[attr-defined]
        flash(
            request,
            ngettext("%(n)d type of leave created.", "%(n)d types of leave created.", made) % {"n": made},
        )
        return HttpResponseRedirect(reverse("leave:type_list"))
    return render(
        request,
        "kit/confirm.html",
        {
            "title": _("Create the law's types of leave"),
            "text": _("Those that are missing are created, with the numbers of the national rules. Provinces and firms "
                      "differ: look at each and change what is yours."),
            "facts": [(str(name), "") for name in words.TEMPLATE_NAMES.values()],
            "confirm_label": _("Create"),
            "cancel_url": reverse("leave:type_list"),
        },
    )  # fmt: skip


@require_safe
@page(VIEW)
def team(request: HttpRequest) -> HttpResponse:
    """Who is away when: a month, a row for each person."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    first = (day_in(f"{request.GET.get('month', '')}-01") or timezone.localdate()).replace(day=1)
    days = [first.replace(day=each) for each in range(1, calendar.monthrange(first.year, first.month)[1] + 1)]
    narrowed = by_department(request)
    rows = queries.people_of(actor, narrowed.chosen).order_by("name_key")
    people = list(rows[: MOST_PEOPLE + 1])
    context = {
        "first": first,
        "days": [(day, formats.date_format(day, "D").removeprefix("星期")) for day in days],
        "today": timezone.localdate(),
        "people": _people(people[:MOST_PEOPLE], days),
        "is_cut": len(people) > MOST_PEOPLE,
        "limit": MOST_PEOPLE,
        "previous": (first - timedelta(days=1)).strftime("%Y-%m"),
        "next": (first + timedelta(days=31)).strftime("%Y-%m"),
        "by_department": narrowed,
        "department": narrowed.chosen,
        "types": list(queries.active_types()),
    }
    return render(request, "leave/team.html", context)


def _people(people: list[Any], days: list[date]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Each person with a cell for each day. Three queries, whatever the number of people."""
    ids = [person.pk for person in people]
    away: dict[Any, list[LeaveDay]] = {}
    for each in queries.away_days(ids, days[0], days[-1]):
        away.setdefault((each.request.employee_id, each.on), []).append(each)
    due = due_days(ids, days[0], days[-1]) if ids else {}
    return [(person, [_cell(day, due.get(person.pk, {}).get(day), away.get((person.pk, day), [])) for day in days])
            for person in people]  # fmt: skip


def _cell(on: date, due: Any, away: list[LeaveDay]) -> dict[str, Any]:
    return {
        "on": on,
        "is_due": due is None or due.is_due,
        "parts": [
            {
                "tone": each.request.type.tone,
                "part": each.part,
                "label": f"{each.request.type.name} · {each.get_part_display()}",
                "is_pending": each.request.state == "pending",
                "url": reverse("leave:request_detail", args=[each.request_id]),
            }
            for each in away
            if each.qty
        ],
    }
