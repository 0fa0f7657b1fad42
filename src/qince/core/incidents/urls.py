"""Addresses of incidents, and of the public warning."""

from django.urls import include, path

from qince.core.incidents.screens import AFFECTED, INCIDENTS, STEPS
from qince.core.incidents.views import announcing, papers, workspace
from qince.kit.resource.guard import guarded

app_name = "incidents"
urlpatterns = [
    path("announcements/<slug:code>/", announcing.announcement, name="announcement"),
    path("incidents/people/<uuid:key>/", guarded(AFFECTED, "view", workspace.person), name="person_detail"),
    path("incidents/people/", include(AFFECTED.urls())),
    path("incidents/steps/", include(STEPS.urls())),
    path("incidents/<uuid:incident_id>/letters/", papers.letters, name="letters"),
    path("incidents/<uuid:key>/report/", guarded(INCIDENTS, "view", papers.report), name="report"),
    path("incidents/<uuid:key>/", guarded(INCIDENTS, "view", workspace.workspace), name="incident_detail"),
    path("incidents/", include(INCIDENTS.urls())),
]
