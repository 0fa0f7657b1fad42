"""The console of a person whose data is restricted: the own rights stay open, work does not."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from qince.core.access.middleware import doors
from qince.core.privacy.doors import OPEN, OWN_RIGHTS
from qince.kit.errors import Refusal

RIGHTS = (*OPEN, "privacy:", "letters:")


def only_rights(request: HttpRequest) -> HttpResponseBase | None:
    if not request.actor.is_restricted:  # type: ignore[attr-defined]
        return None
    found = request.resolver_match
    assert found is not None
    if request.path.startswith(OWN_RIGHTS) or found.view_name.startswith(RIGHTS):
        return None
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": "/me/privacy/"})
    refusal = Refusal("use_restricted", _("The use of your data is restricted for now. Your rights remain."))
    return render(request, "resource/refusal.html", {"refusal": refusal}, status=403)


doors.append(only_rights)
