"""Every address of the service."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.healthz),
    path("", include("qince.kit.urls")),
    path("", include("qince.core.signin.urls")),
]
