"""Addresses of files: a small picture, one for the screen, and the original."""

from django.urls import path

from qince.core.files import views

app_name = "files"
urlpatterns = [
    path("files/<uuid:key>/thumbnail/", views.thumbnail, name="thumbnail"),
    path("files/<uuid:key>/display/", views.display, name="display"),
    path("files/<uuid:key>/original/", views.original, name="original"),
]
