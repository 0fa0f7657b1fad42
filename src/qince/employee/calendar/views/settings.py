"""With whom one shares, and the secrets of other apps."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from qince.employee.calendar.actions import guesting, keys
from qince.employee.calendar.forms import KeyForm, ShareForm
from qince.employee.calendar.models import AgendaShare, CalendarKey
from qince.employee.calendar.rules import USE
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.flash import flash
from qince.kit.pages import page
from qince.kit.resource.forms import attempt


@never_cache
@page(USE)
def settings(request: HttpRequest) -> HttpResponse:
    return _page(request)


@never_cache
@sensitive_variables("made")
@page(USE)
def make_key(request: HttpRequest) -> HttpResponse:
    """Make a secret; it is on the answer to this request, and nowhere after."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = KeyForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        done, made = attempt(actor, form, lambda: keys.make_key(actor, now=clock.now(), **form.cleaned_data))
        if done:
            return _page(request, made=made)
    return _page(request, key_form=form)


@page(USE)
def share(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = ShareForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        done, made = attempt(actor, form, lambda: guesting.share(actor, now=clock.now(), **form.cleaned_data))
        if done:
            flash(request, _("%(name)s sees your public events from now on.") % {"name": made.viewer.name})
            return HttpResponseRedirect(reverse("calendar:settings"))
    return _page(request, share_form=form)


@require_POST
@page(USE)
def unshare(request: HttpRequest, key: UUID) -> HttpResponse:
    guesting.unshare(request.actor, share_id=key, now=clock.now())  # type: ignore[attr-defined]
    flash(request, _("Only your busy times are seen from now on."))
    return HttpResponseRedirect(reverse("calendar:settings"))


@require_POST
@page(USE)
def revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    keys.revoke_key(request.actor, key_id=key, now=clock.now())  # type: ignore[attr-defined]
    flash(request, _("It opens nothing any more."))
    return HttpResponseRedirect(reverse("calendar:settings"))


def _page(
    request: HttpRequest,
    *,
    made: keys.Made | None = None,
    key_form: KeyForm | None = None,
    share_form: ShareForm | None = None,
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    address = ""
    if made is not None and made.row.kind == CalendarKey.Kind.FEED:
        address = request.build_absolute_uri(reverse("calendar:feed", args=[made.secret]))
    context = {
        "made": made,
        "address": address,
        "webcal": "webcal" + address[address.index(":") :] if address else "",
        "server": request.build_absolute_uri(reverse("calendar:dav_root")),
        "key_form": key_form or KeyForm(actor=actor),
        "share_form": share_form or ShareForm(actor=actor),
        "shares": AgendaShare.objects.filter(employee=actor.person_id).select_related("viewer"),
        "given": AgendaShare.objects.filter(viewer=actor.person_id).select_related("employee"),
        "rows": CalendarKey.objects.filter(employee=actor.person_id).order_by("revoked_at", "-created_at")[
            :50
        ],
    }
    wrong = any(form is not None and form.errors for form in (key_form, share_form))
    return render(request, "calendar/settings.html", context, status=422 if wrong else 200)
