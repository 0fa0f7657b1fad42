"""Addresses of products."""

from django.urls import include, path

from qince.kit.resource.guard import guarded
from qince.masterdata.products import views
from qince.masterdata.products.screens import PRODUCTS

app_name = "products"
urlpatterns = [
    path("products/pictures/", views.pictures, name="pictures"),
    path("products/<uuid:key>/", guarded(PRODUCTS, "view", views.detail), name="product_detail"),
    path("products/", include(PRODUCTS.urls())),
]
