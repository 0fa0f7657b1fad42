"""Addresses of roles, grants and the trace."""

from django.urls import include, path

from qince.core.access import views
from qince.core.access.screens import ROLES

app_name = "access"
urlpatterns = [
    path("roles/", include(ROLES.urls())),
    path("employees/<uuid:employee_id>/grants/new/", views.grant, name="grant"),
    path("grants/<uuid:grant_id>/revocation/", views.revocation, name="revocation"),
    path("leaders/", views.leaders, name="leaders"),
    path("trace/", views.trace, name="trace"),
]
