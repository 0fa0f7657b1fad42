"""Addresses of routes and plans."""

from django.urls import include, path

from qince.kit.resource.guard import guarded
from qince.sales.routes import views
from qince.sales.routes.screens import PLANS, ROUTES

app_name = "routes"
urlpatterns = [
    path("routes/<uuid:key>/", guarded(ROUTES, "view", views.editor), name="route_detail"),
    path("routes/", include(ROUTES.urls())),
    path("plans/", include(PLANS.urls())),
]
