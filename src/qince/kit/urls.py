"""Addresses that every console page leans on."""

from django.conf import settings
from django.urls import path
from django.views.i18n import set_language

from qince.kit import gallery, search
from qince.kit.choosing import pages as choosing

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("choose/<slug:collection>", choosing.view, name="choose"),
    path("search", search.view, name="search"),
]
if settings.DEBUG:
    urlpatterns.append(path("gallery/", gallery.view, name="gallery"))
