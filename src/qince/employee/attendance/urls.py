"""Addresses of attendance."""

from django.urls import include, path

from qince.employee.attendance.place_screens import WORK_PLACES, detail
from qince.kit.resource.guard import guarded

app_name = "attendance"
urlpatterns = [
    path("work-places/<uuid:key>/", guarded(WORK_PLACES, "view", detail), name="place_detail"),
    path("work-places/", include(WORK_PLACES.urls())),
]
