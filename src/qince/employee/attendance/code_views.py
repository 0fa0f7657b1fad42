"""The code of a work place on a screen that hangs there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qince.employee.attendance import codes
from qince.employee.attendance.models import WorkPlace
from qince.employee.attendance.rules import SHOW_CODE
from qince.kit import clock
from qince.kit.errors import NotFound
from qince.kit.pages import page


@require_safe
@page(SHOW_CODE)
def place_code(request: HttpRequest, key: UUID) -> HttpResponse:
    """This minute's code, renewed by the page itself."""
    place = WorkPlace.objects.filter(pk=key, is_active=True).first()
    if place is None:
        raise NotFound
    now = clock.now()
    code = codes.code_of(place, now)
    context = {"place": place, "first": code[:3], "last": code[3:], "seconds": codes.seconds_left(now)}
    is_part = request.headers.get("HX-Request")
    answer = render(request, "attendance/_code.html" if is_part else "attendance/code.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
