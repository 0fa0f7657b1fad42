"""Addresses of the audit trail."""

from django.urls import include, path

from qince.core.audit import views
from qince.core.audit.screens import HEADS, TRAIL
from qince.kit.resource.guard import guarded

app_name = "audit"
urlpatterns = [
    path("audit/verification/", views.verification, name="verification"),
    path("audit/heads/", include(HEADS.urls())),
    path("audit/", guarded(TRAIL, "view", views.trail), name="entry_list"),
    path("audit/<uuid:key>/", guarded(TRAIL, "view", views.detail), name="entry_detail"),
    path("audit/", include(TRAIL.urls())),
]
