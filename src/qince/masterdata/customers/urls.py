"""Addresses of customers. One record and the territories are views of their own; the kit makes the rest."""

from django.urls import include, path

from qince.kit.resource.guard import guarded
from qince.masterdata.customers import views
from qince.masterdata.customers.screens import CUSTOMERS

app_name = "customers"
urlpatterns = [
    path("customers/territories/", views.territories_page, name="territories"),
    path("customers/territories/places/", views.places, name="places"),
    path("customers/territories/assignment/", views.assignment, name="assignment"),
    path("customers/<uuid:key>/", guarded(CUSTOMERS, "view", views.detail), name="customer_detail"),
    path("customers/", include(CUSTOMERS.urls())),
]
