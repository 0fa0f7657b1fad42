"""Saving and forgetting views of a list."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.resource import saved_views
from qince.kit.resource.declaration import Resource
from qince.kit.resource.state import State


def save_page(request: HttpRequest, resource: Resource) -> HttpResponseBase:
    """POST: keep the posted state under a name."""
    if request.method != "POST":
        return HttpResponseRedirect(resource.url("list"))
    actor = request.actor  # type: ignore[attr-defined]
    state = State(resource, actor, QueryDict(request.POST.get("state", "")))
    name = request.POST.get("name", "").strip()[:60]
    if not name:
        raise Refusal("name_required", _("Give the view a name."), field="name")
    shared = bool(request.POST.get("is_shared"))
    saved_views.provider().save(actor, resource.key, name=name, query=state.query(), is_shared=shared)
    flash(request, _("View “%(name)s” saved.") % {"name": name})
    return HttpResponseRedirect(state.link())


def delete_page(request: HttpRequest, resource: Resource, view_id: UUID) -> HttpResponseBase:
    if request.method == "POST":
        saved_views.provider().delete(request.actor, view_id)  # type: ignore[attr-defined]
        flash(request, _("View deleted."))
    return HttpResponseRedirect(resource.url("list"))
