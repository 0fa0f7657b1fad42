"""Addresses of visits. The record's page, the photo wall and the step editor are views of their own."""

from django.urls import include, path

from qince.kit.resource.guard import guarded
from qince.sales.visits.screens import TEMPLATES, VISITS
from qince.sales.visits.views import photos, templates, visit

app_name = "visits"
urlpatterns = [
    path("visits/photos/", photos.wall, name="photos"),
    path("visits/exceptions/today/", visit.exceptions_today, name="exceptions_today"),
    path("visits/<uuid:key>/", guarded(VISITS, "view", visit.detail), name="visit_detail"),
    path("visits/<uuid:key>/print/", guarded(VISITS, "view", visit.paper), name="visit_print_one"),
    path("visits/<uuid:key>/photos/<uuid:photo>/watermarked/", photos.watermarked, name="photo_watermarked"),
    path("visits/", include(VISITS.urls())),
    path("visit-steps/new/", guarded(TEMPLATES, "add", templates.create), name="template_new"),
    path("visit-steps/<uuid:key>/", guarded(TEMPLATES, "edit", templates.edit), name="template_detail"),
    path("visit-steps/<uuid:key>/edit/", guarded(TEMPLATES, "edit", templates.edit), name="template_edit"),
    path("visit-steps/", include(TEMPLATES.urls())),
]
