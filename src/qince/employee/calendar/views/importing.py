"""Taking events over from another calendar: a file, what would change, and then the change."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qince.employee.calendar import queries
from qince.employee.calendar.actions import importing
from qince.employee.calendar.ical import reading
from qince.employee.calendar.models import Event
from qince.employee.calendar.rules import USE
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.pages import page
from qince.kit.resource import ActorForm, uploads
from qince.kit.resource.forms import attempt

KEPT_AS = "calendar.import"
SHOWN = 300
STATES = {
    importing.NEW: (_("New"), "green", "plus"),
    importing.CHANGED: (_("Changed"), "blue", "pencil"),
    importing.SAME: (_("Unchanged"), "grey", "check"),
    importing.FAULTY: (_("Not taken"), "red", "alert-triangle"),
}


class FileForm(ActorForm):
    file = forms.FileField(
        label=_("Calendar file (.ics)"),
        widget=forms.FileInput({"accept": ".ics,text/calendar"}),
        help_text=_(
            "As Outlook, Apple Calendar, Google Calendar or Thunderbird export it: up to 2 MB, 3,000 events."
        ),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees them"),
        choices=Event.Visibility.choices,
        initial=Event.Visibility.BUSY,
        help_text=_("Where the file does not say it itself."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(USE)
def choose(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = FileForm(request.POST or None, request.FILES or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        done, upload = attempt(actor, form, lambda: _keep(actor, **form.cleaned_data))
        if done:
            return HttpResponseRedirect(reverse("calendar:import_preview", args=[upload.id]))
    return render(request, "calendar/import.html", {"form": form}, status=422 if form.is_bound else 200)


def _keep(actor: Actor, *, file: Any, visibility: str) -> uploads.Upload:
    """Read once before it is kept: what is no calendar is refused at once."""
    if file.size > reading.MOST_BYTES:
        raise Refusal(
            "file_too_large", _t("The file is larger than 2 MB. Export a shorter time."), field="file"
        )
    reading.read(file.read(), zone=queries.home_zone(), visibility=visibility)
    file.seek(0)
    upload = uploads.keep(actor, KEPT_AS, file)
    upload.texts = [visibility]
    upload.save(actor.organization_id)
    return upload


@require_http_methods(["GET", "HEAD", "POST"])
@page(USE)
def preview(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What each event of the file would be; pressed, it is written."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    upload = uploads.find(actor, KEPT_AS, upload_id)
    content = upload.path(actor.organization_id).read_bytes()
    found = reading.read(content, zone=queries.home_zone(), visibility=upload.texts[0])
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _done, counts = attempt(
                actor, None, lambda: importing.import_events(actor, found=found, now=clock.now())
            )
        except Refusal as error:
            refusal = error
        else:
            said = _t("%(new)d new, %(changed)d changed, %(same)d unchanged, %(faulty)d not taken.")
            flash(request, said % counts)
            return HttpResponseRedirect(reverse("calendar:agenda"))
    lines = importing.plan(actor, found)
    order = [importing.FAULTY, importing.NEW, importing.CHANGED, importing.SAME]
    told = sorted(lines, key=lambda line: order.index(line.state))
    context = {
        "filename": upload.filename,
        "stats": [(*STATES[state], sum(line.state == state for line in lines)) for state in STATES],
        "lines": [(line, *STATES[line.state]) for line in told[:SHOWN]],
        "is_cut": len(lines) > SHOWN,
        "to_write": sum(line.state in (importing.NEW, importing.CHANGED) for line in lines),
        "refusal": refusal,
        "zone": queries.home_zone(),
    }
    return render(request, "calendar/import_preview.html", context, status=422 if refusal else 200)
