"""Work places on screen."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance import place_actions as actions
from qince.employee.attendance.models import WorkPlace
from qince.employee.attendance.place_forms import WorkPlaceForm, initial_of
from qince.employee.attendance.rules import EDIT_PLACES, SHOW_CODE, VIEW
from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource, filters, timeline
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404


def places_visible_to(actor: Actor) -> Any:
    """Work places belong to the whole organization: who sees attendance sees them all."""
    return WorkPlace.objects.all() if actor.may(VIEW) else WorkPlace.objects.none()


FORM: dict[str, Any] = {"form": WorkPlaceForm, "template": "resource/place_form.html"}
WORK_PLACES = Resource(
    namespace="attendance",
    name="place",
    model=WorkPlace,
    title=_("Work places"),
    singular=_("work place"),
    icon="map-pin",
    hint=_("Add the places where people check in for work: offices, warehouses, meeting points."),
    rows=places_visible_to,
    permissions=Permissions(view=VIEW, add=EDIT_PLACES, edit=EDIT_PLACES),
    columns=(
        Column("name", _("Name"), is_link=True),
        Column("address", _("Address")),
        Column("radius_m", _("Fence radius, m"), is_numeric=True),
        Column("is_active", _("In use")),
    ),
    order="name",
    search=("name", "address"),
    filters=(filters.yes_no("is_active", _("In use"), Q(is_active=True)),),
    create=FormPage(act=actions.create_place, **FORM),
    edit=FormPage(act=actions.edit_place, initial=initial_of, **FORM),
)


def detail(request: HttpRequest, resource: Resource, key: Any) -> HttpResponse:
    """One work place with its fence on a map."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place = row_or_404(resource, actor, key)
    at = {"lat": place.lat, "lng": place.lng}
    on_map = {
        "points": [at | {"label": place.name, "hint": place.address}],
        "circles": [at | {"radius_m": place.radius_m}],
    }
    context = {
        "resource": resource, "detail": Detail(resource, actor, place), "row": place, "place": on_map,
        "may_show_code": actor.may(SHOW_CODE),
    }  # fmt: skip
    return render(request, "attendance/place.html", context)


timeline.name_kinds({"attendance.workplace": _("Work place"), "attendance.punch": _("Clocking in or out")})
timeline.name_acts({"attendance.create_place": _("Created"), "attendance.edit_place": _("Changed")})
