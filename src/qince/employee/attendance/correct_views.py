"""The page on which an administrator corrects a day."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qince.core.people.models import Employee
from qince.employee.attendance import queries, words, zones
from qince.employee.attendance.correct_actions import correct, points_of_day, results_for
from qince.employee.attendance.explaining import explain
from qince.employee.attendance.models import MonthReport
from qince.employee.attendance.replay.results import Point
from qince.employee.attendance.rules import CLOSE, CORRECT
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.clock import day_in
from qince.kit.flash import flash
from qince.kit.pages import page
from qince.kit.resource import ActorForm
from qince.kit.resource.forms import attempt

TIME, RESULT = "time", "result"


class CorrectForm(ActorForm):
    point = forms.ChoiceField(label=_("Which end"))
    what = forms.ChoiceField(
        label=_("Your word"),
        choices=[(TIME, _("A time counts as the press")), (RESULT, _("The result is set"))],
        initial=TIME,
    )
    at = forms.DateTimeField(
        label=_("Time that shall count"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    result = forms.ChoiceField(label=_("Result"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("The employee reads it; it stays with the day.")
    )

    def __init__(self, *args: Any, points: list[Point], **kwargs: Any) -> None:
        self.points = points
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        fields: Any = self.fields
        fields["point"].choices = [(_key(each), _title(each, self.points)) for each in self.points]
        possible = {result for each in self.points for result in results_for(each)}
        fields["result"].choices = [("", "—")] + [
            (code, words.RESULTS[code][0]) for code in words.RESULTS if code in possible
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        name = "at" if given["what"] == TIME else "result"
        if not given[name]:
            self.add_error(name, _t("Fill this in."))
            return given
        slot, end = given["point"].split("-")
        return {"slot": int(slot), "end": end, "reason": given["reason"], name: given[name]}


def _key(point: Point) -> str:
    return f"{point.slot}-{point.end}"


def _title(point: Point, points: list[Point]) -> str:
    title = _t("Coming") if point.end == "on" else _t("Going home")
    if len(points) > 2:
        title = f"{title} {point.slot + 1}"
    return f"{title} · {words.RESULTS[point.result][0]}"


@require_http_methods(["GET", "HEAD", "POST"])
@page(CORRECT)
def correct_day(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the day is now, and the form; of a locked month only the way to an adjustment."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    employee = queries.get_employee(actor, key)
    today = zones.date_at(employee.pk, clock.now())
    on = day_in(request.GET.get("on", "")) or today
    with clock.in_zone(zones.zone_of(employee.pk, on)):
        return _correct_day(request, actor, employee, on, today)


def _correct_day(
    request: HttpRequest, actor: Actor, employee: Employee, on: date, today: date
) -> HttpResponse:
    """Hours that are shown and typed are those of the wall where the person works."""
    now = clock.now()
    if on > today or not actor.scope(CORRECT).covers(employee.pk):
        raise Http404
    back = f"{reverse('attendance:explain', args=[employee.pk])}?on={on}"
    points = points_of_day(employee, on, now)
    form = _form(request, actor, points)
    if form.is_bound and form.is_valid():
        done, _row = attempt(
            actor, form, lambda: correct(actor, now=now, employee=employee, on=on, **form.cleaned_data)
        )
        if done:
            flash(request, _t("Corrected; the employee is told."))
            return HttpResponseRedirect(back)
    context = {
        "employee": employee, "on": on, "form": form, "back": back,
        "found": explain(employee.pk, on, now, reader=actor), "locked": _locked(employee, on),
        "may_adjust": actor.may(CLOSE), "has_points": bool(points),
    }  # fmt: skip
    return render(request, "attendance/correct.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, actor: Actor, points: list[Point]) -> CorrectForm:
    """Begins with what is missing, at the time that was due."""
    if request.method == "POST":
        return CorrectForm(request.POST, actor=actor, points=points)
    missing = next((each for each in points if each.result == "lack"), points[0] if points else None)
    initial: dict[str, Any] = {"what": TIME}
    if missing is not None:
        due = datetime.fromtimestamp(missing.at or missing.due, timezone.get_current_timezone())
        initial |= {"point": _key(missing), "at": due.replace(second=0)}
    return CorrectForm(None, actor=actor, points=points, initial=initial)


def _locked(employee: Employee, on: date) -> MonthReport | None:
    found: MonthReport | None = MonthReport.objects.filter(
        employee=employee, month=on.replace(day=1), state=MonthReport.State.LOCKED
    ).first()
    return found
