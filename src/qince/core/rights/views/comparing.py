"""The working calendar compared with the library: differences to choose from."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qince.core.rights import calendar, comparing
from qince.core.rights.actions.filing import take_from_library
from qince.core.rights.models import CalendarDay
from qince.core.rights.rules import CALENDAR
from qince.core.rights.screens import KINDS
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.pages import page
from qince.kit.resource.forms import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@page(CALENDAR)
def compare(request: HttpRequest) -> HttpResponseBase:
    actor: Any = request.actor  # type: ignore[attr-defined]
    offered = comparing.years(timezone.localdate().year)
    asked = request.POST.get("year", "") or request.GET.get("year", "")
    year = next((each for each in offered if str(each) == asked), timezone.localdate().year)
    refusal: Refusal | None = None
    if request.method == "POST":
        keys = request.POST.getlist("keys")
        try:
            _done, taken = attempt(
                actor, None, lambda: take_from_library(actor, year=year, keys=keys, now=clock.now())
            )
        except Refusal as error:
            refusal = error
        else:
            flash(request, ngettext("%(n)d day taken over.", "%(n)d days taken over.", taken) % {"n": taken})
            return redirect(f"{reverse('rights:calendar_compare')}?year={year}")
    context = {
        "year": year,
        "tabs": [{"label": str(each), "url": f"?year={each}", "current": each == year} for each in offered],
        "is_published": calendar.is_published(year),
        "edition": calendar.library(),
        "rows": [(each, _said(each.here), _said(each.there)) for each in comparing.differences(year)],
        "refusal": refusal,
    }
    return render(request, "rights/calendar_compare.html", context, status=refusal.status if refusal else 200)


def _said(kind: str) -> tuple[str, str]:
    """In words, and its tone."""
    if not kind:
        return _("As the week says"), "grey"
    return str(CalendarDay.Kind(kind).label), KINDS[kind]
