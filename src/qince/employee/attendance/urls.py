"""Addresses of attendance: the day sheet, one person's month, work places."""

from django.urls import include, path

from qince.employee.attendance import views
from qince.employee.attendance.place_screens import WORK_PLACES, detail
from qince.kit.resource.guard import guarded

app_name = "attendance"
urlpatterns = [
    path("attendance/", views.day_sheet, name="day_sheet"),
    path("attendance/print/", views.print_sheet, name="print"),
    path("attendance/export.xlsx", views.export, name="export"),
    path("attendance/<uuid:key>/", views.month, name="month"),
    path("work-places/<uuid:key>/", guarded(WORK_PLACES, "view", detail), name="place_detail"),
    path("work-places/", include(WORK_PLACES.urls())),
]
