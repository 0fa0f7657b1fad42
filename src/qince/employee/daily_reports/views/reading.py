"""The inbox, one report with what was said about it, and what one owes oneself."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qince.employee.daily_reports import presenting, queries, words
from qince.employee.daily_reports.actions import answering, sending
from qince.employee.daily_reports.models import Edition, Receipt, Report
from qince.employee.daily_reports.rules import VIEW, WRITE
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.flash import flash
from qince.kit.ids import uuid7
from qince.kit.pages import page
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail

SIZE = 50
MOST_OWN = 60


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


@require_safe
@page(VIEW)
def inbox(request: HttpRequest) -> HttpResponse:
    """What came to the actor, unread first; `?which=unread` those alone."""
    actor = _actor(request)
    only_unread = request.GET.get("which") == "unread"
    rows = queries.received_by(actor).select_related(
        "report__employee", "report__template", "report__by_version"
    )
    unread = queries.unread_count(actor)
    if only_unread:
        rows = rows.filter(queries.UNREAD)
    start = _start(request)
    found = _sorted(rows, start)
    context = {
        "rows": [(each, _first_words(actor, each.report)) for each in found[:SIZE]],
        "unread": unread,
        "tabs": [
            {"label": _("All"), "url": reverse("daily_reports:inbox"), "current": not only_unread},
            {"label": _("Unread"), "url": "?which=unread", "current": only_unread, "count": unread},
        ],
        "next": f"?which={'unread' if only_unread else ''}&from={start + SIZE}" if len(found) > SIZE else "",
        "previous": f"?which={'unread' if only_unread else ''}&from={max(0, start - SIZE)}" if start else "",
    }
    return render(request, "daily_reports/inbox.html", context)


def _sorted(rows: Any, start: int) -> list[Receipt]:
    unread, read = rows.filter(queries.UNREAD), rows.exclude(queries.UNREAD)
    count = unread.count()
    first = list(unread.order_by("-report__sent_at", "pk")[start : start + SIZE + 1])
    rest = max(0, start - count)
    wanted = SIZE + 1 - len(first)
    return first + (list(read.order_by("-report__sent_at", "pk")[rest : rest + wanted]) if wanted else [])


def _start(request: HttpRequest) -> int:
    text = request.GET.get("from", "")
    return min(int(text), 10_000) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _first_words(actor: Actor, report: Report) -> str:
    """What somebody wrote by hand, as a line for the list."""
    for place in report.by_version.layout.places.values():
        text = report.answers.get(place.field.id)
        if place.field.kind == "text" and isinstance(text, str) and text.strip():
            return text.strip()[:160]
    return ""


def report_page(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    """One report; `?edition=` an earlier one, with what the next changed."""
    actor = _actor(request)
    report = queries.get_report(actor, key)
    editions = list(Edition.objects.filter(report=report).order_by("number"))
    number, lines = _edition(request, actor, report, editions)
    talk = presenting.talk_about([report.pk])
    receipts = talk.receipts.get(report.pk, [])
    mine = next((each for each in receipts if each.employee_id == actor.employee_id), None)
    previous, following = _neighbours(actor, mine)
    context = {
        "resource": resource,
        "detail": Detail(resource, actor, report),
        "row": report,
        "period": words.period(report.period_on, report.ends_on),
        "lines": [(each, words.MARKS.get(each.mark, "")) for each in lines],
        "edition": number,
        "editions": [each.number for each in editions] + [report.edition],
        "receipts": receipts,
        "is_unread": mine is not None and mine.read_edition < report.edition,
        "is_own": report.employee_id == actor.employee_id,
        "may_withdraw": _may_withdraw(actor, report),
        "comments": talk.comments.get(report.pk, []),
        "circle": _circle(actor, report, receipts),
        "previous": previous,
        "following": following,
        "state": _state(report),
    }
    return render(request, "daily_reports/report.html", context)


def _edition(
    request: HttpRequest, actor: Actor, report: Report, editions: list[Edition]
) -> tuple[int, list[presenting.Line]]:
    """The lines of the edition asked for, each with what stood there before."""
    asked = request.GET.get("edition", "")
    by_number = {str(each.number): each for each in editions}
    chosen = by_number.get(asked)
    lines = presenting.edition_lines(actor, report, chosen) if chosen else presenting.lines(actor, report)
    number = chosen.number if chosen else report.edition
    before = by_number.get(str(number - 1))
    if before is not None and (chosen or asked):
        lines = presenting.differing(lines, presenting.edition_lines(actor, report, before))
    return number, lines


def _neighbours(actor: Actor, mine: Receipt | None) -> tuple[UUID | None, UUID | None]:
    """The reports beside this one in the order in which they came: the next is the older one."""
    if mine is None:
        return None, None
    rows = queries.received_by(actor)
    at = mine.report.sent_at
    newer = rows.filter(report__sent_at__gt=at).order_by("report__sent_at", "pk")
    older = rows.filter(report__sent_at__lt=at).order_by("-report__sent_at", "pk")
    return (
        newer.values_list("report_id", flat=True).first(),
        older.values_list("report_id", flat=True).first(),
    )


def _may_withdraw(actor: Actor, report: Report) -> bool:
    if report.employee_id != actor.employee_id or not actor.may(WRITE):
        return False
    return sending.period_of(report.template, report.period_on).is_taken(clock.now())


def _circle(actor: Actor, report: Report, receipts: list[Receipt]) -> list[Any]:
    people = [report.employee, *(each.employee for each in receipts)]
    return [each for each in people if each.pk != actor.employee_id]


def _state(report: Report) -> tuple[str, str] | None:
    row = report.obligations.annotate(state=queries.state_at(clock.now())).first()
    return (words.state_words(row.state), words.TONES[row.state]) if row else None


@require_POST
@page(VIEW)
def mark_read(request: HttpRequest, key: UUID) -> HttpResponse:
    answering.mark_read(_actor(request), report_id=key, now=clock.now())
    return HttpResponse(status=204)


@require_POST
@page(VIEW)
def comment(request: HttpRequest, key: UUID) -> HttpResponse:
    mentions = [found for text in request.POST.getlist("mentions")[:50] if (found := _key(text))]
    answering.comment(
        _actor(request), comment_id=uuid7(), report_id=key, text=request.POST.get("text", ""), mentions=mentions,
        now=clock.now(),
    )  # fmt: skip
    return HttpResponseRedirect(f"{reverse('daily_reports:report_detail', args=[key])}#comments")


@require_POST
@page(VIEW)
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    found = answering.take_back(_actor(request), comment_id=key, now=clock.now())
    return HttpResponseRedirect(f"{reverse('daily_reports:report_detail', args=[found.report_id])}#comments")


@require_POST
@page(WRITE)
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    sending.withdraw(_actor(request), report_id=key, now=clock.now())
    flash(request, _("The report is withdrawn."))
    return HttpResponseRedirect(reverse("daily_reports:mine"))


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


@require_safe
@page(WRITE)
def mine(request: HttpRequest) -> HttpResponse:
    """What the actor owes and has sent; writing is the phone's."""
    actor, now = _actor(request), clock.now()
    today = timezone.localdate(now)
    rows = queries.own_obligations(actor, today - timedelta(days=MOST_OWN), today, now)
    owed = [
        (each, words.period(each.period_on, each.ends_on), words.state_words(each.state), words.TONES[each.state])
        for each in rows.order_by("-period_on", "template__sequence")[:MOST_OWN]
    ]  # fmt: skip
    return render(request, "daily_reports/mine.html", {"owed": owed})
