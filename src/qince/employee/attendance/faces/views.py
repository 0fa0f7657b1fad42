"""The switch with its honest state, and the face beside which a press is compared by eye."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qince.core.files import serving
from qince.employee.attendance import queries
from qince.employee.attendance.faces import standing
from qince.employee.attendance.faces.enrolling import base_pictures
from qince.employee.attendance.faces.switching import switch
from qince.employee.attendance.models import Punch, PunchPhoto
from qince.employee.attendance.request_actions import require_decider
from qince.employee.attendance.rules import DECIDE, EDIT_RULES
from qince.engines.recognition.faces import PASS, REVIEW
from qince.kit import clock
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.flash import flash
from qince.kit.pages import page


@require_http_methods(["GET", "HEAD", "POST"])
@page(EDIT_RULES)
def face_settings(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        is_on = request.POST.get("is_on") == "1"
        try:
            switch(actor, is_on=is_on, now=clock.now())
        except Refusal as refusal:
            flash(request, str(refusal.message), level="error")
        else:
            flash(request, _("Faces may be used now.") if is_on else _("Faces are not used any more."))
        return HttpResponseRedirect(reverse("attendance:face"))
    context = {"status": standing.status(), "pass": PASS, "review": REVIEW}
    return render(request, "attendance/face.html", context)


@action("attendance.open_face", permission=DECIDE)
def open_face(actor: Actor, *, punch: Punch) -> bytes:
    """A base picture, for whoever has to decide about a press with a face that waits: on record, and only then."""
    require_decider(actor, punch.employee_id)
    waits = punch.counting == Punch.Counting.WAITING
    if not waits or not punch.photos.filter(kind=PunchPhoto.Kind.FACE).exists():
        raise NotFound
    found = base_pictures(punch.employee_id)
    if not found:
        raise NotFound
    note(punch, opened="face")
    return found[0]


@require_safe
@page(DECIDE)
def base_picture(request: HttpRequest, key: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    punch = queries.presses_visible_to(actor).filter(pk=key).first()
    if punch is None:
        raise NotFound
    answer = HttpResponse(open_face(actor, punch=punch), content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    serving.guard(answer)
    return answer
