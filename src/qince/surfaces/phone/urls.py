from django.urls import path

from qince.surfaces.phone import views

app_name = "phone"
urlpatterns = [
    path("m/", views.page, name="shell"),
    path("m/sw.js", views.service_worker, name="service_worker"),
    path("m/manifest.webmanifest", views.manifest, name="manifest"),
    path("m/words/<str:language>.<str:part>.<str:digest>.json", views.catalogue, name="words"),
]
